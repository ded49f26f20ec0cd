import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.js';
import { runCli } from '../../cli/run-cli.js';
import { folderWith, quickScenario } from './given.js';

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
