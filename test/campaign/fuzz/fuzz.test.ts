import { describe, expect, it } from 'vitest';
import { type Execute, executeHere, fuzz, FUZZ_MAX_EVENTS, type FuzzOptions, PoolStoppedError, RunFaultError } from '../../../campaign/index.js';
import { DEFAULT_FUZZ, type Scenario, ScenarioError } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, SECOND } from '../../scenarios/a-scenario.js';

const scenario: Scenario = {
  ...aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead')],
    producers: [aProducer({ messages: 20 })],
    consumers: [aConsumer('consumer-1'), aConsumer('consumer-2')],
  }),
  fuzz: { ...DEFAULT_FUZZ, messages: { least: 2, most: 6 }, producers: null, consumers: null },
};
/** Enough messages for a bug that shows in every eighth. */
const talkative: Scenario = { ...scenario, fuzz: { ...scenario.fuzz!, messages: { least: 12, most: 20 } } };

const here = (mutants: readonly string[] = []): Execute => executeHere({ mutants, maxEvents: FUZZ_MAX_EVENTS });
const options = (over: Partial<FuzzOptions> = {}): FuzzOptions =>
  ({ scenario, strategy: 'coverage', baseSeed: '1', execute: here(), runs: 8, untilPlateau: Infinity, maxFailures: 5, ...over });

