import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { type ScenariosOf, twoConsumers } from './parts.js';

/** Two thousand messages a second long, which nobody consumes before the fifth second: what a restart loses is missed. */
const aBurst = { producers: [aProducer({ interval: constant(MILLISECOND), messages: 2000 })], consumers: twoConsumers((name) => aConsumer(name, { startMicros: 5 * SECOND })) };

const LARGE = constant(20_000);

/** At these milliseconds. */
const powerLosses = (...times: readonly number[]) =>
  times.map((at) => ({ at: at * MILLISECOND + 777, fault: 'power-loss', target: 'broker', for: 50 * MILLISECOND }));
const crashes = (...times: readonly number[]) =>
  times.map((at) => ({ at: at * MILLISECOND + 777, fault: 'crash', target: 'broker', for: 50 * MILLISECOND }));

export const logScenarios: ScenariosOf = {
  'failed-sync-retried': aScenario({
    ...aBurst,
    faults: [
      { at: SECOND, fault: 'fsync-failure', target: 'broker', for: SECOND },
      { at: 2500 * MILLISECOND, fault: 'power-loss', target: 'broker', for: SECOND },
    ],
  }),
  'sync-not-awaited': aScenario({ ...aBurst, faults: powerLosses(600, 1200, 1800) }),
  'write-error-ignored': aScenario({
    ...aBurst,
    faults: [
      { at: SECOND, fault: 'disk-full', target: 'broker', for: 300 * MILLISECOND },
      { at: 3 * SECOND, fault: 'crash', target: 'broker', for: SECOND },
    ],
  }),
  'directory-not-synced': aScenario({
    ...aBurst, broker: { segmentBytes: 65_536 }, faults: [{ at: SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
  }),
  'checksum-not-checked': aScenario({
    producers: [aProducer({ messages: 100, sizeBytes: LARGE })], consumers: twoConsumers((name) => aConsumer(name, { startMicros: 5 * SECOND })),
    faults: [
      { at: 3 * SECOND, fault: 'bit-rot', target: 'broker', bits: 4 },
      { at: 3500 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND },
    ],
  }),
  'torn-tail-accepted': aScenario({
    seed: '2',
    producers: [aProducer({ interval: constant(4 * MILLISECOND), messages: 750, sizeBytes: LARGE })],
    consumers: twoConsumers((name) => aConsumer(name, { startMicros: 5 * SECOND })),
    faults: powerLosses(300, 700, 1100, 1500, 1900, 2300, 2700),
  }),
  'interval-never-synced': aScenario({
    ...aBurst, broker: { flush: 'interval', flushIntervalMicros: 200 * MILLISECOND }, faults: [{ at: 4 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
  }),
  'bad-batch-ends-log': aScenario({
    ...aBurst,
    faults: [
      { at: SECOND, fault: 'bit-rot', target: 'broker' },
      { at: 3 * SECOND, fault: 'crash', target: 'broker', for: SECOND },
    ],
  }),
  'last-block-dropped': aScenario({ ...aBurst, faults: [{ at: 3 * SECOND, fault: 'crash', target: 'broker', for: SECOND }] }),
};

/** Many small segments, mostly of what is settled, and some messages that wait for the end of a lease. */
const churn = {
  broker: { segmentBytes: 4096 }, producers: [aProducer({ messages: 1600, interval: constant(5 * MILLISECOND) })],
  consumers: twoConsumers((name) => aConsumer(name, { handler: { failure: 0.03 } })),
};
const SLOW_SYNC = {
  writeLatency: constant(20), syncLatency: constant(20 * MILLISECOND), readLatency: constant(100),
  bandwidthBytesPerSecond: 500_000_000, capacityBytes: 1e11,
};
const OFTEN = [2100, 2700, 3300, 3900, 4500, 5100, 5700, 6300, 6900];

export const checkpointScenarios: ScenariosOf = {
  'checkpoint-not-synced': aScenario({ ...churn, faults: powerLosses(...OFTEN) }),
  'old-segments-removed-first': aScenario({
    broker: { segmentBytes: 4096, disk: SLOW_SYNC }, producers: [aProducer({ messages: 1000, interval: constant(10 * MILLISECOND) })],
    consumers: twoConsumers((name) => aConsumer(name, { concurrency: 20, batchSize: 10, handler: { failure: 0.01 } })),
    faults: crashes(...Array.from({ length: 20 }, (_, index) => 1000 + 437 * index)),
  }),
  'checkpoint-forgets-in-flight': aScenario({ ...churn, faults: crashes(6000) }),
  'checkpoint-off-by-one': aScenario({ ...churn, faults: crashes(...OFTEN) }),
};
