import { describe, expect, it } from 'vitest';
import { makeExplicit, runScenario, type Scenario } from '../../../scenarios/index.js';
import { MUTANT_SCENARIOS } from '../../mutants/mutant-scenarios.js';
import { aConsumer, aProducer, aQueue, aScenario, MILLISECOND, SECOND } from '../a-scenario.js';

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;

/** Everything that can be drawn is. */
const random: Scenario = aScenario({
  queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 3 } }), aQueue('dead')],
  network: { latency: exponential(500), bandwidthBytesPerSecond: 125_000_000, loss: 0.01 },
  producers: [
    aProducer({ name: 'web', interval: exponential(50 * MILLISECOND), messages: 100, sizeBytes: { kind: 'uniform', min: 100, max: 5000 } }),
    aProducer({ name: 'mobile', interval: exponential(80 * MILLISECOND), messages: Infinity, batchSize: 3 }),
  ],
  consumers: [
    aConsumer('consumer-1', { handler: { time: exponential(100 * MILLISECOND), failure: 0.1, poisonEvery: 20 } }),
    aConsumer('consumer-2', { onFailure: { kind: 'release' }, handler: { time: exponential(10 * MILLISECOND), failure: 0.3 } }),
  ],
  durationMicros: 10 * SECOND,
  faults: [
    { at: SECOND, fault: 'crash', target: ['broker', 'web'], for: SECOND, every: 3 * SECOND },
    { at: 2 * SECOND, fault: 'pause', target: 'mobile', for: SECOND },
    { at: 2500 * MILLISECOND, fault: 'slow-down', target: 'consumer-1', for: SECOND, factor: 10 },
    { at: 4 * SECOND, fault: 'packet-loss', target: 'broker', for: SECOND },
    { at: 5 * SECOND, fault: 'clock-drift', target: 'consumer-2', for: SECOND, drift: 200_000 },
  ],
});

const nothingDrawn = ({ producers, consumers }: Scenario): boolean =>
  producers.every(({ sends }) => sends !== null)
  && consumers.every(({ handler }) => handler.time.kind === 'constant' && handler.failure === 0 && handler.poisonEvery === 0);

describe('a scenario made explicit', () => {
  it.each(['1', '2', '3'])('has the same history, and nothing of its workload is drawn (seed %s)', (seed) => {
    const { scenario, original } = makeExplicit(random, { seed });
    expect(nothingDrawn(scenario)).toBe(true);
    expect(scenario.producers.map(({ messages }) => messages)[0]).toBeGreaterThan(20);
    expect(runScenario(scenario).fingerprint).toBe(original.fingerprint);
    expect(original.fingerprint).toBe(runScenario(random, { seed }).fingerprint);
  });

  it('is its own explicit form', () => {
    const { scenario } = makeExplicit(random);
    expect(makeExplicit(scenario).scenario).toEqual(scenario);
  });

  it('has the same history for every mutant, too', () => {
    for (const name of ['release-resets-count', 'dead-letter-on-timeout', 'store-before-validation', 'lease-timer-not-rearmed']) {
      const { scenario, original } = makeExplicit(MUTANT_SCENARIOS[name]!, { mutants: [name] });
      expect(original.outcome).toBe('broken');
      expect(runScenario(scenario, { mutants: [name] }).fingerprint).toBe(original.fingerprint);
    }
  });

  it('says of faults what is not so by default, and of repetitions each', () => {
    const { scenario } = makeExplicit(random);
    expect(scenario.faults.filter(({ fault }) => fault === 'crash').slice(0, 2)).toEqual([
      { at: SECOND, fault: 'crash', target: 'broker', for: SECOND }, { at: SECOND, fault: 'crash', target: 'web', for: SECOND },
    ]);
    expect(scenario.faults.find(({ fault }) => fault === 'packet-loss')).toEqual({ at: 4 * SECOND, fault: 'packet-loss', target: 'broker', for: SECOND });
  });

  it('draws nothing new when a send is removed: the others keep their times, sizes and fates', () => {
    const { scenario } = makeExplicit(random);
    const [web, mobile] = scenario.producers;
    const fewer = { ...scenario, producers: [{ ...web!, sends: web!.sends!.slice(10) }, mobile!] };
    expect(makeExplicit(fewer).scenario.producers[1]!.sends!.map(({ atMicros, sizeBytes }) => [atMicros, sizeBytes]))
      .toEqual(mobile!.sends!.map(({ atMicros, sizeBytes }) => [atMicros, sizeBytes]));
  });
});