describe('fuzzing', { timeout: 60_000 }, () => {
  it('does as many runs as it is told and finds nothing where nothing is wrong', async () => {
    const report = await fuzz(options());
    expect(report).toMatchObject({ stopped: 'runs', runs: 8, failures: [], faults: [] });
    expect(report.groups.reduce((sum, { reached }) => sum + reached, 0)).toBe(report.reached);
  });

  it('comes out the same whichever run ends first', async () => {
    let turn = 0;
    const shuffled: Execute = async (run) => {
      const executed = await here()(run);
      await new Promise((resolve) => setTimeout(resolve, (turn++ * 7) % 20));
      return executed;
    };
    expect(await fuzz(options({ execute: shuffled, runs: 19 }))).toEqual(await fuzz(options({ runs: 19 })));
  });

  it('counts failures by sort, tells each sort once, and stops at enough of them', async () => {
    const told: string[] = [];
    const report = await fuzz(options({ scenario: talkative, execute: here(['scribble-body']), runs: 20, maxFailures: 1, onFailure: ({ key }) => void told.push(key) }));
    expect(report.stopped).toBe('failures');
    expect(report.failures.map(({ key }) => key)).toEqual(told);
    expect(report.failures[0]!.failure.invariant).toBe('no-phantom');
  });

  const varied: Scenario = { ...scenario, fuzz: { ...scenario.fuzz!, vary: [{ path: 'a', values: ['1', '2'] }, { path: 'b', values: ['1', '2'] }] } };
  const refuse = (): never => {
    throw new ScenarioError('a.yaml', []);
  };

  it('draws settings again that contradict each other, always in the same way', async () => {
    const taken: string[] = [];
    const withSettings = (overrides: readonly string[]): Scenario => (overrides.length === 2 ? refuse() : (taken.push(overrides.join()), varied));
    const report = await fuzz(options({ scenario: varied, withSettings, runs: 20 }));
    expect(report).toMatchObject({ stopped: 'runs', runs: 20 });
    const first = taken.splice(0);
    await fuzz(options({ scenario: varied, withSettings, runs: 20 }));
    expect(taken).toEqual(first);
  });

  it('that cannot draw goes to ground without leaving a run behind that nobody waits for', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    try {
      const dying: Execute = () => new Promise((_, reject) => setTimeout(() => reject(new Error('stopped')), 20));
      // Of the first sixteen runs some are drawn before the settings are refused for good.
      let left = 3;
      const withSettings = (): Scenario => (left-- > 0 ? varied : refuse());
      const always: Scenario = { ...varied, fuzz: { ...varied.fuzz!, vary: Array.from({ length: 20 }, (_, index) => ({ path: `p${index}`, values: ['1'] })) } };
      await expect(fuzz(options({ scenario: always, withSettings, execute: dying }))).rejects.toThrow(ScenarioError);
      await new Promise((resolve) => setTimeout(resolve, 60));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });

  it('waits while a failure is taken care of, before the next run is judged', async () => {
    const order: string[] = [];
    await fuzz(options({
      scenario: talkative, execute: here(['scribble-body']), runs: 12, maxFailures: 1,
      onFailure: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push('kept');
      },
      onProgress: ({ failures }) => failures > 0 && order.push('judged'),
    }));
    expect(order).toEqual(['kept', 'judged']);
  });

  it('runs the corpus first, counts it for coverage, and says what still fails by its file', async () => {
    const broken = { ...scenario, seed: '3', producers: [aProducer({ messages: 20 })] };
    const report = await fuzz(options({ corpus: [{ file: 'corpus/a.yaml', scenario: broken }], execute: here(['scribble-body']), maxFailures: 1 }));
    expect(report).toMatchObject({ stopped: 'failures', runs: 0, corpusRuns: 1 });
    expect(report.failures[0]).toMatchObject({ file: 'corpus/a.yaml', run: { number: 0, seed: '3' } });
    expect(report.reached).toBeGreaterThan(0);
  });

  it('stops when nothing new was reached for a while', async () => {
    const calm = { ...scenario, fuzz: { ...scenario.fuzz!, clients: false, faults: { ...DEFAULT_FUZZ.faults, count: { least: 0, most: 0 } }, failure: null, poisonEvery: null, delayMicros: null, handlerTimeMicros: null, sizeBytes: null } };
    const report = await fuzz(options({ scenario: calm, runs: Infinity, untilPlateau: 5 }));
    expect(report.stopped).toBe('plateau');
    expect(report.runs).toBeLessThan(40);
  });

  it('stops when the time is over or the user interrupts', async () => {
    let asked = 0;
    expect(await fuzz(options({ isTimeOver: () => ++asked > 20, runs: Infinity }))).toMatchObject({ stopped: 'time' });
    const signal = AbortSignal.abort();
    expect(await fuzz(options({ signal }))).toMatchObject({ stopped: 'interrupted', runs: 0 });
  });

  it('counts what is over when it is interrupted, behind a run that is not', async () => {
    const interrupt = new AbortController();
    const begun: number[] = [];
    const found: string[] = [];
    const stuck: Execute = (run) => {
      begun.push(run.number);
      if (run.number !== 1) return here(['scribble-body'])(run);
      return new Promise((_, reject) => interrupt.signal.addEventListener('abort', () => reject(new PoolStoppedError())));
    };
    const running = fuzz(options({ scenario: talkative, execute: stuck, runs: Infinity, signal: interrupt.signal, onFailure: ({ key }) => void found.push(key) }));
    setTimeout(() => interrupt.abort(), 500);
    const report = await running;
    expect(begun.length).toBeGreaterThan(2);
    expect(report).toMatchObject({ stopped: 'interrupted', runs: begun.length - 1 });
    expect(report.failures.map(({ key }) => key)).toEqual(found);
    expect(found.length).toBeGreaterThan(0);
  });

  it('goes on after a run that fails by a fault of queuelab, and reports it', async () => {
    const faulty: Execute = async (run) =>
      (run.number === 3 ? { outcome: null, hits: null, moments: null, result: null, fault: new RunFaultError('worker-died', { scenario: 'x.yaml', seed: run.seed, cause: new Error('gone') }) } : here()(run));
    const report = await fuzz(options({ execute: faulty, runs: 6 }));
    expect(report.runs).toBe(6);
    expect(report.faults.map(({ run }) => run.number)).toEqual([3]);
  });

  it('keeps few runs that together reach all that was reached', async () => {
    const { ground, reached } = await fuzz(options({ runs: 24 }));
    expect(ground.length).toBeGreaterThan(1);
    expect(ground.length).toBeLessThan(24);
    const corpus = ground.map(({ run }, index) => ({ file: `${index}.yaml`, scenario: { ...run.scenario, seed: run.seed } }));
    const again = await fuzz(options({ corpus, runs: 1 }));
    expect(again.reached).toBeGreaterThanOrEqual(reached);
  });
});
