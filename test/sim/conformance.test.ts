import { type HostFixture, hostConformance } from '../conformance/host-suite.js';
import { constant, nodeOf, TestWorld, type TestWorldOptions } from './a-world.js';

function fixtureOf(options: TestWorldOptions): HostFixture {
  const test = new TestWorld(['one', 'two'], options).started();
  return {
    one: nodeOf(test, 'one'),
    two: nodeOf(test, 'two'),
    until: async (done) => {
      while (!done()) if (!test.world.kernel.step()) throw new Error('nothing is left to happen, and it never came');
    },
    // A clock that runs slow needs more of true time.
    elapse: async (micros) => test.pass(micros * 2),
    dispose: async () => undefined,
  };
}

hostConformance('a simulated host', async () => fixtureOf({}));

hostConformance('a simulated host on several cores, with drifting clocks, jitter, loss and little bandwidth', async () =>
  fixtureOf({
    network: {
      latency: { kind: 'exponential', mean: 800 },
      bandwidthBytesPerSecond: 50_000_000,
      loss: 0.05,
      retransmitMinMicros: 2000,
    },
    machine: (name) => ({
      cores: 4,
      costs: { baseMicros: { number: 30 }, perKiBMicros: 5 },
      clock: name === 'one' ? { driftPpm: 50_000, offsetMicros: 5_000_000 } : { driftPpm: -100_000 },
      disk: {
        writeLatency: { kind: 'exponential', mean: 20 },
        syncLatency: { kind: 'exponential', mean: 300 },
        readLatency: constant(0),
        bandwidthBytesPerSecond: 200_000_000,
        capacityBytes: 10_000_000,
      },
    }),
  }),
);

