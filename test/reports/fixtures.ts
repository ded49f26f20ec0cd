import type { LatencyResult, RunResult, VerdictResult } from '../../reports/run-result.js';

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

/** A distribution whose values grow with the square of the nines, as those of queues roughly do. */
export function latency(count: number, medianMicros: number): LatencyResult {
  if (count === 0) {
    return { count, minMicros: 0, meanMicros: 0, maxMicros: 0, p50Micros: 0, p90Micros: 0, p95Micros: 0, p99Micros: 0, p999Micros: 0, quantiles: [], histogram: '' };
  }
  const at = (quantile: number): number => Math.round(medianMicros * (0.6 + 1.3 * Math.log10(1 / Math.max(1 - quantile, 1 / count)) ** 2));
  const points = Math.max(1, Math.ceil(Math.log2(count) * 5));
  const quantiles = Array.from({ length: points }, (_, index) => 1 - 2 ** (-index / 5)).map((quantile) => ({ quantile, micros: at(quantile) }));
  return {
    count, minMicros: at(0), meanMicros: at(0.6), maxMicros: at(1), p50Micros: at(0.5), p90Micros: at(0.9), p95Micros: at(0.95), p99Micros: at(0.99),
    p999Micros: at(0.999), quantiles: [...quantiles, { quantile: 1, micros: at(1) }], histogram: 'HISTFAAAA==',
  };
}

export function verdict(invariant: string, promise: string, over: Partial<VerdictResult> = {}): VerdictResult {
  return { invariant, promise, verdict: 'holds', expected: null, met: true, count: 0, exercised: 1_200, contract: '', first: null, ...over };
}

const verdicts: readonly VerdictResult[] = [
  verdict('acked-send-not-lost', 'A message whose send was acknowledged is never lost.', { expected: 'holds' }),
  verdict('lease-exclusive', 'While a lease lasts nobody else is given the message.', { expected: 'holds', exercised: 1_283 }),
  verdict('lease-not-early', 'A lease never ends before its visibility timeout is over.', { exercised: 83 }),
  verdict('exactly-once-effects', 'Every message has its effect exactly once.', {
    verdict: 'anomaly', count: 83, contract: 'The contract allows it: a plain handler under at-least-once delivery may repeat effects.',
    first: { atMicros: 9_120_000, message: 412, queue: 'jobs', text: 'The effect of message 412 took place for the 2nd time, in consumer-2 at 9.120s.' },
  }),
  verdict('dlq-exact-trigger', 'A message goes to the dead-letter queue exactly when its receives reach the limit.', { verdict: 'not-exercised', exercised: 0 }),
];

/** A value per step: a level with some deterministic noise. */
function noisy(steps: number, level: (step: number) => number): number[] {
  let state = 12_345;
  return Array.from({ length: steps }, (_, step) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.max(0, Math.round(level(step) * (0.85 + (0.3 * state) / 2_147_483_648)));
  });
}

