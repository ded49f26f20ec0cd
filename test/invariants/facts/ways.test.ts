import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Router } from '../../../engine/exchange/index.js';
import type { ExchangeContract } from '../../../invariants/index.js';
import { type Way, Ways } from '../../../invariants/facts/ways.js';
import { CLASSIC } from '../history-builder.js';

const kept = { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: [] };
const queue = (name: string, mayBeDeleted = false) => ({ ...CLASSIC.queues[0]!, name, drops: { ...kept, mayBeDeleted } });
const toQueue = (name: string, key = '') => ({ target: { kind: 'queue', name } as const, key, headers: {} });
const events = (settings: Partial<ExchangeContract>): ExchangeContract => ({ name: 'events', type: 'topic', bindings: [], alternates: [null], ...settings });
const lost = events({ name: 'lost', type: 'fanout', bindings: [toQueue('unrouted')] });

const wayOf = (exchanges: ExchangeContract[], queues: ReturnType<typeof queue>[], key: string): { certain: string[]; possible: string[] } => {
  const way = new Ways({ exchanges, queues }).of({ exchange: 'events', headers: {} }, key) as Way;
  return { certain: [...way.certain].sort(), possible: [...way.possible].sort() };
};

describe('ways', () => {
  const queues = [queue('orders'), queue('audit'), queue('unrouted')];

  it('lead to the alternate exchange when nothing is bound, and only then', () => {
    const exchanges = [events({ bindings: [toQueue('orders', 'order')], alternates: ['lost'] }), lost];
    expect(wayOf(exchanges, queues, 'order')).toEqual({ certain: ['orders'], possible: ['orders'] });
    expect(wayOf(exchanges, queues, 'other')).toEqual({ certain: ['unrouted'], possible: ['unrouted'] });
  });

  it('do not know whether a queue is there that may be deleted', () => {
    const exchanges = [events({ bindings: [toQueue('orders', '#')], alternates: ['lost'] }), lost];
    expect(wayOf(exchanges, [queue('orders', true), queue('unrouted')], 'a')).toEqual({ certain: [], possible: ['orders', 'unrouted'] });
  });

  it('do not know which alternate exchange counts where policies change', () => {
    expect(wayOf([events({ alternates: [null, 'lost'] }), lost], queues, 'a')).toEqual({ certain: [], possible: ['unrouted'] });
  });

  it('say nothing of an exchange that was not declared', () => {
    expect(new Ways({ exchanges: [], queues }).of({ exchange: 'amq.topic', headers: {} }, 'a')).toBeNull();
  });

  it('lead from the default exchange to the queue of that name', () => {
    const ways = new Ways({ queues });
    expect([...ways.of({ exchange: '', headers: {} }, 'orders')!.certain]).toEqual(['orders']);
    expect(ways.of({ exchange: '', headers: {} }, 'nowhere')!.possible.size).toBe(0);
  });

  it('are those of the engine, which works them out in another way', () => {
    const names = ['one', 'two', 'three'];
    const word = fc.constantFrom('a', 'b', '*', '#', '');
    const key = fc.array(word, { maxLength: 4 }).map((words) => words.join('.'));
    const headers = fc.dictionary(fc.constantFrom('format', 'size', 'x-kind'), fc.constantFrom<string | number>('png', 1), { noNullPrototype: true });
    const some = fc.dictionary(fc.constantFrom('format', 'size', 'x-kind'), fc.constantFrom<string | number | null>('png', 1, null), { noNullPrototype: true });
    const wanted = fc.tuple(some, fc.constantFrom('all', 'any', 'all-with-x', 'any-with-x')).map(([given, match]) => ({ ...given, 'x-match': match }));
    const target = fc.oneof(fc.constantFrom('orders', 'audit', 'unrouted').map((name) => ({ kind: 'queue', name } as const)), fc.constantFrom(...names).map((name) => ({ kind: 'exchange', name } as const)));
    const exchange = (name: string): fc.Arbitrary<ExchangeContract> => fc.record({
      name: fc.constant(name), type: fc.constantFrom('direct', 'fanout', 'topic', 'headers'), bindings: fc.array(fc.record({ target, key, headers: wanted }), { maxLength: 4 }),
      alternates: fc.constantFrom<string | null>(null, ...names).map((alternate) => [alternate]),
    });
    fc.assert(fc.property(fc.tuple(...names.map(exchange)), key, headers, (exchanges, routingKey, given) => {
      const router = new Router<string>({ predeclared: {}, reservedPrefix: '' });
      for (const { name } of queues) router.addQueue(name, name);
      for (const { name, type, alternates } of exchanges) router.declare(name, { type, durable: true, autoDelete: false, internal: false, alternateExchange: alternates[0]! });
      for (const { name, bindings } of exchanges) for (const { target: to, key: of, headers: args } of bindings) router.bind({ source: name, target: to, key: of, arguments: args });
      const met: string[] = [];
      router.route('one', [routingKey], given, (name) => met.push(name));
      const way = new Ways({ exchanges, queues }).of({ exchange: 'one', headers: given }, routingKey)!;
      expect([...way.certain].sort()).toEqual(met.sort());
      expect([...way.possible].sort()).toEqual(met);
    }), { numRuns: 2_000 });
  });
});
