import { describe, expect, it } from 'vitest';
import { GOOD, goodWith, parse } from './given.js';

describe('parseScenario', () => {
  it('resolves units and defaults', () => {
    const { durationMicros, drainMicros, stopWhenDone, seed, queues } = parse(GOOD);
    expect({ durationMicros, drainMicros, stopWhenDone, seed }).toEqual({ durationMicros: 60_000_000, drainMicros: 600_000_000, stopWhenDone: true, seed: '1' });
    const plain = {
      kind: 'standard', contentBasedDeduplication: false, deduplicationScope: 'queue', throughputLimit: 'perQueue', maxInFlight: 120_000,
      isFair: true, replicas: null,
    };
    expect(queues).toEqual([
      {
        ...plain,
        name: 'orders', visibilityTimeoutMicros: 30_000_000, delayMicros: 0, retentionMicros: 345_600_000_000, receiveWaitMicros: 0,
        maxMessageBytes: 1_048_576, deadLetter: { queue: 'orders-dead', maxReceiveCount: 3 },
      },
      {
        ...plain,
        name: 'orders-dead', visibilityTimeoutMicros: 30_000_000, delayMicros: 0, retentionMicros: 345_600_000_000, receiveWaitMicros: 0,
        maxMessageBytes: 1_048_576, deadLetter: null,
      },
    ]);
  });

  it('makes a machine of each that `count` asks for', () => {
    expect(parse(GOOD).consumers.map(({ name }) => name)).toEqual(['worker-1', 'worker-2']);
    expect(parse(GOOD).producers.map(({ name }) => name)).toEqual(['web']);
  });

  it('turns a rate into a gap', () => {
    expect(parse(GOOD).producers[0]?.interval).toEqual({ kind: 'constant', value: 100_000 });
    expect(parse(goodWith('10/s', '5/min')).producers[0]?.interval).toEqual({ kind: 'constant', value: 12_000_000 });
  });

  it('reads the words that stand for something not fixed', () => {
    const { producers: [web], consumers: [worker] } = parse(GOOD);
    expect([web?.messages, web?.delayMicros, worker?.visibilityTimeoutMicros, worker?.extendEveryMicros]).toEqual([Infinity, null, null, null]);
  });

  it.each([
    ['leave', { kind: 'leave' }],
    ['release', { kind: 'release' }],
    ['backoff(30s)', { kind: 'backoff', baseMicros: 30_000_000, factor: 2, capMicros: 43_200_000_000 }],
    ['"backoff(30s, factor: 3, cap: 1h)"', { kind: 'backoff', baseMicros: 30_000_000, factor: 3, capMicros: 3_600_000_000 }],
  ])('reads onFailure: %s', (text, value) => {
    expect(parse(goodWith('count: 2', `count: 2\n    onFailure: ${text}`)).consumers[0]?.onFailure).toEqual(value);
  });

  it('strikes all machines of a name with a count', () => {
    expect(parse(goodWith('target: worker-1', 'target: worker')).faults[0]?.target).toEqual(['worker-1', 'worker-2']);
    expect(parse(goodWith('target: worker-1', 'target: [broker, worker]')).faults[0]?.target).toEqual(['broker', 'worker-1', 'worker-2']);
  });

  it('reads the parameters of faults in their units', () => {
    const fault = 'fault: clock-drift\n    drift: -0.02%';
    expect(parse(goodWith('fault: crash', fault)).faults[0]).toEqual({ at: 5_000_000, fault: 'clock-drift', target: 'worker-1', for: 10_000_000, drift: -200 });
    const jump = 'fault: clock-jump\n    by: -5min';
    expect(parse(goodWith('fault: crash', jump)).faults[0]).toMatchObject({ by: -300_000_000 });
    const slow = 'fault: slow-down\n    factor: 10x';
    expect(parse(goodWith('fault: crash', slow)).faults[0]).toMatchObject({ factor: 10 });
  });

  it('remembers where expectations stand', () => {
    expect(parse(GOOD).expect).toEqual({
      confidence: null,
      promises: [{ invariant: 'acked-send-not-lost', verdict: 'holds', line: 21, column: 3 }],
      thresholds: [{ expression: 'p99(endToEnd) < 50ms', aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: 50_000, line: 23, column: 7 }],
    });
  });

  it('lists every setting once, in the order of the format, defaults marked', () => {
    const { settings } = parse(GOOD);
    const paths = settings.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.slice(0, 7)).toEqual(['personality', 'seed', 'duration', 'drain', 'heal', 'stopWhenDone', 'broker.name']);
    expect(settings.filter(({ isDefault }) => !isDefault).map(({ path, value }) => `${path}=${value}`)).toEqual([
      'queues.orders.visibilityTimeout=30s',
      'queues.orders.deadLetter.queue=orders-dead',
      'queues.orders.deadLetter.maxReceiveCount=3',
      'producers.web.queue=orders',
      'producers.web.rate=10/s',
      'consumers.worker.queue=orders',
      'consumers.worker.count=2',
    ]);
    expect(settings.find(({ path }) => path === 'consumers.worker.retry.timeout')).toEqual({ path: 'consumers.worker.retry.timeout', value: '3s', isDefault: true });
  });

  it('means the same when every default is written out', () => {
    const { settings, ...scenario } = parse(GOOD);
    const overrides = settings.map(({ path, value }) => `${path}="${value}"`.replace(/="(true|false)"$/, '=$1'));
    expect(parse(GOOD, overrides)).toMatchObject({ ...scenario, overrides });
  });

  it.each([
    ['plain', 'interval: lognormal(p50: 20ms, p99: 200ms)'],
    ['in quotes', 'interval: "lognormal(p50: 20ms, p99: 200ms)"'],
    ['across a flow mapping', 'retry: { timeout: 1s }\n    interval: lognormal(p50: 20ms, p99: 200ms) # lognormal(a: b'],
  ])('reads a distribution as it is said: %s', (_how, text) => {
    expect(parse(goodWith('rate: 10/s', text)).producers[0]?.interval).toEqual({ kind: 'lognormal', p50: 20_000, p99: 200_000 });
  });

  it('reads a distribution inside a flow mapping', () => {
    expect(parse(goodWith('count: 2', 'count: 2\n    handler: { time: uniform(10s, 25s), failure: 1% }')).consumers[0]?.handler).toEqual({
      kind: 'plain', time: { kind: 'uniform', min: 10_000_000, max: 25_000_000 }, failure: 0.01, poisonEvery: 0, memory: null, keys: null, transaction: 'together',
    });
  });

  it('leaves texts for people as they are', () => {
    const description = 'gaps of uniform(1s, 2s), or pareto(min: 1s, shape: 2): as you like';
    expect(parse(goodWith('name: demo', `name: demo\ndescription: "${description}"`)).description).toBe(description);
  });

  it('takes anchors and aliases', () => {
    expect(parse(goodWith('orders-dead: {}', 'orders-dead: {}\n  a: &a { delay: 1s }\n  b: *a')).queues[3]).toMatchObject({ name: 'b', delayMicros: 1_000_000 });
  });
});
