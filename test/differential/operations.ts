import fc from 'fast-check';
import type { Headers, PublishProperties } from '../../engine/index.js';
import type { Method } from '../engine/broker/channel/channel-stage.js';
import { EXCHANGES, QUEUES } from './names.js';
import type { Doing, Operation, Place } from './operation.js';

/** Milliseconds after which a short time to live is over. It must not be before the operations that stand before it are done. */
export const SHORT_TTL_MILLIS = 400;
const LONG_TTL_MILLIS = 600_000;

const KEYS = ['k', 'a.b', 'a', '', 'q1', 'q2'] as const;
const PATTERNS = ['k', 'a.*', '#', 'a.#', '*', 'q1'] as const;
const TAGS = ['c1', 'c2'] as const;

export const queue = fc.constantFrom(...QUEUES);
const exchange = fc.constantFrom(...EXCHANGES);
export const sometimes = (weight: number): fc.Arbitrary<boolean> => fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(false) }, { weight, arbitrary: fc.constant(true) });
/** Mostly one of the first kind. */
export const mostly = <T, U>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> => fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: other });

const source = mostly(exchange, fc.constantFrom('amq.direct', 'amq.topic', 'amq.fanout', 'amq.headers', '', 'missing'));
const someQueue = mostly(queue, fc.constant('missing'));
export const headers: fc.Arbitrary<Headers> = fc.dictionary(fc.constantFrom('h1', 'h2', 'x-h'), fc.constantFrom('v', 1, true), { maxKeys: 2 });
export const bindingArguments: fc.Arbitrary<Headers> = fc.tuple(headers, fc.constantFrom(undefined, 'all', 'any', 'all-with-x', 'any-with-x'), sometimes(1))
  .map(([wanted, match, isVoid]) => ({ ...wanted, ...(match === undefined ? {} : { 'x-match': match }), ...(isVoid ? { h1: null } : {}) }));

/** Queue arguments, most of which can be; the values are few, so that a queue is declared again with the same ones often enough. */
const classicArguments = fc.record({
  'x-max-length': fc.constantFrom(1, 2),
  'x-max-length-bytes': fc.constantFrom(3, 6),
  'x-overflow': fc.constantFrom('drop-head', 'reject-publish', 'reject-publish-dlx'),
  'x-dead-letter-exchange': fc.oneof(fc.constantFrom('', ''), exchange),
  'x-dead-letter-routing-key': fc.constantFrom('q1', 'q2', 'q3', 'k'),
  'x-max-priority': fc.constantFrom(1, 5),
  'x-message-ttl': fc.constantFrom(0, LONG_TTL_MILLIS),
  'x-expires': fc.constant(LONG_TTL_MILLIS),
  'x-single-active-consumer': fc.boolean(),
}, { requiredKeys: [] });

const deadLetters = {
  'x-dead-letter-exchange': fc.constant(''),
  'x-dead-letter-routing-key': fc.constantFrom('q1', 'q2', 'q3'),
};

const quorumArguments = fc.record({
  'x-queue-type': fc.constant('quorum'),
  'x-max-length': fc.constantFrom(1, 2),
  'x-overflow': fc.constantFrom('drop-head', 'reject-publish', 'reject-publish-dlx'),
  'x-dead-letter-exchange': fc.oneof(fc.constantFrom('', ''), exchange),
  'x-dead-letter-routing-key': fc.constantFrom('q1', 'q2', 'q3', 'k'),
  'x-dead-letter-strategy': fc.constantFrom('at-least-once', 'at-least-once', 'at-most-once'),
  'x-delivery-limit': fc.constantFrom(0, 1, 2),
  'x-message-ttl': fc.constantFrom(LONG_TTL_MILLIS),
  'x-single-active-consumer': fc.boolean(),
}, { requiredKeys: ['x-queue-type'] });

const wrongArguments: fc.Arbitrary<Record<string, unknown>> = fc.constantFrom<Record<string, unknown>>(
  { 'x-max-length': -1 }, { 'x-max-length': 'ten' }, { 'x-max-length-bytes': -5 }, { 'x-overflow': 'explode' }, { 'x-overflow': 3 }, { 'x-message-ttl': -1 },
  { 'x-message-ttl': 'x' }, { 'x-expires': 0 }, { 'x-expires': 'x' }, { 'x-max-priority': 256 }, { 'x-max-priority': -1 }, { 'x-max-priority': 0 }, { 'x-dead-letter-exchange': 7 },
  { 'x-dead-letter-routing-key': 7, 'x-dead-letter-exchange': '' }, { 'x-single-active-consumer': 'yes' }, { 'x-queue-type': 'heap' }, { 'x-queue-type': 7 },
  { 'x-unknown': 1 }, { 'x-queue-mode': 'lazy' }, { 'x-delivery-limit': 2 }, { 'x-dead-letter-strategy': 'at-least-once' }, { 'x-message-ttl': 5_000_000_000 },
);

