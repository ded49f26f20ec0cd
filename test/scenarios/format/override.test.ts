import { describe, expect, it } from 'vitest';
import { GOOD, mistakesOf, parse } from './given.js';

describe('an override', () => {
  it('changes what the file says', () => {
    expect(parse(GOOD, ['queues.orders.visibilityTimeout=10s']).queues[0]?.visibilityTimeoutMicros).toBe(10_000_000);
  });

  it('gives what the file leaves out, with the sections around it', () => {
    expect(parse(GOOD, ['broker.disk.capacity=2MiB', 'duration=5min']).broker.disk.capacityBytes).toBe(2 * 1024 ** 2);
  });

  it('reaches into lists by number', () => {
    expect(parse(GOOD, ['faults.0.at=7s', 'faults[0].for=1s']).faults).toEqual([{ at: 7_000_000, fault: 'crash', target: 'worker-1', for: 1_000_000 }]);
  });

  it('takes any YAML for a value', () => {
    expect(parse(GOOD, ['consumers.worker.handler={ kind: idempotent, time: 3s }']).consumers[0]?.handler.kind).toBe('idempotent');
    expect(parse(GOOD, ['faults.0.target=[worker-1, worker-2]']).faults[0]?.target).toEqual(['worker-1', 'worker-2']);
    expect(parse(GOOD, ['producers.web={ queue: orders, interval: "uniform(1ms, 2ms)" }']).producers[0]?.interval.kind).toBe('uniform');
  });

  it('takes a setting back with null', () => {
    expect(parse(GOOD, ['queues.orders.visibilityTimeout=10s', 'queues.orders.visibilityTimeout=null']).queues[0]?.visibilityTimeoutMicros).toBe(30_000_000);
    expect(parse(GOOD, ['producers.web.rate=null', 'producers.web.interval=exponential(1s)']).producers[0]?.interval.kind).toBe('exponential');
  });

  it('wins over the file and over earlier ones', () => {
    expect(parse(GOOD, ['consumers.worker.count=4', 'consumers.worker.count=3']).consumers.map(({ name }) => name)).toEqual(['worker-1', 'worker-2', 'worker-3']);
  });

  it('is kept with the scenario, and no default any more', () => {
    const scenario = parse(GOOD, ['broker.flush=never']);
    expect(scenario.overrides).toEqual(['broker.flush=never']);
    expect(scenario.settings.find(({ path }) => path === 'broker.flush')).toEqual({ path: 'broker.flush', value: 'never', isDefault: false });
  });

  it('names an entry by its number too, counted from 0 in the order of the file', () => {
    expect(parse(GOOD, ['consumers.0.concurrency=3']).consumers.map(({ concurrency }) => concurrency)).toEqual(parse(GOOD, ['consumers.worker.concurrency=3']).consumers.map(({ concurrency }) => concurrency));
    expect(parse(GOOD, ['queues.1.delay=2s']).queues[1]!.delayMicros).toBe(2_000_000);
  });

  it('leaves alone what an alias shares with the place it changes', () => {
    const text = GOOD.replace('orders-dead: {}', 'orders-dead: {}\n  first: &standard { delay: 1s }\n  second: *standard');
    expect(parse(text, ['queues.first.delay=2s']).queues.slice(2).map(({ delayMicros }) => delayMicros)).toEqual([2_000_000, 1_000_000]);
  });
});

describe('a mistake in an override is shown there', () => {
  it('unknown setting', () => {
    expect(mistakesOf(GOOD, ['broker.flsh=never'])).toBe(`\
--set:1:8: QL_SCENARIO_UNKNOWN_KEY
  "flsh" is not a key of broker. Did you mean "flush"?
    > 1 | broker.flsh=never
        |        ^^^^
  Expected one of name, flush, flushInterval, cores, cpuCost, segmentSize, disk.`);
  });

  it.each([
    ['unknown section', 'brokr.flush=never', '--set:1:1: QL_SCENARIO_UNKNOWN_KEY\n  "brokr" is not a key of a scenario. Did you mean "broker"?'],
    ['unknown entry', 'queues.order.delay=1s', '--set:1:8: QL_SCENARIO_BAD_OVERRIDE\n  "queues" has no entry "order". Did you mean "orders"?'],
    ['a numbered machine', 'consumers.worker-1.concurrency=2', '--set:1:11: QL_SCENARIO_BAD_OVERRIDE\n  "consumers" has no entry "worker-1". Did you mean "worker"?'],
    ['no such number', 'faults.1.at=1s', '--set:1:8: QL_SCENARIO_BAD_OVERRIDE\n  "faults" has 1 entries, and none at "1".'],
    ['no such number of an entry', 'consumers.7.concurrency=2', '--set:1:11: QL_SCENARIO_BAD_OVERRIDE\n  "consumers" has no entry "7".'],
    ['bad value of a numbered entry', 'consumers.0.concurrency=many', '--set:1:25: QL_SCENARIO_'],
    ['into a plain value', 'duration.seconds=1', '--set:1:1: QL_SCENARIO_WRONG_TYPE\n  A mapping cannot stand here.'],
    ['into a text', 'name.first=1', '--set:1:6: QL_SCENARIO_BAD_OVERRIDE\n  "name" has no parts to set.'],
    ['bad value', 'broker.flush=sometimes', '--set:1:14: QL_SCENARIO_UNKNOWN_CHOICE\n  "sometimes" is not possible here.'],
    ['bad unit', 'queues.orders.delay=5m', '--set:1:22: QL_SCENARIO_BAD_UNIT\n  "m" is not a unit of duration. Did you mean "min"?'],
    ['bad part of a value', 'consumers.worker.handler={ tme: 3s }', '--set:1:26: QL_SCENARIO_UNKNOWN_KEY\n  "tme" is not a key of consumers.worker.handler. Did you mean "time"?'],
    ['missing reference', 'producers.web.queue=nowhere', '--set:1:21: QL_SCENARIO_UNKNOWN_QUEUE'],
    ['no value', 'broker.flush=', '--set:1:14: QL_SCENARIO_BAD_OVERRIDE\n  The override gives no value.'],
    ['no equals sign', 'broker.flush', '--set:1:1: QL_SCENARIO_BAD_OVERRIDE\n  "broker.flush" is not an override.'],
    ['no path', '=3', '--set:1:1: QL_SCENARIO_BAD_OVERRIDE'],
    ['a value that is no YAML', 'broker.flush=[', '--set:1:14: QL_SCENARIO_BAD_OVERRIDE\n  The value cannot be read: '],
    ['a bomb', `broker.flush=${'['.repeat(100)}`, '--set:1:14: QL_SCENARIO_BAD_OVERRIDE\n  The value cannot be read: Values are nested more than 30 deep.'],
    ['a prototype', '__proto__.polluted=1', '--set:1:1: QL_SCENARIO_BAD_OVERRIDE'],
    ['the prototype of a section', 'broker.__proto__.polluted=1', '--set:1:8: QL_SCENARIO_UNKNOWN_KEY\n  "__proto__" is not a key of broker.'],
  ])('%s', (_what, override, message) => {
    expect(mistakesOf(GOOD, [override])).toContain(message);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
