import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EventKind, type EventChunk } from '../../../history/index.js';
import { DivergedError, InterruptedError, runScenario, runScenarioAsync, type Scenario } from '../../../scenarios/index.js';
import { NondeterminismError } from '../../../sim/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MINUTE, SECOND } from '../a-scenario.js';

/** Stands for code of a core room that does what it must not: it is called while the run steps. */
const offender = (offend: () => unknown) => ({
  onChunk: (_chunk: EventChunk, from: number, to: number) => {
    if (to > from) offend();
  },
});

describe('code of a run that reaches for the real world', () => {
  it.each<[string, () => unknown]>([
    ['Date.now', () => Date.now()],
    ['Math.random', () => Math.random()],
    ['setTimeout', () => setTimeout(() => undefined, 0)],
    ['process', () => process.pid],
    ['fs.readFileSync', () => readFileSync('/nothing')],
  ])('is stopped with an error that names %s and the caller', async (api, offend) => {
    const options = { observers: [offender(offend)] };
    for (const run of [() => Promise.resolve().then(() => runScenario(aScenario(), options)), () => runScenarioAsync(aScenario(), options)]) {
      const error = await run().then(() => null, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(NondeterminismError);
      expect((error as NondeterminismError).api).toBe(api);
      expect((error as NondeterminismError).caller).toMatch(/run-scenario\.test\.ts:\d+:\d+/);
    }
    expect(Date.now()).toBeGreaterThan(0);
    expect(readFileSync(import.meta.filename, 'utf8')).toContain('is stopped');
  });
});

/** Long enough to take several turns. */
const long = aScenario({ producers: [aProducer({ messages: 3_000, interval: constant(1500) })] });
const violating = { mutants: ['scribble-body'] };

describe('a run', () => {
  it('gives the same result in turns as at once, with progress', async () => {
    const scenario = aScenario({ producers: [aProducer({ messages: 20_000, interval: constant(500) })] });
    const seen: number[] = [];
    const result = await runScenarioAsync(scenario, { onProgress: ({ virtualMicros }) => seen.push(virtualMicros) });
    expect(result).toEqual(runScenario(scenario));
    expect(seen.length).toBeGreaterThan(0);
    expect([...seen].sort((left, right) => left - right)).toEqual(seen);
  });

  it('that is interrupted has no result', async () => {
    const scenario = aScenario({ producers: [aProducer({ messages: 100_000, interval: constant(300) })], durationMicros: MINUTE });
    const controller = new AbortController();
    const run = runScenarioAsync(scenario, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
  });

  it('tells the story of its first violation in turns as at once, with progress, and can be stopped meanwhile', async () => {
    const stages: string[] = [];
    const result = await runScenarioAsync(long, { ...violating, onProgress: ({ stage }) => stages.push(stage) });
    expect(result).toEqual(runScenario(long, violating));
    expect(result.story.length).toBeGreaterThan(3);
    expect(stages).toContain('story');
    expect(stages).toEqual([...stages].sort());
    const controller = new AbortController();
    const run = runScenarioAsync(long, { ...violating, signal: controller.signal, onProgress: ({ stage }) => stage === 'story' && controller.abort() });
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
  });

  it('tells of the promise that was not met, and not of a breach before it that is allowed', () => {
    const scenario = aScenario({
      broker: { flush: 'interval' },
      // Slow enough that what is acknowledged in the end was stored long ago.
      consumers: [aConsumer('consumer-1', { handler: { time: constant(400_000) } })],
      faults: [{ at: 5.95 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
      expect: { promises: [{ invariant: 'acked-not-redelivered', verdict: 'holds', line: 1, column: 1 }], thresholds: [] },
    });
    const { verdicts, story } = runScenario(scenario);
    const [lost, unmet] = ['acked-send-not-lost', 'acked-not-redelivered'].map((id) => verdicts.find(({ invariant }) => invariant === id)!);
    expect(lost!.met).toBe(true);
    expect(lost!.first!.atMicros).toBeLessThan(unmet!.first!.atMicros);
    expect(story[0]!.text).toMatch(new RegExp(`message ${unmet!.first!.message}\\b`));
  });

  it('tells the life of each message of which a promise was broken that was to be kept, each once', () => {
    const holding = (...ids: string[]) => aScenario({
      broker: { flush: 'interval' },
      consumers: [aConsumer('consumer-1', { handler: { time: constant(400_000) } })],
      faults: [{ at: 5.95 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
      expect: { promises: ids.map((invariant) => ({ invariant, verdict: 'holds', line: 1, column: 1 })) as Scenario['expect']['promises'], thresholds: [] },
    });
    const { verdicts, story, stories } = runScenario(holding('acked-send-not-lost', 'acked-not-redelivered', 'no-duplicate-delivery'));
    const [lost, again] = ['acked-send-not-lost', 'acked-not-redelivered'].map((id) => verdicts.find(({ invariant }) => invariant === id)!.first!.message);
    expect(lost).not.toBe(again);
    const isAbout = (message: number): RegExp => new RegExp(`message ${message}\\b`);
    expect(story[0]!.text).toMatch(isAbout(lost!));
    expect(stories!.map(({ message }) => message)).toEqual([...new Set(stories!.map(({ message }) => message))]);
    expect(stories!.find(({ message }) => message === again)!.steps[0]!.text).toMatch(isAbout(again!));
    expect(runScenario(holding('acked-send-not-lost')).stories).toBeUndefined();
  });

  it('that comes out differently when it is told again is a fault of ours, with both fingerprints', () => {
    let reads = 0;
    // Stands for a hidden input of the run: each time the scenario is put together, it has another seed.
    const fickle = Object.defineProperty({ ...aScenario() }, 'seed', { get: () => `${(reads += 1)}` });
    const failure = (() => {
      try {
        return runScenario(fickle, violating);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(DivergedError);
    expect(new Set((failure as DivergedError).fingerprints).size).toBe(2);
    expect((failure as DivergedError).message).toContain((failure as DivergedError).fingerprints[1]);
  });

  it('that comes to its limit of events says so and concludes nothing', () => {
    const result = runScenario(aScenario(), { maxEvents: 2_000 });
    expect(result.run.limit).toContain('2000');
    expect(result.outcome).toBe('inconclusive');
  });

  it('names what is stuck when the drain comes to its bound', () => {
    const result = runScenario(aScenario({
      producers: [aProducer({ messages: 10 })], drainMicros: 20 * SECOND,
      consumers: [aConsumer('consumer', { onFailure: { kind: 'release' }, handler: { poisonEvery: 5, time: constant(SECOND) } })],
    }));
    expect(result.run.drained).toBe(false);
    expect(result.run.stuck.join(' ')).toMatch(/The queue orders still holds/);
  });

  it('has drained when the last message goes at the very end of the drain', () => {
    const result = runScenario(aScenario({
      durationMicros: 10 * SECOND, drainMicros: 60 * SECOND, queues: [{ ...aScenario().queues[0]!, retentionMicros: 60 * SECOND }],
      producers: [aProducer({ messages: 10 })], consumers: [aConsumer('consumer', { stopMicros: SECOND })],
    }));
    expect([result.run.drained, result.run.stuck]).toEqual([true, []]);
  });

  it('ends as soon as everything is done, or at its duration when told to', () => {
    expect(runScenario(aScenario()).run.drainBeganMicros).toBeLessThan(12 * SECOND);
    expect(runScenario(aScenario({ stopWhenDone: false })).run.drainBeganMicros).toBe(30 * SECOND);
  });

  it('replays its own explicit schedule to the same fingerprint', () => {
    const scenario = aScenario({
      queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })], durationMicros: 20 * SECOND,
      faults: [{ at: SECOND, fault: 'crash', target: 'consumer-1', for: SECOND, every: 4 * SECOND, times: 3 }],
    });
    const first = runScenario(scenario);
    expect(first.schedule.map(({ at }) => at)).toEqual([SECOND, 5 * SECOND, 9 * SECOND]);
    expect(runScenario({ ...scenario, faults: first.schedule }).fingerprint).toBe(first.fingerprint);
  });

  it('shows observers every event, kept or not', () => {
    const counts: number[] = [];
    for (const trace of ['off', 'all', { last: 10 }] as const) {
      let count = 0;
      runScenario(aScenario(), { trace, observers: [{ onChunk: (chunk, from, to) => {
        for (let row = from; row < to; row += 1) if (chunk.kind[row] === EventKind.deliver) count += 1;
      } }] });
      counts.push(count);
    }
    expect(counts).toEqual([500, 500, 500]);
  });
});
