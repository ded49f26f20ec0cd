import { expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, SECOND } from '../a-scenario.js';

it('says what was busy: handlers by their service times, and adds up to the same over time', () => {
  const scenario = aScenario({
    producers: [aProducer({ messages: 1_000, interval: constant(10_000) })],
    consumers: [aConsumer('consumer-1', { concurrency: 2, handler: { time: constant(5_000) } })],
    durationMicros: 10 * SECOND,
  });
  const { measures, series } = runScenario(scenario);
  const handlers = measures.resources!.find(({ kind }) => kind === 'handlers')!;
  expect(handlers).toMatchObject({ servers: 2, busyMicros: 1_000 * 5_000 });
  expect(handlers.utilisation).toBeCloseTo(0.25, 2);
  const shares = series.values[`busy:${handlers.name}`]!;
  expect(shares.reduce((sum, share) => sum + share, 0) * series.stepMicros * 2).toBeCloseTo(5_000_000, -5);
  expect(measures.resources!.map(({ utilisation }) => utilisation)).toEqual(measures.resources!.map(({ utilisation }) => utilisation).sort((a, b) => b - a));
  expect(measures.resources!.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['cpu', 'disk', 'handlers']));
  const { breakdown, latencies, consumers } = measures;
  expect(breakdown!.stages.reduce((sum, stage) => sum + stage.meanMicros, 0)).toBeCloseTo(latencies['endToEnd']!.meanMicros, 3);
  expect(consumers!.map(({ busyMicros }) => busyMicros)).toEqual([1_000 * 5_000]);
});
