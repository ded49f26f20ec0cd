import { type ExchangeSettings, Router } from '../engine/exchange/index.js';
import { medianSpeeds, type Round } from './rounds.js';
import type { BenchRow } from './row.js';

export const name = 'Routing: a topic exchange';

const BINDINGS = 1_000;
const KEYS = 4_096;
const ROUNDS = 7;
const TOPIC: ExchangeSettings = { type: 'topic', durable: true, autoDelete: false, internal: false, alternateExchange: null };
const NO_HEADERS = {};

const PLACES = ['eu', 'us', 'asia', 'africa', 'oceania'];
const LEVELS = ['debug', 'info', 'warn', 'error'];

/** Half of the bindings name everything, the others leave a word or the rest open. */
function bindingKey(n: number): string {
  const place = PLACES[n % PLACES.length]!;
  const level = LEVELS[n % LEVELS.length]!;
  const service = `service-${Math.floor(n / 4) % 250}`;
  return [`${place}.${service}.${level}`, `${place}.*.${level}.${n}`, `*.${service}.${level}`, `${place}.${service}.#`][n % 4]!;
}

const routingKey = (n: number): string =>
  `${PLACES[(n * 7) % PLACES.length]!}.service-${(n * 13) % 250}.${LEVELS[(n * 11) % LEVELS.length]!}`;

export function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const keys = Array.from({ length: KEYS }, (_, n) => [routingKey(n)]);
  const patterns = Array.from({ length: BINDINGS }, (_, n) => bindingKey(n));
  const { trie, scan } = medianSpeeds({ trie: trieRound(patterns, keys), scan: scanRound(patterns, keys) }, quick ? 4_096 : 40_960, ROUNDS);
  return Promise.resolve([{
    name: `${BINDINGS.toLocaleString('en')} bindings, each to a queue of its own`,
    value: trie * 1e6,
    unit: 'messages/s',
    goal: 500_000,
    peer: { name: 'one regular expression after the other', value: scan * 1e6 },
  }]);
}

function trieRound(patterns: readonly string[], keys: readonly (readonly string[])[]): Round {
  const router = new Router<number>({ predeclared: {}, reservedPrefix: '' });
  router.declare('events', TOPIC);
  patterns.forEach((key, n) => {
    router.addQueue(`queue-${n}`, n);
    router.bind({ source: 'events', target: { kind: 'queue', name: `queue-${n}` }, key, arguments: NO_HEADERS });
  });
  let sum = 0;
  const visit = (queue: number): void => {
    sum += queue;
  };
  return (count) => {
    for (let n = 0; n < count; n++) router.route('events', keys[n % KEYS]!, NO_HEADERS, visit);
    if (sum < 0) throw new Error('no sum of queue numbers is negative');
  };
}

function scanRound(patterns: readonly string[], keys: readonly (readonly string[])[]): Round {
  const expressions = patterns.map((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replace('\\.#', '(\\..+)?')}$`));
  let sum = 0;
  return (count) => {
    for (let n = 0; n < count; n++) {
      const key = keys[n % KEYS]![0]!;
      for (let queue = 0; queue < expressions.length; queue++) if (expressions[queue]!.test(key)) sum += queue;
    }
    if (sum < 0) throw new Error('no sum of queue numbers is negative');
  };
}
