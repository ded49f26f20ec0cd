import { describe, expect, it } from 'vitest';
import { runScenario, type Scenario } from '../../../../scenarios/index.js';
import { closedForm, erlangC, type TheoryQueue } from '../../../../scenarios/run/theory/closed-forms.js';
import { theoryOf } from '../../../../scenarios/run/theory/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../a-scenario.js';

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;

const queueOf = (settings: Partial<Scenario> = {}): Scenario => aScenario({
  durationMicros: 200 * SECOND,
  producers: [aProducer({ interval: exponential(10 * MILLISECOND), messages: Infinity })],
  consumers: [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: exponential(5 * MILLISECOND) } })],
  network: { latency: constant(1), bandwidthBytesPerSecond: Infinity, loss: 0 },
  broker: { cpuCost: 0, flush: 'never' },
  ...settings,
});

describe('closed forms', () => {
  const queue = (settings: Partial<TheoryQueue>): TheoryQueue =>
    ({ arrivals: 'M', gapMicros: 10_000, service: 'M', serviceMicros: 5_000, squaredVariation: 1, servers: 1, ...settings });

  it('are those of the textbooks', () => {
    expect(closedForm(queue({}))!.meanWaitMicros).toBeCloseTo(5_000, 6);
    expect(closedForm(queue({}))!.sojourn!(0.99)).toBeCloseTo(46_052, 0);
    expect(closedForm(queue({ service: 'D', squaredVariation: 0 }))!.meanWaitMicros).toBeCloseTo(2_500, 6);
    expect(closedForm(queue({ arrivals: 'D', service: 'D' }))!.meanWaitMicros).toBe(0);
    // Five servers at 0.8: Erlang's C is 0.5541 (tables), so customers wait 0.5541 service times.
    expect(erlangC(5, 4)).toBeCloseTo(0.5541, 4);
    expect(closedForm(queue({ servers: 5, gapMicros: 1_250 }))!.meanWaitMicros).toBeCloseTo(0.5541 * 5_000, 0);
    // D/M/1 at 0.5: the root is 0.2032.
    expect(closedForm(queue({ arrivals: 'D' }))!.meanWaitMicros).toBeCloseTo(5_000 * (1 / (1 - 0.20319) - 1), 0);
  });

  it('are none beyond what the servers can do, and none where none is known', () => {
    expect(closedForm(queue({ serviceMicros: 10_000 }))).toBeNull();
    expect(closedForm(queue({ service: 'D', servers: 2 }))).toBeNull();
  });
});

describe('a scenario', () => {
  it('that is a queue of theory has the closed form beside its figures, and they agree', () => {
    const { theory, measures } = runScenario(queueOf());
    expect(theory).toMatchObject({ model: 'M/M/1', utilisation: 0.5 });
    const { mean } = measures.steadyState!.measures['endToEnd']!;
    const said = theory!.figures.find(({ measure, aggregate }) => measure === 'endToEnd' && aggregate === 'mean')!.value;
    expect(said).toBeCloseTo(10_000, 6);
    expect(mean!.low).toBeLessThan(said);
    expect(mean!.high).toBeGreaterThan(said);
  });

  it('adds up producers that send at random, and servers', () => {
    const producers = ['one', 'two'].map((name) => aProducer({ name, interval: exponential(20 * MILLISECOND), messages: Infinity }));
    const consumers = ['left', 'right'].map((name) => aConsumer(name, { concurrency: 2, batchSize: 1, handler: { time: exponential(20 * MILLISECOND) } }));
    expect(theoryOf(queueOf({ producers, consumers }))).toMatchObject({ model: 'M/M/4', utilisation: 0.5 });
  });

  it('that is overloaded is told to have no steady state', () => {
    const consumers = [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: constant(20 * MILLISECOND) } })];
    expect(theoryOf(queueOf({ consumers }))).toEqual({ model: 'M/D/1', utilisation: 2, figures: [] });
  });

  const server = (settings: Parameters<typeof aConsumer>[1]) => [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: exponential(5 * MILLISECOND) }, ...settings })];
  it.each<[string, Partial<Scenario>]>([
    ['a fault', { faults: [{ at: 1, fault: 'crash', target: 'server', for: 1 }] }],
    ['failing handlers', { consumers: server({ handler: { time: constant(1_000), failure: 0.1 } }) }],
    ['batches', { consumers: server({ batchSize: 10 }) }],
    ['a delay', { queues: [aQueue('orders', { delayMicros: 1 })] }],
    ['a FIFO queue', { queues: [aQueue('orders', { kind: 'fifo' })] }],
    ['several regular producers', { producers: ['one', 'two'].map((name) => aProducer({ name })) }],
    ['a consumer that comes late', { consumers: server({ startMicros: SECOND }) }],
    ['leases that may run out', { queues: [aQueue('orders', { visibilityTimeoutMicros: 50 * MILLISECOND })] }],
  ])('with %s is none that theory knows', (_, settings) => {
    expect(theoryOf(queueOf(settings))).toBeNull();
  });
});
