import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventKind, StopCause } from '../../../history/index.js';
import { DEFAULT_REDELIVERY_BOUND_MICROS, type RunContract } from '../../../invariants/index.js';
import { judgeLines, readLines } from './recorded-history.js';

/** Acknowledged sends before the process is killed. */
const SENDS_BEFORE_KILL = 500;
const PATIENCE_MILLIS = 15_000;

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-kill-'));
  program = join(folder, 'child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function contractFor(flush: 'always' | 'never'): RunContract {
  return {
    personality: 'sqs', strict: true, broker: { name: 'broker', flush },
    queues: [
      { name: 'orders', deadLetter: { queue: 'orders-dead', maxReceiveCount: 2 }, handlers: ['plain'] },
      { name: 'orders-dead', deadLetter: null, handlers: [] },
    ],
    // A real machine that is busy with other tests may be late.
    redeliveryBoundMicros: 10 * DEFAULT_REDELIVERY_BOUND_MICROS,
    recoveryBoundMicros: 60_000_000,
    clients: [],
    // An event is stamped with the clock reading on which its node acted, so nothing is left to allow for.
    clockDrift: 0,
  };
}

function start(mode: 'load' | 'drain', place: string, flush: string, origin: number): ChildProcess {
  return spawn(process.execPath, [program, mode, place, join(place, 'history'), flush, '1', String(origin)], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function countOk(file: string): number {
  return existsSync(file) ? readLines(file).filter((line) => Array.isArray(line) && line[1] === EventKind.sendOk).length : 0;
}

async function waitForLoad(child: ChildProcess, file: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLIS;
  while (countOk(file) < SENDS_BEFORE_KILL) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode} before it was killed`);
    if (performance.now() > deadline) throw new Error('the load did not get going');
    await sleep(25);
  }
}

describe.each(['always', 'never'] as const)('a real process killed in the middle of its load, flush: %s', (flush) => {
  it('keeps every promise when it is started again on the same folder', { timeout: 40_000 }, async () => {
    const place = await mkdtemp(join(folder, `${flush}-`));
    const file = join(place, 'history');
    const origin = Date.now();
    const first = start('load', place, flush, origin);
    const hasEnded = once(first, 'exit');
    try {
      await waitForLoad(first, file);
    } finally {
      first.kill('SIGKILL');
      await hasEnded;
    }
    expect(first.signalCode).toBe('SIGKILL');
    const second = start('drain', place, flush, origin);
    const overdue = setTimeout(() => second.kill('SIGKILL'), PATIENCE_MILLIS);
    await once(second, 'exit');
    clearTimeout(overdue);
    expect(second.exitCode).toBe(0);

    const lines = readLines(file);
    expect(lines.at(-1)).toBe('end');
    const verdicts = judgeLines(lines, contractFor(flush), (recorder) => {
      for (const name of ['broker', 'producer-1', 'producer-2', 'consumer-1', 'consumer-2']) {
        recorder.emit(EventKind.nodeStop, recorder.name(name), 0, 0, 0, 0, StopCause.kill, 0, 0);
      }
    });
    expect(verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant, first: breach }) => `${invariant}: ${breach?.text}`)).toEqual([]);
    const held = verdicts.filter(({ verdict }) => verdict === 'holds').map(({ invariant }) => invariant);
    expect(held).toEqual(expect.arrayContaining([
      'no-phantom', 'acked-send-not-lost', 'acked-not-redelivered', 'lease-exclusive', 'count-exact', 'max-deliveries',
      'dlq-exact-trigger', 'dlq-conservation', 'message-ledger',
    ]));
  });
});
