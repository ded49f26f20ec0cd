import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { PoolStoppedError, RunFaultError, type RunJob, RunPool, runInOrder, summaryOf } from '../../../campaign/index.js';
import { runScenario } from '../../../scenarios/index.js';
import { folderWith } from '../../cli/given.js';
import { aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ interval: { kind: 'exponential', mean: 20 * MILLISECOND } })] });
const broken = aScenario({ name: 'broken', expect: { promises: [{ invariant: 'acked-send-not-lost', verdict: 'violated', line: 1, column: 1 }], thresholds: [] } });
/** No scenario that the loader lets through is like this. */
const impossible = { ...scenario, file: 'impossible.yaml', queues: null as unknown as typeof scenario.queues };
/** A body of this size for each of many messages is more than a small worker can hold. */
const hungry = aScenario({
  file: 'hungry.yaml',
  durationMicros: 600 * SECOND,
  producers: [aProducer({ interval: constant(1), messages: Infinity, maxInFlight: 1e9, retry: { ...aProducer().retry, timeoutMicros: 600 * SECOND } })],
  faults: [{ at: 0, fault: 'network-partition', target: ['producer', 'broker'], for: 600 * SECOND }],
});

vi.setConfig({ testTimeout: 60_000 });

const pool = new RunPool({ workers: 2 });
afterAll(() => pool.close());

const jobs = (count: number, settings: Partial<RunJob> = {}): RunJob[] =>
  Array.from({ length: count }, (_, index) => ({ scenario, seed: String(index + 1), want: 'summary', ...settings }));

async function all(list: Iterable<RunJob>) {
  const finished = [];
  for await (const run of runInOrder(pool, list)) finished.push(run);
  return finished;
}

describe('runs in worker threads', () => {
  it('are what they are in this thread, in the order in which they were given', async () => {
    const finished = await all(jobs(6));
    expect(finished.map(({ reply }) => reply?.summary)).toEqual(jobs(6).map(({ seed }) => summaryOf(runScenario(scenario, { seed }))));
    expect(finished.every(({ reply }) => reply?.result === null)).toBe(true);
  });

  it('bring the whole result when it is wanted, or when they did not hold and that is wanted', async () => {
    const [wanted, held, unmet] = await all([
      { scenario, seed: '1', want: 'result' }, { scenario, seed: '1', want: 'unmet' }, { scenario: broken, seed: '1', want: 'unmet' },
    ]);
    expect(wanted?.reply?.result).toEqual(runScenario(scenario, { seed: '1' }));
    expect(held?.reply?.result).toBeNull();
    expect(unmet?.reply?.result).toEqual(runScenario(broken, { seed: '1' }));
  });

  it('take mutants and limits along', async () => {
    const [mutant, limited] = await all([{ scenario, seed: '1', want: 'summary', mutants: ['scribble-body'] }, { scenario, seed: '1', want: 'summary', maxEvents: 1000 }]);
    expect(mutant?.reply?.summary.verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant)).toEqual(['no-phantom']);
    expect(limited?.reply?.summary.run.limit).toContain('1000');
  });

  it('are taken as they are needed, and no more when nobody listens', async () => {
    let taken = 0;
    function* endless(): Generator<RunJob> {
      for (;;) yield { scenario, seed: String(++taken), want: 'summary' };
    }
    for await (const { job } of runInOrder(pool, endless())) if (job.seed === '3') break;
    expect(taken).toBeLessThan(30);
  });
});

describe('a run that fails', () => {
  it('by an error is told with scenario, seed and stack, and the others go on', async () => {
    const [before, fault, after] = await all([jobs(1)[0]!, { scenario: impossible, seed: '7', want: 'summary' }, jobs(1)[0]!]);
    expect(fault?.fault).toBeInstanceOf(RunFaultError);
    expect(fault?.fault).toMatchObject({ code: 'QL_POOL_RUN_FAULT', kind: 'threw', scenario: 'impossible.yaml', seed: '7' });
    expect((fault?.fault?.cause as Error).stack).toMatch(/TypeError: .*\n +at .*worker-/);
    expect([before?.fault, after?.fault]).toEqual([null, null]);
  });

  it('by taking all memory loses its worker, which is replaced, and nothing else', { timeout: 60_000 }, async () => {
    const small = new RunPool({ workers: 1, memoryMiB: 48 });
    try {
      const list: RunJob[] = [jobs(1)[0]!, { scenario: hungry, seed: '9', want: 'summary' }, ...jobs(3)];
      const finished = [];
      for await (const run of runInOrder(small, list)) finished.push(run);
      expect(finished.map(({ fault }) => fault?.kind ?? null)).toEqual([null, 'out-of-memory', null, null, null]);
      expect(finished[1]?.fault).toMatchObject({ scenario: 'hungry.yaml', seed: '9' });
    } finally {
      await small.close();
    }
  });
});

describe('a run that fails among others of its task', () => {
  it('loses its worker alone: the others are made again', { timeout: 60_000 }, async () => {
    const small = new RunPool({ workers: 1, memoryMiB: 48 });
    const short = (seed: number): RunJob => ({ scenario: hungry, seed: String(seed), want: 'summary', maxEvents: 1_000 });
    const { maxEvents: _, ...unlimited } = short(40);
    try {
      const list = Array.from({ length: 60 }, (_none, seed) => (seed === 40 ? unlimited : short(seed)));
      const finished = [];
      for await (const run of runInOrder(small, list)) finished.push(run);
      expect(finished.map(({ job }) => job.seed)).toEqual(list.map(({ seed }) => seed));
      expect(finished.flatMap(({ job, fault }) => (fault === null ? [] : [[job.seed, fault.kind]]))).toEqual([['40', 'out-of-memory']]);
    } finally {
      await small.close();
    }
  });
});