const queueDeclare = fc.record({
  operation: fc.constant('queueDeclare' as const), name: mostly(queue, fc.constant('amq.mine')), passive: sometimes(1), durable: sometimes(5),
  exclusive: sometimes(1), autoDelete: sometimes(2), arguments: mostly(classicArguments, wrongArguments),
});

const exchangeDeclare = fc.record({
  operation: fc.constant('exchangeDeclare' as const), name: mostly(exchange, fc.constantFrom('amq.direct', 'amq.mine', '')),
  type: mostly(fc.constantFrom('direct', 'topic', 'fanout', 'headers'), fc.constant('sideways')), passive: sometimes(1), durable: sometimes(2), autoDelete: sometimes(2),
  internal: sometimes(1), alternateExchange: mostly(fc.constant(null), exchange),
});

const binding = fc.record({
  operation: fc.constantFrom('queueBind' as const, 'queueBind' as const, 'queueBind' as const, 'queueUnbind' as const), source, destination: someQueue,
  key: fc.constantFrom(...PATTERNS), arguments: mostly(fc.constant({}), bindingArguments),
});
const headerBinding = fc.record({
  operation: fc.constant('queueBind' as const), source: fc.constantFrom('amq.headers', 'amq.match', 'x1'), destination: queue, key: fc.constant(''), arguments: bindingArguments,
});
export const exchangeBinding = fc.record({
  operation: fc.constantFrom('exchangeBind' as const, 'exchangeBind' as const, 'exchangeUnbind' as const), source, destination: mostly(exchange, fc.constantFrom('', 'missing')),
  key: fc.constantFrom(...PATTERNS), arguments: fc.constant({}),
});

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const withoutUndefined = (record: object): object => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const properties: fc.Arbitrary<PublishProperties> = fc.record({
  persistent: optional(fc.constant(true)), priority: optional(fc.constantFrom(0, 1, 3, 9)),
  expiration: optional(mostly(fc.constantFrom('0', String(LONG_TTL_MILLIS)), fc.constantFrom('soon', '-1', '5000000000', ''))),
  headers: optional(headers), cc: optional(fc.constantFrom(['q2'], ['q1', 'q3'])), bcc: optional(fc.constant(['q3'])),
}).map((record) => withoutUndefined(record) as PublishProperties);

/** Bodies are told apart by what is put into them when they are said. */
export const BODY = new TextEncoder().encode('m');

export const publish = fc.oneof(
  fc.record({ exchange: mostly(source, fc.constant('missing')), routingKey: fc.constantFrom(...KEYS) }),
  fc.record({ exchange: fc.constant(''), routingKey: mostly(queue, fc.constant('missing')) }),
  fc.record({ exchange: fc.constant(''), routingKey: queue }),
).chain((where) => fc.record({
  operation: fc.constant('publish' as const), exchange: fc.constant(where.exchange), routingKey: fc.constant(where.routingKey as string), mandatory: sometimes(3),
  immediate: fc.constantFrom(...new Array<boolean>(30).fill(false), true), properties, body: fc.constant(BODY), trace: fc.constant(0),
}));

export function publishTo(name: fc.Arbitrary<string>): fc.Arbitrary<Method> {
  return fc.record({
    operation: fc.constant('publish' as const), exchange: fc.constant(''), routingKey: name, properties: fc.constantFrom<PublishProperties>({}, {}, { priority: 3 }, { persistent: true }),
    body: fc.constant(BODY), trace: fc.constant(0),
  });
}

export const settle = fc.record({
  kind: fc.constant('settle' as const), how: fc.constantFrom('ack' as const, 'nack' as const, 'reject' as const), pick: fc.constantFrom(1, 1, 1, 2, 2, 3, 0), multiple: sometimes(3), requeue: fc.boolean(),
});