/** Half a minute of work in which a consumer crashes twice; every promise holds. */
export function heldRun(over: Partial<RunResult> = {}): RunResult {
  const steps = 400;
  const stepMicros = 80_000;
  const during = (step: number): boolean => step > 62 && step < 187;
  return {
    schema: 'queuelab/run-result/1',
    version: '0.1.0',
    scenario: {
      name: 'consumer-crash',
      description: 'One of two consumers crashes with messages in its hands. Its leases run out and the other consumer takes over.',
      file: 'scenarios/consumer-crash.yaml',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    seed: '7',
    fingerprint: '0123456789abcdef0123456789abcdef',
    outcome: 'held',
    verdicts,
    thresholds: [{ expression: 'p99(endToEnd) < 15s', actual: '10.212s', met: true }],
    schedule: [
      { at: 5 * SECOND, fault: 'crash', target: 'consumer-1', for: 10 * SECOND },
      { at: 18 * SECOND, fault: 'slow-link', target: ['broker'], for: 4 * SECOND, delay: 20_000, peers: ['consumer-1'] },
      { at: 24 * SECOND, fault: 'connection-reset', target: 'broker', peers: ['producer-1'] },
    ],
    measures: {
      counts: { sent: 1_200, 'send-ok': 1_200, accepted: 1_200, leased: 1_283, redelivered: 83, delivered: 1_283, duplicates: 83, acknowledged: 1_200, 'dead-lettered': 0, faults: 3 },
      rates: { throughput: 39.8, offered: 40, sendRate: 40, deliveryRate: 42.5 },
      latencies: {
        send: latency(1_200, 2_100), sendService: latency(1_200, 2_000), queueWait: latency(1_283, 900), delivery: latency(1_283, 1_300),
        handling: latency(1_283, 20_000), endToEnd: latency(1_200, 24_000), redeliveryDelay: latency(83, 4_000),
      },
      gauges: { backlog: { mean: 12, max: 92 }, inFlight: { mean: 3, max: 20 }, delayed: { mean: 0, max: 0 } },
      breakdown: {
        count: 1_200, slowestCount: 14,
        stages: Object.entries({ producerWait: 20, sendRetries: 0, network: 900, brokerWait: 40, brokerCpu: 28, delay: 0, queueWait: 700, earlierDeliveries: 5_000, disk: 1_100, consumerWait: 12, handler: 20_000 })
          .map(([name, meanMicros]) => ({ name, meanMicros, slowestMeanMicros: name === 'earlierDeliveries' ? 4_000_000 : meanMicros })),
      },
      consumers: [
        { name: 'consumer-2', delivered: 900, handled: 850, failed: 3, abandoned: 0, busyMicros: 17_000_000 },
        { name: 'consumer-1', delivered: 383, handled: 350, failed: 0, abandoned: 12, busyMicros: 7_000_000 },
      ],
      queues: [{ name: 'jobs', accepted: 1_200, movedIn: 0, leased: 1_283, redelivered: 83, expired: 83, acknowledged: 1_200, deadLettered: 0, dropped: 0, backlogMean: 12, backlogMax: 91 }],
      deliveries: [{ number: 1, count: 1_200, meanGapMicros: 0 }, { number: 2, count: 80, meanGapMicros: 10_000_000 }, { number: 3, count: 3, meanGapMicros: 10_000_000 }],
      attempts: [{ number: 1, count: 1_200, meanGapMicros: 0 }],
      resources: [
        { name: 'consumer-2 handlers', kind: 'handlers', servers: 2, busyMicros: 17_000_000, utilisation: 0.283, peak: 0.99 },
        { name: 'broker disk', kind: 'disk', servers: 1, busyMicros: 3_000_000, utilisation: 0.1, peak: 0.17 },
      ],
    },
    series: {
      stepMicros,
      heat: {
        endToEnd: {
          stepMicros: 4 * stepMicros, boundsMicros: [8_192, 16_384, 32_768, 65_536, 8_388_608, 16_777_216],
          counts: Array.from({ length: steps / 4 }, (_, column) => [1, 5 + (column % 7), 2, 0, column > 40 && column < 50 ? 1 : 0]),
        },
      },
      atMicros: Array.from({ length: steps }, (_, step) => step * stepMicros),
      values: {
        throughput: noisy(steps, (step) => (step > 375 ? 0 : during(step) ? 25 : 42)),
        offered: noisy(steps, (step) => (step > 375 ? 0 : 40)),
        sendRate: noisy(steps, (step) => (step > 375 ? 0 : 40)),
        redeliveries: noisy(steps, (step) => (step > 150 && step < 200 ? 9 : 0)),
        duplicates: noisy(steps, (step) => (step > 150 && step < 200 ? 9 : 0)),
        deadLettered: noisy(steps, () => 0),
        backlog: noisy(steps, (step) => (during(step) ? (step - 60) * 0.7 : step < 260 && step >= 187 ? 260 - step : 1)),
        inFlight: noisy(steps, (step) => (step > 380 ? 0 : during(step) ? 18 : 4)),
        delayed: noisy(steps, () => 0),
        sendP50: noisy(steps, () => 2_100),
        sendP99: noisy(steps, () => 9_000),
        sendServiceP50: noisy(steps, () => 2_000),
        sendServiceP99: noisy(steps, () => 8_000),
        'time:network': noisy(steps, () => 900),
        'time:earlierDeliveries': noisy(steps, (step) => (step > 150 && step < 200 ? 60_000 : 0)),
        'time:handler': noisy(steps, () => 20_000),
        'handled:consumer-1': noisy(steps, (step) => (during(step) ? 0 : 20)),
        'handled:consumer-2': noisy(steps, () => 25),
        'busy:consumer-2 handlers': noisy(steps, () => 280).map((value) => value / 1_000),
        'busy:broker disk': noisy(steps, () => 100).map((value) => value / 1_000),
        endToEndP50: noisy(steps, (step) => (step > 380 || (step > 70 && step < 82) ? 0 : during(step) ? 900_000 : 24_000)),
        endToEndP99: noisy(steps, (step) => (step > 380 || (step > 70 && step < 82) ? 0 : during(step) ? 6_000_000 : 90_000)),
        endToEndMax: noisy(steps, (step) => (step > 380 || (step > 70 && step < 82) ? 0 : during(step) ? 10_500_000 : 130_000)),
      },
    },
    story: [],
    settings: [
      { path: 'broker.flush', value: 'always', isDefault: true },
      { path: 'queues.jobs.visibilityTimeout', value: '10s', isDefault: false },
      { path: 'network.latency', value: 'lognormal(p50: 250us, p99: 1ms)', isDefault: true },
    ],
    run: { virtualMicros: steps * stepMicros, drainBeganMicros: 30 * SECOND, drained: true, stuck: [], events: 25_311, limit: null },
    replay: 'queuelab run scenarios/consumer-crash.yaml --seed 7',
    ...over,
  };
}

/** Text that breaks what is not escaped. */
export const hostileText = `<script>alert("x")</script> & 'quotes' \u{1F4A5} \u202E \uD800 ]]>`;

/** A run in which an acknowledged message is lost, with names and words that must be escaped. */
export function brokenRun(over: Partial<RunResult> = {}): RunResult {
  const held = heldRun();
  const first = {
    atMicros: 12_000_000, message: 118, queue: 'jobs',
    text: `The send of message 118 was acknowledged at 3.041s, but after the power loss of broker at 5.000s it is nowhere. ${hostileText}`,
  };
  return {
    ...held,
    scenario: { ...held.scenario, name: `broker-power-loss ${hostileText}`, file: 'scenarios/broker-power-loss/never.yaml', description: hostileText },
    outcome: 'broken',
    verdicts: [verdict('acked-send-not-lost', 'A message whose send was acknowledged is never lost.', { verdict: 'violated', expected: 'holds', met: false, count: 31, first }), ...verdicts.slice(1)],
    thresholds: [{ expression: 'p99(endToEnd) < 50ms', actual: '10.212s', met: false }],
    schedule: [
      { at: 5 * SECOND, fault: 'power-loss', target: 'broker', for: 2 * SECOND },
      { at: 5.5 * SECOND, fault: 'network-partition', target: ['consumer-1', 'consumer-2'], for: 6 * SECOND },
      { at: 6 * SECOND, fault: 'disk-slow', target: 'broker', for: 10 * SECOND, factor: 8 },
      ...Array.from({ length: 12 }, (_, index) => ({ at: (16 + index) * SECOND, fault: 'pause', target: 'consumer-1', for: 300_000 })),
    ],
    story: [
      { atMicros: 3_000_000, event: 'send-invoke', actor: 'producer-1', text: 'sends message 118 (64 bytes) to jobs.' },
      { atMicros: 3_000_450, event: 'accept', actor: 'broker', text: 'stores it in jobs as copy 118; it can be received at once.' },
      { atMicros: 3_041_000, event: 'send-ok', actor: 'producer-1', text: 'learns that the message is accepted.' },
      { atMicros: 5_000_000, event: 'fault-begin', actor: 'broker', text: 'loses its power: what was not synced is gone.' },
      { atMicros: 5_000_000, event: 'node-stop', actor: 'broker', text: `stops. ${hostileText}` },
      { atMicros: 7_100_000, event: 'recover-end', actor: 'broker', text: 'has recovered its journal: 87 copies.' },
      { atMicros: 30_000_000, event: 'drain-begin', actor: '', text: 'Producers stop, and everything is healed.' },
    ],
    replay: 'queuelab run scenarios/broker-power-loss/never.yaml --seed 7 --set broker.flush=never',
    ...over,
  };
}

/** A run in which nothing happened at all. */
export function emptyRun(over: Partial<RunResult> = {}): RunResult {
  const held = heldRun();
  const noLatency = Object.fromEntries(Object.keys(held.measures.latencies).map((name) => [name, latency(0, 0)]));
  return {
    ...held,
    scenario: { ...held.scenario, name: 'empty', description: '' },
    outcome: 'inconclusive',
    verdicts: [verdict('acked-send-not-lost', 'A message whose send was acknowledged is never lost.', { verdict: 'inconclusive', exercised: 0 })],
    thresholds: [],
    schedule: [],
    measures: {
      counts: Object.fromEntries(Object.keys(held.measures.counts).map((name) => [name, 0])),
      rates: { throughput: 0, offered: 0, sendRate: 0, deliveryRate: 0 },
      latencies: noLatency,
      gauges: { backlog: { mean: 0, max: 0 }, inFlight: { mean: 0, max: 0 }, delayed: { mean: 0, max: 0 } },
      breakdown: { count: 0, slowestCount: 0, stages: held.measures.breakdown!.stages.map(({ name }) => ({ name, meanMicros: 0, slowestMeanMicros: 0 })) },
      consumers: [], queues: [], deliveries: [], attempts: [], resources: [],
    },
    series: { stepMicros: 10_000, atMicros: [0], heat: { endToEnd: { stepMicros: 10_000, boundsMicros: [], counts: [[]] } }, values: Object.fromEntries(Object.keys(held.series.values).map((name) => [name, [0]])) },
    settings: [],
    run: { virtualMicros: 0, drainBeganMicros: 0, drained: false, stuck: ['3 messages ready in jobs'], events: 0, limit: 'the limit of 0 events was reached' },
    ...over,
  };
}

/** Three days with a few messages an hour, two queues and an outage of hours. */
export function manyDayRun(over: Partial<RunResult> = {}): RunResult {
  const held = heldRun();
  const steps = 480;
  const stepMicros = (72 * HOUR) / steps;
  const out = (step: number): boolean => step > 80 && step < 240;
  return {
    ...held,
    scenario: { ...held.scenario, name: 'slack-notifications', file: 'scenarios/slack-notifications.yaml', description: 'Notifications are tried again after 30s, 60s, 120s and so on, up to 12 h; after three days they are given up.' },
    schedule: [{ at: 12 * HOUR, fault: 'outage', target: 'slack', for: 24 * HOUR }],
    measures: {
      ...held.measures,
      counts: { ...held.measures.counts, 'dead-lettered': 4, redelivered: 812 },
      rates: { throughput: 0.01, offered: 0.01, sendRate: 0.01, deliveryRate: 0.02 },
      latencies: { ...held.measures.latencies, endToEnd: latency(2_592, 240 * SECOND) },
    },
    series: {
      stepMicros,
      atMicros: Array.from({ length: steps }, (_, step) => step * stepMicros),
      values: {
        throughput: noisy(steps, (step) => (out(step) ? 0 : 100)).map((value) => value / 10_000),
        offered: noisy(steps, () => 100).map((value) => value / 10_000),
        redeliveries: noisy(steps, (step) => (out(step) ? 60 : 5)).map((value) => value / 10_000),
        backlog: noisy(steps, (step) => (out(step) ? (step - 80) * 4 : 2)),
        'backlog:notifications': noisy(steps, (step) => (out(step) ? (step - 80) * 4 : 2)),
        'backlog:notifications-dead': noisy(steps, (step) => (step > 400 ? 4 : 0)),
        inFlight: noisy(steps, (step) => (out(step) ? (step - 80) * 3 : 1)),
        delayed: noisy(steps, (step) => (out(step) ? 5 : 0)),
        endToEndP50: noisy(steps, (step) => (out(step) ? 0 : 240 * SECOND)),
        endToEndP99: noisy(steps, (step) => (out(step) ? 0 : 4 * HOUR)),
        endToEndMax: noisy(steps, (step) => (out(step) ? 0 : 20 * HOUR)),
      },
    },
    run: { virtualMicros: 72 * HOUR, drainBeganMicros: 60 * HOUR, drained: true, stuck: [], events: 91_000, limit: null },
    ...over,
  };
}
