import fs from 'node:fs';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it } from 'vitest';
import { NondeterminismError, type TrapTargets, withTrap } from '../../sim/index.js';

const everything: TrapTargets = { global: globalThis, modules: { fs }, onChange: syncBuiltinESMExports };

/** What the use of something inside the trap throws. */
function caught(use: () => unknown): NondeterminismError {
  try {
    withTrap(everything, use);
  } catch (error) {
    if (error instanceof NondeterminismError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const forbidden: [string, () => unknown][] = [
  ['new Date()', () => new Date()],
  ['Date()', () => Date()],
  ['Date.now', () => Date.now()],
  ['performance.now', () => performance.now()],
  ['Math.random', () => Math.random()],
  ['setTimeout', () => setTimeout(() => undefined, 0)],
  ['setInterval', () => setInterval(() => undefined, 0)],
  ['setImmediate', () => setImmediate(() => undefined)],
  ['queueMicrotask', () => queueMicrotask(() => undefined)],
  ['process', () => process.pid],
  ['process', () => process.hrtime()],
  ['crypto', () => crypto.randomUUID()],
  ['fs.existsSync', () => fs.existsSync('/')],
  ['fs.readFileSync', () => readFileSync('package.json')],
  ['fs.promises.readFile', () => fs.promises.readFile('package.json')],
];

describe('inside the trap', () => {
  it.each(forbidden)('%s throws, names itself and the line that used it', (api, use) => {
    const error = caught(use);
    expect(error.code).toBe('QL_NONDETERMINISM');
    expect(error.api).toBe(api);
    expect(error.caller).toMatch(/trap\.test\.ts:\d+:\d+$/);
    expect(error.message).toContain(error.caller);
  });

  it('code that kept a reference to Date is caught as well', () => {
    const KeptDate = Date;
    expect(caught(() => KeptDate.now()).api).toBe('Date.now');
  });

  it('what depends on its arguments alone still works', () => {
    const result = withTrap(everything, () => [
      new Date(86_400_000).toISOString(),
      Date.UTC(2020, 0, 1),
      new Date(0) instanceof Date,
      Math.max(1, 2),
      [3, 1, 2].sort((one, other) => one - other),
    ]);
    expect(result).toEqual(['1970-01-02T00:00:00.000Z', 1_577_836_800_000, true, 2, [1, 2, 3]]);
  });

  it('stacks of other errors can be read', () => {
    const stack = withTrap(everything, () => new Error('plain').stack);
    expect(stack).toContain('trap.test.ts');
  });

  it('what writes the stack may itself look at the clock', () => {
    const original = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, frames) => `${error.message} ${Date.now() > 0}\n${frames.map((frame) => `    at ${String(frame)}`).join('\n')}`;
    try {
      const error = caught(() => Math.random());
      expect([error.api, error.caller]).toEqual(['Math.random', expect.stringMatching(/trap\.test\.ts:\d+:\d+$/)]);
    } finally {
      Error.prepareStackTrace = original;
    }
  });

  it('stays closed after it has caught something', () => {
    withTrap(everything, () => {
      expect(() => Math.random()).toThrow(NondeterminismError);
      expect(() => Math.random()).toThrow(NondeterminismError);
      expect(() => Date.now()).toThrow(NondeterminismError);
    });
  });

  it('may be entered again, and is open only after the outermost', () => {
    withTrap({ global: globalThis }, () => {
      withTrap(everything, () => expect(() => fs.existsSync('/')).toThrow(NondeterminismError));
      expect(fs.existsSync('/')).toBe(true);
      expect(() => Date.now()).toThrow(NondeterminismError);
    });
    expect(Date.now()).toBeGreaterThan(0);
  });
});

describe('after the trap', () => {
  const watched: [object, string][] = [
    [globalThis, 'Date'], [Date, 'now'], [Math, 'random'], [performance, 'now'], [globalThis, 'setTimeout'], [globalThis, 'setInterval'],
    [globalThis, 'setImmediate'], [globalThis, 'queueMicrotask'], [globalThis, 'process'], [globalThis, 'crypto'], [fs, 'readFileSync'],
  ];
  const descriptors = (): (PropertyDescriptor | undefined)[] => watched.map(([owner, key]) => Object.getOwnPropertyDescriptor(owner, key));

  it('everything is as it was, also when the run has thrown', () => {
    const before = descriptors();
    withTrap(everything, () => undefined);
    expect(descriptors()).toEqual(before);
    expect(() => withTrap(everything, () => { throw new Error('of the run'); })).toThrow('of the run');
    expect(descriptors()).toEqual(before);
    expect(readFileSync('package.json').length).toBeGreaterThan(0);
    expect(new Date().getTime()).toBeGreaterThan(1_700_000_000_000);
  });

  it('returns what the run returned', () => {
    expect(withTrap(everything, () => 42)).toBe(42);
  });
});

describe('in surroundings without Node', () => {
  it('traps what is there and adds nothing', () => {
    const bare = { Date: Object.assign(() => 'now', { now: () => 1 }), Math: { random: () => 0.5 } };
    const api = (use: () => unknown): string => {
      try {
        withTrap({ global: bare }, use);
      } catch (error) {
        return (error as NondeterminismError).api;
      }
      return '';
    };
    expect(api(() => bare.Math.random())).toBe('Math.random');
    expect(api(() => bare.Date.now())).toBe('Date.now');
    expect(Object.keys(bare)).toEqual(['Date', 'Math']);
    expect([bare.Date.now(), bare.Math.random()]).toEqual([1, 0.5]);
  });
});