const queueOperations: fc.Arbitrary<Method> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ operation: fc.constant('queueDelete' as const), name: someQueue, ifUnused: sometimes(2), ifEmpty: sometimes(2) }) },
  { weight: 1, arbitrary: fc.record({ operation: fc.constant('queuePurge' as const), name: someQueue }) },
  { weight: 6, arbitrary: fc.record({ operation: fc.constant('get' as const), queue: someQueue, noAck: sometimes(3) }) },
);

const channelOperations: fc.Arbitrary<Method> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ operation: fc.constant('qos' as const), prefetch: fc.constantFrom(0, 1, 2), global: sometimes(3) }) },
  { weight: 1, arbitrary: fc.record({ operation: fc.constant('cancel' as const), tag: fc.constantFrom(...TAGS) }) },
  { weight: 3, arbitrary: fc.constant<Method>({ operation: 'confirmSelect' }) },
  { weight: 1, arbitrary: fc.constantFrom<Method>({ operation: 'txSelect' }, { operation: 'txCommit' }, { operation: 'txCommit' }, { operation: 'txRollback' }) },
  { weight: 1, arbitrary: fc.record({ operation: fc.constant('recover' as const), requeue: mostly(fc.constant(true), fc.constant(false)) }) },
  { weight: 1, arbitrary: fc.constant<Method>({ operation: 'channelClose' }) },
);

/**
 * Queues that push to one channel at the same time would race for the next delivery tag: a channel consumes from one queue only, and gets from all.
 */
const consumedFrom = ({ connection, channel }: Place): string => QUEUES[(connection + channel - 1) % QUEUES.length]!;

const consume = (place: Place): fc.Arbitrary<Method> => fc.record({
  operation: fc.constant('consume' as const), queue: mostly(fc.constant(consumedFrom(place)), fc.constant('missing')), tag: fc.constantFrom(...TAGS), noAck: sometimes(2),
  exclusive: sometimes(1), priority: mostly(fc.constant(0), fc.constant(5)),
});

export const said = (method: fc.Arbitrary<Method>): fc.Arbitrary<Doing> => method.map((it) => ({ kind: 'method', method: it }));

const doing = (place: Place): fc.Arbitrary<Doing> => fc.oneof(
  { weight: 5, arbitrary: said(queueDeclare as fc.Arbitrary<Method>) },
  { weight: 3, arbitrary: said(exchangeDeclare) },
  { weight: 1, arbitrary: said(fc.record({ operation: fc.constant('exchangeDelete' as const), name: source, ifUnused: sometimes(4) })) },
  { weight: 5, arbitrary: said(binding) },
  { weight: 1, arbitrary: said(headerBinding) },
  { weight: 2, arbitrary: said(exchangeBinding) },
  { weight: 18, arbitrary: said(publish) },
  { weight: 8, arbitrary: said(queueOperations) },
  { weight: 4, arbitrary: said(channelOperations) },
  { weight: 6, arbitrary: said(consume(place)) },
  { weight: 12, arbitrary: settle },
  { weight: 1, arbitrary: fc.constant<Doing>({ kind: 'disconnect' }) },
);

export const place: fc.Arbitrary<Place> = fc.record({
  connection: fc.constantFrom(0 as const, 0 as const, 1 as const), channel: fc.constantFrom(1 as const, 1 as const, 2 as const),
});

const operation: fc.Arbitrary<Operation> = place.chain((where) => doing(where).map((does) => ({ ...where, does })));

export const FIRST: Place = { connection: 0, channel: 1 };

/** Most sequences begin with queues and an exchange that are there. */
function beginning(args: fc.Arbitrary<Readonly<Record<string, unknown>>>): fc.Arbitrary<Operation[]> {
  return fc.tuple(args, args, fc.constantFrom('direct', 'topic', 'fanout', 'headers')).map(([one, two, type]) => [
    declared('q1', one), declared('q2', two), declared('q3', {}),
    { ...FIRST, does: { kind: 'method', method: { operation: 'exchangeDeclare', name: 'x1', type } } },
  ]);
}

export function declared(name: string, args: Readonly<Record<string, unknown>>): Operation {
  return { ...FIRST, does: { kind: 'method', method: { operation: 'queueDeclare', name, durable: true, arguments: args } } };
}

function sequence(args: fc.Arbitrary<Readonly<Record<string, unknown>>>, length: number): fc.Arbitrary<Operation[]> {
  return fc.tuple(beginning(args), fc.array(operation, { maxLength: length, size: 'max' })).map(([first, rest]) => [...first, ...rest]);
}

