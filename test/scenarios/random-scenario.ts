import fc from 'fast-check';
import { FAULTS } from '../../sim/index.js';
import { parse } from './format/given.js';

const BASE = `name: demo
duration: 30s
drain: 30s
queues:
  orders: { visibilityTimeout: 5s, deadLetter: { queue: dead, maxReceiveCount: 3 } }
  dead: {}
producers:
  web: { queue: orders, interval: exponential(200ms), messages: 40 }
consumers:
  worker: { queue: orders, count: 2, concurrency: 2, handler: { time: exponential(100ms) } }
`;

/** Values at the ends of what is allowed, and beyond. */
const VALUES = [
  '0', '0s', '1us', '1ms', '999us', '10s', '15min', '20s', '12h', '14d', '3650d', '0B', '1B', '1KiB', '1MiB', '1GiB', '1B/s', '0.001/s', '1000000/s', '1Gbit/s', '0%', '1ppm', '50%',
  '100%', '99%', '1', '2', '10', '64', '1000', '65536', '1000000', 'true', 'false', 'queue', 'never', 'always', 'interval', 'unlimited', 'plain', 'idempotent', 'ack-first', 'full', 'none',
  'upsert', 'inbox', 'apart', 'outbox', 'row-then-message', 'message-then-row', 'standard', 'legacy', 'timeout', 'leave', 'release', 'backoff(1us)', '"backoff(0s, factor: 1, cap: 0s)"', '"backoff(1s, factor: 1000000, cap: 12h)"', 'constant(0s)', '"uniform(0s, 1us)"', '"uniform(0s, 3650d)"', 'exponential(1us)',
  'exponential(1000d)', '"lognormal(p50: 1us, p99: 3650d)"', '"pareto(min: 1us, shape: 0.1)"', '"uniform(0B, 10MiB)"', '"pareto(min: 1B, shape: 0.2)"', '-5min', '1h', '10x', '0.001', '-400ppm', 'all', 'writes', 'in', 'out',
];

const paths = parse(BASE).settings.map(({ path }) => path).filter((path) => !/^(seed|broker\.name)$|\.(queue|count)$/.test(path));
const setting = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...VALUES)).map(([path, value]) => `${path}=${value}`);

const fault = fc.constantFrom(...FAULTS.values()).chain(({ kind, parameters, duration }) =>
  fc.record({
    at: fc.constantFrom('0s', '1us', '5s', '29999999us'),
    fault: fc.constant(kind),
    target: fc.constantFrom('broker', 'web', 'worker', '[broker, worker-1]'),
    ...(duration === 'lasting' ? { for: fc.constantFrom('1us', '3s', '1h') } : {}),
    every: fc.constantFrom('10s', '7s'),
    ...Object.fromEntries(Object.keys(parameters).filter((name) => name !== 'peers').map((name) => [name, fc.constantFrom(...VALUES)])),
  }, { requiredKeys: ['at', 'fault', 'target'] }).map((entry) => `{ ${Object.entries(entry).map(([key, value]) => `${key}: ${value}`).join(', ')} }`),
);

/** A scenario file and overrides for it, at the ends of what the format allows and beyond: not every one is accepted. */
export const randomScenarioText: fc.Arbitrary<{ readonly text: string; readonly overrides: readonly string[] }> =
  fc.record({ overrides: fc.array(setting, { maxLength: 2 }), faults: fc.array(fault, { maxLength: 2 }) })
    .map(({ overrides, faults }) => ({ text: `${BASE}faults: [${faults.join(', ')}]\n`, overrides }));
