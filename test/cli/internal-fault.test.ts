import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.js';
import { runCli } from '../../cli/run-cli.js';
import { folderWith, queuelab, quickScenario } from './given.js';

/** A terminal that is broken in a way that no terminal is. */
class BrokenTerminal extends PassThrough {
  readonly isTTY = true;
  override write(): boolean {
    throw new TypeError('nothing is written here');
  }
}

async function run(args: readonly string[], broken: 'stdout' | 'progress', cwd: string) {
  const errors: string[] = [];
  const readable = new PassThrough();
  readable.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  // Progress is drawn on stderr: this one breaks at the first line of it and takes what follows.
  const stderr = broken === 'progress' ? Object.assign(readable, { isTTY: true }) : readable;
  if (broken === 'progress') {
    const write = readable.write.bind(readable) as (chunk: string) => boolean;
    readable.write = (chunk: string) => {
      if (/\[[#-]/.test(chunk)) throw new TypeError('nothing is drawn here');
      return write(chunk);
    };
  }
  const code = await runCli(args, {
    stdout: new Output(broken === 'stdout' ? new BrokenTerminal() : new PassThrough().resume(), 'standard output'),
    stderr: new Output(stderr, 'standard error'),
    cwd,
    env: {},
    interrupt: new AbortController().signal,
  });
  return { code, text: errors.join('') };
}

describe('a fault of our own', () => {
  it('shows its stack, the versions, and how to report it', async () => {
    const { code, text } = await run(['list', '--json'], 'stdout', folderWith());
    expect(code).toBe(70);
    expect(text).toMatch(/^queuelab: error\[QL_CLI_FAULT\]: this is a fault of queuelab, not of yours\.\n\nTypeError: nothing is written here\n +at /);
    expect(text).toMatch(/\n {2}command {3}queuelab list --json\n {2}versions {2}queuelab \d+\.\d+\.\d+, Node v\S+, \S+ \S+\n\nPlease report it/);
  });

  it('in a run shows the scenario and the seed as well', async () => {
    const long = quickScenario('long').replace('10/s', '5000/s').replace('duration: 5s', 'duration: 60s');
    const { code, text } = await run(['run', 'long.yaml', '--seed', '7'], 'progress', folderWith({ 'long.yaml': long }));
    expect(code).toBe(70);
    expect(text).toContain('TypeError: nothing is drawn here');
    expect(text).toContain('\n  scenario  long.yaml\n  seed      7\n  command   queuelab run long.yaml --seed 7\n');
  });
});

/** An interruption that cannot be asked about while a failure is made smaller. */
function brokenWhileShrinking(): AbortSignal {
  const { signal } = new AbortController();
  Object.defineProperty(signal, 'aborted', {
    get: () => {
      if (new Error().stack?.includes('campaign/shrink') === true) throw new TypeError('nobody knows whether it is interrupted');
      return false;
    },
  });
  return signal;
}

const BUSY = `name: busy
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 10/s, messages: 12 } }
consumers: { worker: { queue: orders, count: 2, concurrency: 4, handler: { kind: ack-first, time: 1500ms } } }
`;

describe('a fault of our own while a failure is made smaller', { timeout: 60_000 }, () => {
  it('ends `shrink` with 70, its stack, and the run', async () => {
    const { code, stderr } = await queuelab(['shrink', 'busy.yaml', '--seed', '1', '--mutant', 'acknowledge-after-work'], { cwd: folderWith({ 'busy.yaml': BUSY }), interrupt: brokenWhileShrinking() });
    expect(code).toBe(70);
    expect(stderr).toContain('TypeError: nobody knows whether it is interrupted');
    expect(stderr).toContain('Please report it');
  });

  it('ends `check` with 70 when everything else is told and written', async () => {
    const cwd = folderWith({ 'busy.yaml': BUSY });
    const { code, stdout, stderr } = await queuelab(['check', 'busy.yaml', '--seeds', '1', '-j', '1', '--mutant', 'acknowledge-after-work', '--out', 'out'], { cwd, interrupt: brokenWhileShrinking() });
    expect(code).toBe(70);
    expect(stdout).toContain('busy, seed 1, is left as it is: a fault of queuelab came in between, which is told at the end.');
    expect(stdout).toContain('Wrote out/check.json (for queuelab merge).');
    expect(stderr).toContain('TypeError: nobody knows whether it is interrupted');
    expect(stderr).toContain('\n  scenario  busy.yaml\n  seed      1\n');
  });
});
