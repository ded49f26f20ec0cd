import fc from 'fast-check';
import type { Headers } from '../../engine/index.js';
import type { Method } from '../engine/broker/channel/channel-stage.js';
import { EXCHANGES, QUEUES } from './names.js';
import type { Doing, Operation } from './operation.js';
import { bindingArguments, BODY, declared, exchangeBinding, FIRST, headers, mostly, place, publishTo, queue, said, settle, sometimes } from './operations.js';

const TYPES = ['direct', 'topic', 'fanout', 'headers', 'headers'] as const;
const KEYS = ['a', 'a.b', 'b.a', 'a.b.c', ''] as const;
const PATTERNS = ['a', 'a.*', '*.a', '#.b', 'a.#', '#', '*', 'a.#.c'] as const;
const exchange = fc.constantFrom(...EXCHANGES);

const first = (method: Method): Operation => ({ ...FIRST, does: { kind: 'method', method } });

const bind: fc.Arbitrary<Method> = fc.record({
  operation: fc.constantFrom('queueBind' as const, 'queueBind' as const, 'queueUnbind' as const), source: exchange, destination: queue, key: fc.constantFrom(...PATTERNS),
  arguments: bindingArguments as fc.Arbitrary<Headers>,
});

const publish: fc.Arbitrary<Method> = fc.record({
  operation: fc.constant('publish' as const), exchange, routingKey: fc.constantFrom(...KEYS), mandatory: sometimes(4), properties: fc.record({ headers }, { requiredKeys: [] }),
  body: fc.constant(BODY), trace: fc.constant(0),
});

const drained: fc.Arbitrary<Method> = fc.record({ operation: fc.constant('get' as const), queue, noAck: fc.constant(true) });

/** Exchanges of all types, bound to queues and to one another, with alternates behind them. */
export function routedOperations(length: number): fc.Arbitrary<Operation[]> {
  const exchanges = fc.tuple(...EXCHANGES.map((name, index) => fc.record({ type: fc.constantFrom(...TYPES), alternate: sometimes(5) }).map(({ type, alternate }) => first({
    operation: 'exchangeDeclare', name, type, alternateExchange: alternate ? EXCHANGES[(index + 1) % EXCHANGES.length]! : null,
  }))));
  const step = place.chain((where): fc.Arbitrary<Operation> => fc.oneof(
    { weight: 8, arbitrary: said(bind) },
    { weight: 2, arbitrary: said(exchangeBinding) },
    { weight: 12, arbitrary: said(publish) },
    { weight: 3, arbitrary: said(drained) },
    { weight: 1, arbitrary: said(fc.constant<Method>({ operation: 'confirmSelect' })) },
    { weight: 1, arbitrary: said(fc.record({ operation: fc.constant('exchangeDelete' as const), name: exchange, ifUnused: sometimes(5) })) },
  ).map((does) => ({ ...where, does })));
  return fc.tuple(exchanges, fc.array(step, { minLength: length / 2, maxLength: length, size: 'max' }))
    .map(([all, rest]) => [...QUEUES.map((name) => declared(name, {})), ...all, ...rest]);
}

/** What is published, acknowledged, and given back in transactions, which are committed, rolled back, or end with their channel. */
export function transactedOperations(length: number): fc.Arbitrary<Operation[]> {
  const kind = fc.constantFrom({}, { 'x-max-length': 1 }, { 'x-max-length': 1, 'x-overflow': 'reject-publish' }, { 'x-max-priority': 5 });
  const ends = fc.constantFrom<Method>({ operation: 'txCommit' }, { operation: 'txCommit' }, { operation: 'txRollback' }, { operation: 'channelClose' });
  const step = fc.constantFrom(1 as const, 1 as const, 2 as const).chain((channel): fc.Arbitrary<Operation> => fc.oneof(
    { weight: 8, arbitrary: said(publishTo(mostly(queue, fc.constant('missing')))) },
    { weight: 5, arbitrary: said(fc.record({ operation: fc.constant('get' as const), queue, noAck: sometimes(2) })) },
    { weight: 5, arbitrary: settle as fc.Arbitrary<Doing> },
    { weight: 3, arbitrary: said(ends) },
    { weight: 2, arbitrary: said(fc.constant<Method>({ operation: 'txSelect' })) },
  ).map((does) => ({ connection: 0, channel, does })));
  return fc.tuple(kind, kind, fc.array(step, { minLength: length / 2, maxLength: length, size: 'max' }))
    .map(([one, two, rest]) => [declared('q1', one), declared('q2', two), declared('q3', {}), first({ operation: 'txSelect' }), ...rest]);
}
