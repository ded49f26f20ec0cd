import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { bannedGlobals, coreRooms, inexactMathFunctions, steppedRooms } from '../../tools/core-room-bans.js';

const eslint = new ESLint({ cwd: join(import.meta.dirname, '../..') });

/** Lints the text as a file of the room; the messages of all errors and warnings. */
async function messages(room: string, text: string): Promise<readonly string[]> {
  const results = await eslint.lintText(text, { filePath: `${room}/snippet.ts` });
  return results.flatMap((result) => result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

/** One expression or statement inside a function that is exported, so that nothing else is wrong with the file. */
const inFunction = (statement: string): string => `export function snippet(): unknown {\n  ${statement}\n}\n`;

describe.each(coreRooms)('in %s/', (room) => {
  /** The names whose use gives exactly one message, from the rule. */
  async function caught(names: readonly string[], rule: string, use: (name: string) => string): Promise<readonly string[]> {
    const found = await Promise.all(names.map((name) => messages(room, inFunction(`return ${use(name)};`))));
    return names.filter((name, index) => {
      const [first = '', ...rest] = found[index] as readonly string[];
      return rest.length === 0 && first.startsWith(`${rule}: `) && first.includes(`${name}'`);
    });
  }

  it('every banned global fails', async () => {
    const names = bannedGlobals.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Date', 'setTimeout', 'process', 'fetch', 'require', 'console', 'window']));
    expect(await caught(names, 'no-restricted-globals', (name) => name)).toEqual(names);
  });

  it('Math.random and every inexact function of Math fail', async () => {
    const names = ['random', ...inexactMathFunctions];
    expect(await caught(names, 'no-restricted-properties', (name) => `Math.${name}`)).toEqual(names);
  });

  it.each([
    ['an alias of Math', 'const m = Math;\nreturn m;'],
    ['a part of Math', 'const { random } = Math;\nreturn random;'],
    ['a computed part of Math', "const name = String(1);\nreturn (Math as unknown as Record<string, unknown>)[name];"],
    ['Math by a variable name', 'const key: keyof Math = "sqrt";\nreturn Math[key];'],
    ['Math by a string', "return Math['random']();"],
    ['the operator **', 'return (2 as number) ** 0.5;'],
    ['the operator **=', 'let x = 2;\nx **= 0.5;\nreturn x;'],
    ['a comparison by locale', "return 'a'.localeCompare('b');"],
    ['a number by locale', 'return (1).toLocaleString();'],
    ['import()', "return import('./other.js');"],
    ['import.meta', 'return import.meta.url;'],
    ['eval', "return eval('1');"],
    ['any', 'const x: any = 1;\nreturn x;'],
  ])('%s fails', async (_what, statement) => {
    expect(await messages(room, inFunction(statement))).not.toEqual([]);
  });

  it.each(['node:fs', 'node:crypto', 'fs', 'fs/promises', 'worker_threads'])('an import of %s fails', async (name) => {
    const text = `import { it } from '${name}';\nexport const other = it;\n`;
    expect(await messages(room, text)).toEqual([expect.stringMatching(/^no-restricted-imports: .*no Node globals/)]);
  });

  it('a default export fails', async () => {
    expect(await messages(room, 'export default 1;\n')).toEqual([expect.stringMatching(/^no-restricted-syntax/)]);
  });

  it('a comment lifts no ban', async () => {
    const text = inFunction('// eslint-disable-next-line\n  return Date.now();');
    expect(await messages(room, text)).toContainEqual(expect.stringMatching(/^no-restricted-globals/));
  });

  it('a file of more than 300 lines fails', async () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, line) => `export const a${line} = 1;\n`).join('');
    expect(await messages(room, lines(301))).toEqual([expect.stringMatching(/^max-lines:/)]);
    expect(await messages(room, lines(300))).toEqual([]);
  });

  it('a function of more than 70 lines fails', async () => {
    const text = inFunction(`let x = 0;\n${'  x += 1;\n'.repeat(70)}  return x;`);
    expect(await messages(room, text)).toEqual([expect.stringMatching(/^max-lines-per-function:/)]);
  });

  it('exact arithmetic, typed arrays, maps and text encoding pass', async () => {
    const text = `
import type { Host } from '../engine/index.js';

export class Snippet {
  readonly bytes = new Uint8Array(8);
  readonly seen = new Map<string, number>();

  value(x: number, text: string): number {
    const whole = Math.floor(x) + Math.ceil(x) + Math.trunc(x) + Math.round(x) + Math.abs(x) + Math.sign(x);
    const bits = Math.imul(whole, 3) ^ Math.clz32(whole);
    this.bytes.set(new TextEncoder().encode(text).subarray(0, 8));
    this.seen.set(text, Math.min(Math.max(bits, Math.sqrt(x)), Number.MAX_SAFE_INTEGER, Math.PI));
    return this.bytes[0]! + (this.seen.get(text) ?? 0);
  }

  later(host: Host, callback: () => void): void {
    host.timers.create(callback).arm(1);
  }
}
`;
    expect(await messages(room, text)).toEqual([]);
  });
});

describe.each(steppedRooms)('in %s/, stepped without promises,', (room) => {
  it.each([
    ['an async function', 'export async function snippet(): Promise<void> {}\n'],
    ['an async arrow', 'export const snippet = async (): Promise<void> => undefined;\n'],
    ['an async method', 'export const snippet = { async run(): Promise<void> {} };\n'],
    ['await', 'await undefined;\nexport const snippet = 1;\n'],
    ['for await', 'for await (const x of []) void x;\nexport const snippet = 1;\n'],
    ['new Promise', inFunction('return new Promise(() => undefined);')],
    ['Promise.resolve', inFunction('return Promise.resolve();')],
  ])('%s fails', async (_what, text) => {
    expect(await messages(room, text)).toContainEqual(expect.stringMatching(/^no-restricted-syntax: .*stepped synchronously/));
  });
});

describe('in engine/', () => {
  it('the event vocabulary passes', async () => {
    const text = `import { EventKind, type EventSink } from '../history/index.js';

export const report = (sink: EventSink): void => {
  sink.emit(EventKind.settle, 0, 0, 0, 0, 0, 0, 0, 0);
};
`;
    expect(await messages('engine', text)).toEqual([]);
  });

  it('the rest of history fails', async () => {
    const text = "import { Recorder } from '../../history/index.js';\nexport const other = Recorder;\n";
    expect(await messages('engine', text)).toEqual([expect.stringMatching(/^no-restricted-imports: .*event vocabulary/)]);
  });
});