describe('a run that does not end', () => {
  const endless: RunJob = { scenario: { ...hungry, file: 'endless.yaml', producers: [aProducer({ messages: Infinity })], durationMicros: 1e15, faults: [] }, seed: '5', want: 'summary' };

  it('loses its worker when its time is over, which is replaced, and nothing else', async () => {
    const strict = new RunPool({ workers: 1, runMillis: 5_000 });
    try {
      const finished = [];
      for await (const run of runInOrder(strict, [jobs(1)[0]!, endless, ...jobs(3)])) finished.push(run);
      expect(finished.map(({ fault }) => fault?.kind ?? null)).toEqual([null, 'did-not-end', null, null, null]);
      expect(finished[1]?.fault?.message).toBe('The run of endless.yaml with seed 5 did not end within 5s of real time.');
      expect(finished.at(-1)?.reply?.summary).toEqual(summaryOf(runScenario(scenario, { seed: '3' })));
    } finally {
      await strict.close();
    }
  });
});

describe('a history file', () => {
  it('holds every event of a run that did not hold, and is not written for one that did', async () => {
    const folder = folderWith();
    const file = (name: string) => join(folder, 'deep', name);
    const [held, unmet] = await all([
      { scenario, seed: '1', want: 'summary', historyFile: file('held.jsonl') }, { scenario: broken, seed: '1', want: 'summary', historyFile: file('unmet.jsonl') },
    ]);
    expect(held?.reply?.history).toBeNull();
    expect(unmet?.reply?.history).toEqual({ file: file('unmet.jsonl'), failure: null });
    const lines = readFileSync(file('unmet.jsonl'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(unmet!.reply!.summary.run.events);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ index: lines.length - 1, event: 'drain-end' });
  });

  it('that cannot be written leaves the verdict as it is', async () => {
    const [run] = await all([{ scenario: broken, seed: '1', want: 'summary', historyFile: '/dev/null/history.jsonl' }]);
    expect(run?.reply?.history?.failure).toBe('EEXIST');
    expect(run?.reply?.summary.outcome).toBe('broken');
  });
});

describe('a pool', () => {
  it('that is stopped while a long run is under way hands out what was over behind it', async () => {
    const stopped = new RunPool({ workers: 2 });
    const endless: RunJob = { scenario: { ...hungry, producers: [aProducer({ messages: Infinity })], durationMicros: 1e15, faults: [] }, seed: '0', want: 'summary' };
    function* list(): Generator<RunJob> {
      yield endless;
      yield* jobs(200);
      void stopped.stop();
      yield* jobs(1);
    }
    const seeds: string[] = [];
    const listen = async (): Promise<void> => {
      for await (const { job } of runInOrder(stopped, list())) seeds.push(job.seed);
    };
    await expect(listen()).rejects.toBeInstanceOf(PoolStoppedError);
    // Those in the tasks that were under way at that moment, or next, need not have begun; the others were over.
    expect(seeds.length).toBeGreaterThan(130);
    expect(seeds).toEqual(jobs(seeds.length).map(({ seed }) => seed));
  });

  it('that is stopped loses of a task only the run that is at work, however many were over before it', async () => {
    const stopped = new RunPool({ workers: 1 });
    const endless = { ...hungry, producers: [aProducer({ messages: Infinity })], durationMicros: 1e15, faults: [] };
    const short = (seed: number): RunJob => ({ scenario: endless, seed: String(seed), want: 'summary', maxEvents: 1_000 });
    // Each takes so little that tasks come to have many.
    await Promise.all(Array.from({ length: 100 }, (_none, seed) => stopped.run(short(seed))));
    const { maxEvents: _, ...unlimited } = short(14);
    const given = Array.from({ length: 40 }, (_none, seed) => stopped.run(seed === 14 ? unlimited : short(seed)));
    const settled = Promise.allSettled(given);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await stopped.stop();
    const states = (await settled).map(({ status }) => status);
    expect(states.slice(0, 14)).toEqual(states.slice(0, 14).fill('fulfilled'));
    expect(states.slice(14)).toEqual(states.slice(14).fill('rejected'));
  });

  it('that is stopped fails what is not over, at once', async () => {
    const stopped = new RunPool({ workers: 1 });
    const endless = stopped.run({ scenario: { ...hungry, producers: [aProducer({ messages: Infinity })], durationMicros: 1e15, faults: [] }, seed: '1', want: 'summary' });
    const queued = stopped.run(jobs(1)[0]!);
    setTimeout(() => void stopped.stop(), 500);
    await expect(endless).rejects.toBeInstanceOf(PoolStoppedError);
    await expect(queued).rejects.toBeInstanceOf(PoolStoppedError);
    await expect(stopped.run(jobs(1)[0]!)).rejects.toBeInstanceOf(PoolStoppedError);
  });

  it.each([0, -1, 1.5, 257])('of %d workers is refused', (workers) => {
    expect(() => new RunPool({ workers })).toThrow(RangeError);
  });
});
