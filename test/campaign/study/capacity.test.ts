import { describe, expect, it } from 'vitest';
import { findCapacity, rejectHopeless, StudyError } from '../../../campaign/index.js';
import { capacityText } from '../../../reports/index.js';
import { runScenario, type Scenario } from '../../../scenarios/index.js';
import { parse } from '../../scenarios/format/given.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const until = { expression: 'p99(endToEnd) < 100ms', aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: 100 * MILLISECOND } as const;
/** One server that takes 10 ms for each message: no more than 100 a second. */
const scenario = aScenario({
  durationMicros: 4 * SECOND,
  producers: [aProducer({ interval: constant(100 * MILLISECOND), messages: 5 })],
  consumers: [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: constant(10 * MILLISECOND) } })],
  network: { latency: constant(1), bandwidthBytesPerSecond: Infinity, loss: 0 },
  broker: { cpuCost: 0, flush: 'never' },
});
const seek = (of: Scenario, limit: number = until.limit, seeds = ['1']) => findCapacity({
  scenario: of, until: { ...until, limit }, seeds, precision: 0.03,
  run: ({ name, scenario: faster }) => Promise.resolve({ name, results: seeds.map((seed) => runScenario(faster, { seed })) }),
});

describe('the capacity', { timeout: 60_000 }, () => {
  it('is what the server can do, and the server is what saturates', async () => {
    const found = await seek(scenario);
    expect(found!.sustained!.ratePerSecond).toBeGreaterThan(95);
    expect(found!.sustained!.ratePerSecond).toBeLessThan(106);
    expect(found!.exceeded!.ratePerSecond / found!.sustained!.ratePerSecond).toBeLessThan(1.031);
    expect(found!.exceeded!.busiest[0]).toMatchObject({ name: 'server handlers', kind: 'handlers' });
    expect(found!.exceeded!.busiest[0]!.utilisation).toBeGreaterThan(0.97);
    expect(await seek(scenario)).toEqual(found);
  });

  it('is sought downwards when the scenario itself is too fast', async () => {
    const found = await seek({ ...scenario, producers: [aProducer({ interval: constant(2 * MILLISECOND) })] });
    expect(found!.sustained!.ratePerSecond).toBeGreaterThan(95);
    expect(found!.sustained!.ratePerSecond).toBeLessThan(106);
  });

  it('is none when no rate keeps the threshold', async () => {
    expect((await seek(scenario, MILLISECOND, ['1']))!.sustained).toBeNull();
  });

  it('is not sought at rates at which a run sends next to nothing', async () => {
    const found = await seek({ ...scenario, producers: [aProducer({ interval: constant(50 * MILLISECOND) })] }, MILLISECOND);
    expect(found).toMatchObject({ sustained: null, fewest: 20 });
    // 4 s at 20/s are 80 messages; at 5/s they are 20, and of fewer no figure says anything.
    expect(found!.probes.map(({ ratePerSecond }) => ratePerSecond)).toEqual([5, 10, 20]);
    for (const { ratePerSecond, throughput, busiest } of found!.probes) {
      expect(throughput / ratePerSecond).toBeCloseTo(1, 1);
      // A server that takes 10 ms for each is busy for a hundredth of the rate.
      expect(busiest[0]!.utilisation).toBeCloseTo(ratePerSecond / 100, 1);
    }
  });

  it('has a message group of a FIFO queue for its limit, and says which faults strike at every rate', async () => {
    const fifo = parse(`name: turns
duration: 4s
queues: { orders.fifo: { fifo: true } }
producers: { shop: { queue: orders.fifo, interval: 20ms, groups: 2 } }
consumers: { worker: { queue: orders.fifo, count: 4, handler: { kind: plain, time: 10ms } } }
faults:
  - { at: 100ms, fault: pause, target: worker-1, for: 20ms }
`);
    const found = await seek(fifo, 200 * MILLISECOND, ['1']);
    expect(found!.sustained!.busiest.map(({ name }) => name)).toContain('busiest group of orders.fifo');
    expect(found!.faults).toBe(1);
    const none = await seek(fifo, MILLISECOND, ['1']);
    expect(capacityText(none!, { stdout: null, columns: 400, color: false } as never).replace(/\s+/g, ' ')).toContain('but the work itself, or the fault of the scenario, which strikes at every rate.');
  });

  it('is not where the backlog grows, though the figure would be kept', async () => {
    const found = await seek(scenario, Infinity, ['1']);
    expect(found!.sustained!.ratePerSecond).toBeLessThan(106);
    expect(found!.exceeded!.reason).toContain('the backlog grows');
  });

  it('takes producers that have a rate, and consumers', async () => {
    const listed = aProducer({ sends: [] });
    await expect(seek({ ...scenario, producers: [listed] })).rejects.toThrow(StudyError);
    expect(() => rejectHopeless(until, { ...scenario, consumers: [] })).toThrow('no consumer');
  });
});