export const classicOperations = (length: number): fc.Arbitrary<Operation[]> => sequence(classicArguments, length);
export const quorumOperations = (length: number): fc.Arbitrary<Operation[]> => sequence(quorumArguments, length);

/** Consumers who take turns, hold what their prefetch allows, and give back. */
export function consumingOperations(length: number): fc.Arbitrary<Operation[]> {
  const message = publishTo(queue);
  const step = place.chain((where): fc.Arbitrary<Operation> => fc.oneof(
    { weight: 6, arbitrary: said(message) },
    { weight: 3, arbitrary: said(consume(where)) },
    { weight: 2, arbitrary: said(fc.record({ operation: fc.constant('qos' as const), prefetch: fc.constantFrom(1, 2), global: sometimes(2) })) },
    { weight: 4, arbitrary: settle },
    { weight: 1, arbitrary: said(channelOperations) },
  ).map((does) => ({ ...where, does })));
  const kind = fc.constantFrom({}, {}, { 'x-single-active-consumer': true }, { 'x-max-priority': 5 }, { 'x-queue-type': 'quorum' });
  return fc.tuple(beginning(kind), fc.array(step, { minLength: length / 2, maxLength: length, size: 'max' })).map(([first, rest]) => [...first, ...rest]);
}

/** Quorum queues that keep their dead letters until these are confirmed, and queues that have no room for them. */
export function keepingOperations(length: number): fc.Arbitrary<Operation[]> {
  const keeping = fc.record({
    'x-queue-type': fc.constant('quorum'), 'x-overflow': fc.constant('reject-publish'), 'x-dead-letter-strategy': fc.constant('at-least-once'),
    'x-dead-letter-exchange': fc.constantFrom('', '', 'x1'), 'x-dead-letter-routing-key': fc.constantFrom('q2', 'q3', 'missing'), 'x-max-length': fc.constantFrom(1, 2), 'x-delivery-limit': fc.constant(0),
  }, { requiredKeys: ['x-queue-type', 'x-overflow', 'x-dead-letter-strategy', 'x-dead-letter-exchange', 'x-dead-letter-routing-key'] });
  const full = fc.record({
    'x-queue-type': fc.constantFrom('classic', 'quorum'), 'x-overflow': fc.constant('reject-publish'), 'x-max-length': fc.constantFrom(0, 1),
  }, { requiredKeys: ['x-queue-type'] });
  const rejection = fc.record({ kind: fc.constant('settle' as const), how: fc.constantFrom('nack' as const, 'reject' as const), pick: fc.constantFrom(1, 1, 2, 0), multiple: sometimes(2), requeue: sometimes(2) });
  const binding = fc.record({ operation: fc.constant('queueBind' as const), source: fc.constant('x1'), destination: queue, key: fc.constant('q2') });
  const step = place.chain((where): fc.Arbitrary<Operation> => fc.oneof(
    { weight: 6, arbitrary: said(publishTo(queue)) },
    { weight: 6, arbitrary: said(fc.record({ operation: fc.constant('get' as const), queue, noAck: sometimes(1) })) },
    { weight: 6, arbitrary: rejection },
    { weight: 2, arbitrary: settle },
    { weight: 1, arbitrary: said(consume(where)) },
    { weight: 1, arbitrary: said(binding) },
    { weight: 1, arbitrary: said(queueOperations) },
    { weight: 1, arbitrary: said(channelOperations) },
  ).map((does) => ({ ...where, does })));
  const first = fc.tuple(keeping, fc.oneof(keeping, full), full).map(([one, two, three]): Operation[] => [
    declared('q1', one), declared('q2', two), declared('q3', three),
    { ...FIRST, does: { kind: 'method', method: { operation: 'exchangeDeclare', name: 'x1', type: 'fanout' } } },
    { ...FIRST, does: { kind: 'method', method: { operation: 'queueBind', source: 'x1', destination: 'q3', key: '' } } },
  ]);
  return fc.tuple(first, fc.array(step, { minLength: length / 2, maxLength: length, size: 'max' })).map(([start, rest]) => [...start, ...rest]);
}

