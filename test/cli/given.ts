import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { Output } from '../../cli/output.js';
import { runCli } from '../../cli/run-cli.js';

export const root = join(import.meta.dirname, '../..');

/** A folder of its own for one test, with files in it. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly interrupt?: AbortSignal;
  /** Called with everything on stdout so far. */
  readonly onStdout?: (text: string) => void;
}

/** Runs the command line in this process, in a folder of its own choice. */
export async function queuelab(args: readonly string[], { cwd = folderWith(), env = {}, interrupt, onStdout }: Surroundings = {}): Promise<Outcome> {
  const stdout = collect(onStdout);
  const stderr = collect();
  const code = await runCli(args, {
    stdout: new Output(stdout.stream, 'standard output'),
    stderr: new Output(stderr.stream, 'standard error'),
    cwd,
    env,
    interrupt: interrupt ?? new AbortController().signal,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(onText?: (text: string) => void): { readonly stream: PassThrough; readonly text: () => string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    onText?.(text());
  });
  return { stream, text };
}

/** A scenario that is over in a moment; `expect` is put at its end. */
export const quickScenario = (name: string, expectation = ''): string => `name: ${name}
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 10/s } }
consumers: { worker: { queue: orders } }
${expectation}`;

/** One that takes much longer than anyone waits. */
export const endlessScenario = `name: endless
duration: 3000d
queues: { orders: {} }
producers: { web: { queue: orders, rate: 10000/s } }
consumers: { worker: { queue: orders, count: 10, concurrency: 100 } }
`;