/** Policies come and go while queues of both kinds are used. Of two that match a priority decides: a tie is open. */
export function policyOperations(length: number): fc.Arbitrary<Operation[]> {
  const limits = {
    maxLength: fc.constantFrom(0, 1, 2, 3), maxLengthBytes: fc.constantFrom(3, 6), overflow: fc.constantFrom('drop-head' as const, 'reject-publish' as const),
    messageTtlMicros: fc.constant(LONG_TTL_MILLIS * 1_000), expiresMicros: fc.constant(LONG_TTL_MILLIS * 1_000), deliveryLimit: fc.constantFrom(0, 1, 3),
  };
  const { overflow: _overflow, ...operatorLimits } = limits;
  const dead = { deadLetterExchange: fc.constant(''), deadLetterRoutingKey: fc.constantFrom('q1', 'q2', 'q3') };
  const users = fc.record({ ...limits, ...dead, alternateExchange: exchange }, { requiredKeys: [] });
  const one = (isOperator: boolean): fc.Arbitrary<Doing> => fc.record({
    priority: fc.constantFrom(1, 2, 3), pattern: fc.constantFrom('^', '^q', '^q1$', '^q2$', '^x'), applyTo: fc.constantFrom('all' as const, 'queues' as const, 'exchanges' as const),
    definition: isOperator ? fc.record(operatorLimits, { requiredKeys: [] }) : users,
  }).map(({ priority, ...rest }) => {
    const name = `p${priority}`;
    return { kind: 'policy', name, isOperator, policy: { name, priority, isOperator, ...rest } };
  });
  const cleared = fc.record({ kind: fc.constant('policy' as const), name: fc.constantFrom('p1', 'p2', 'p3'), isOperator: fc.boolean(), policy: fc.constant(null) });
  const step = place.chain((where): fc.Arbitrary<Operation> => fc.oneof(
    { weight: 4, arbitrary: one(false) },
    { weight: 2, arbitrary: one(true) },
    { weight: 2, arbitrary: cleared },
    { weight: 7, arbitrary: said(publishTo(queue)) },
    { weight: 2, arbitrary: said(publish) },
    { weight: 3, arbitrary: said(fc.record({ operation: fc.constant('get' as const), queue, noAck: sometimes(2) })) },
    { weight: 3, arbitrary: settle },
    { weight: 1, arbitrary: said(consume(where)) },
    { weight: 1, arbitrary: said(channelOperations) },
  ).map((does) => ({ ...where, does })));
  const declaration = fc.oneof(
    fc.constant({}), fc.constant({ 'x-queue-type': 'quorum' }), fc.record({ 'x-max-length': fc.constantFrom(1, 2), 'x-overflow': fc.constantFrom('drop-head', 'reject-publish') }, { requiredKeys: [] }),
    fc.record({ 'x-queue-type': fc.constant('quorum'), 'x-max-length': fc.constantFrom(1, 2), 'x-overflow': fc.constantFrom('drop-head', 'reject-publish'), 'x-delivery-limit': fc.constantFrom(0, 2) }, { requiredKeys: ['x-queue-type'] }),
  );
  return fc.tuple(beginning(declaration), fc.array(step, { minLength: length / 2, maxLength: length, size: 'max' })).map(([first, rest]) => [...first, ...rest]);
}

/** Queues and messages whose short times to live end while the operations go on, at moments that the operations name. */
export function timedOperations(length: number): fc.Arbitrary<Operation[]> {
  const queueTimes = fc.record({ 'x-message-ttl': fc.constantFrom(SHORT_TTL_MILLIS, LONG_TTL_MILLIS), ...deadLetters }, { requiredKeys: [] });
  const message = fc.record({
    operation: fc.constant('publish' as const), exchange: fc.constant(''), routingKey: queue, body: fc.constant(BODY), trace: fc.constant(0),
    properties: fc.constantFrom<PublishProperties>({}, {}, { expiration: String(SHORT_TTL_MILLIS) }, { expiration: String(LONG_TTL_MILLIS) }),
  });
  const step: fc.Arbitrary<Operation> = fc.oneof(
    { weight: 5, arbitrary: said(message) },
    { weight: 2, arbitrary: said(fc.record({ operation: fc.constant('get' as const), queue, noAck: fc.constant(false) })) },
    { weight: 2, arbitrary: settle },
    { weight: 2, arbitrary: fc.constant<Doing>({ kind: 'pass' }) },
  ).map((does) => ({ ...FIRST, does }));
  return fc.tuple(beginning(queueTimes), fc.array(step, { minLength: length, maxLength: length }))
    .map(([first, rest]) => [...first, ...rest, { ...FIRST, does: { kind: 'pass' } }]);
}
