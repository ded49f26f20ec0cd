import * as z from 'zod';
import { EXCHANGE_TYPES, HEADER_MATCHES, isShortString, MAX_SHORT_STRING_BYTES, RABBITMQ_VERSIONS, utf8Bytes } from '../../../engine/index.js';
import { mistaken, type Mistake, parsed, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import { COUNT, DURATION, FRACTION, SIZE } from '../quantities/index.js';
import { fromUnknown, wrongType } from './leaf.js';
import { quantity, quantityOr } from './quantity.js';
import { MILLISECONDS, RABBITMQ } from './rabbitmq-limits.js';
import { byName, choice, flag, name, queueName, SHORT_STRING_RULE, shortString } from './word.js';

const MAX_PRIORITY = 255;
const MAX_BINDINGS = 10_000;
const MAX_PREFETCH = 65_535;
const MAX_CREDIT = 1_000_000;
/** With dots, as in `amq.topic`. */
const EXCHANGE_NAME = /^[A-Za-z0-9_.-]{1,80}$/;

export const version = choice(RABBITMQ_VERSIONS, 'RabbitMQ: the version whose rules the broker follows where they differ.').prefault('4.2');

export const memoryLimit = quantity(SIZE, {
  min: 1,
  description: 'RabbitMQ: above so much in messages the broker reads nothing more of connections that publish, until it has less. A message takes its body and `messageOverhead`, whatever its headers; a server counts its whole process, and may have written to its disk what counts here. Without it 60 % of 4 GiB, or 40 % before version 4.',
}).optional();

export const messageOverhead = quantity(SIZE, {
  min: 0,
  description: 'RabbitMQ: memory that a message takes beside its body, against `memoryLimit`. Without it 736 bytes, which RabbitMQ names as the least for metadata and order.',
}).optional();

export const memoryCheckInterval = quantity(DURATION, {
  min: 1_000, ...MILLISECONDS,
  description: 'RabbitMQ: how often the broker looks whether its memory is above the limit (memory_monitor_interval). Meanwhile more may come than it has room for. Without it 2500ms.',
}).optional();

export const diskFreeLimit = quantity(SIZE, {
  min: 0,
  description: 'RabbitMQ: when less than this is free on the disk of the broker, it reads nothing more of connections that publish, until more is. Without it 50 MB.',
}).optional();

export const consumerTimeout = quantityOr(DURATION, 'never', null, {
  above: 0, ...MILLISECONDS,
  description: 'RabbitMQ: how long a consumer may hold a message without acknowledging it. Then its channel is closed (406), and all that it held goes back; this is looked for once a minute, in what the channel has held longest. From version 4.3 on in quorum queues alone, at the very instant: what it held too long goes back, and the consumer is cancelled. It gives back what it has not begun, finishes the rest, and subscribes again on another channel. never is 24 hours then. Without it 30 minutes.',
}).optional();

export const flowControl = z.strictObject({
  store: quantity(COUNT, { min: 1, max: MAX_CREDIT, description: 'Persistent messages that a classic queue takes and its storage has not written, at most. A fifth of them has to be written before there are more.' }).prefault('4000'),
  commands: quantity(COUNT, { min: 1, max: MAX_CREDIT, description: 'What one channel tells a quorum queue and is not synced: messages, and acknowledgements of any kind. With the one that passes this it is read no more when it publishes, and acknowledgements are kept and then told as one.' }).prefault('32'),
  credit: quantity(COUNT, { min: 1, max: MAX_CREDIT, description: 'Messages that are read on for a channel when there is so much under way, and as many again where a classic queue stands before the storage; half of them are granted at a time (credit_flow_default_credit). Of a quorum queue that refuses at its limit (reject-publish) so many may pass it.' }).prefault('400'),
}).meta({ description: 'RabbitMQ: how much may be under way to the storage of a queue before the broker reads nothing more of the connections that publish it (credit flow).' }).optional();

/** What a RabbitMQ queue adds to `queues:`. */
export const rabbitmqQueue = {
  type: choice(['classic', 'quorum'], 'RabbitMQ: the type of queue. A quorum queue has a single member here.').prefault('classic'),
  durable: flag('RabbitMQ: whether it outlives a restart of the broker, and with it the persistent messages in it.').prefault(true),
  autoDelete: flag('RabbitMQ: it goes when the last of its consumers does.').prefault(false),
  exclusive: flag('RabbitMQ: it is the own of the connection that declares it, as its consumer does with `declares`. Nobody else may use it (405), and it goes with the connection, and what is in it.').prefault(false),
  messageTtl: quantityOr(DURATION, 'never', null, {
    min: 0, ...MILLISECONDS,
    description: 'RabbitMQ: how long after it came a message may be delivered. What expired is taken out when it stands at the head, not before.',
  }).prefault('never'),
  expires: quantityOr(DURATION, 'never', null, {
    above: 0, ...MILLISECONDS,
    description: 'RabbitMQ: the queue goes when it was not used for so long.',
  }).prefault('never'),
  maxLength: quantityOr(COUNT, 'unlimited', null, { min: 0, description: 'RabbitMQ: ready messages at most.' }).prefault('unlimited'),
  maxLengthBytes: quantityOr(SIZE, 'unlimited', null, { min: 0, description: 'RabbitMQ: bytes of the bodies of ready messages at most.' }).prefault('unlimited'),
  overflow: choice(
    ['drop-head', 'reject-publish', 'reject-publish-dlx'],
    'RabbitMQ: what gives way at the limit. drop-head: the oldest message. reject-publish: the newest, which its publisher hears. reject-publish-dlx: the same, and it is dead-lettered (classic queues).',
  ).prefault('drop-head'),
  maxPriority: quantityOr(COUNT, 'none', null, {
    min: 1, max: MAX_PRIORITY, because: RABBITMQ,
    description: 'RabbitMQ: the highest priority of a classic queue. Without it all messages are alike.',
  }).prefault('none'),
  deadLetterExchange: shortString('RabbitMQ: the exchange for dead letters; an empty text is the default exchange.').optional(),
  deadLetterRoutingKey: shortString('RabbitMQ: the routing key of dead letters; without it they keep theirs.').optional(),
  deadLetterStrategy: choice(
    ['at-most-once', 'at-least-once'],
    'RabbitMQ, quorum queues. at-most-once: a dead letter is published when its message is gone. at-least-once: its message stays until each queue that it goes to has confirmed it, and is published again every three minutes until then. It needs `overflow: reject-publish`; where the head is dropped, it is at most once all the same.',
  ).optional(),
  delayedRetry: z.strictObject({
    type: choice(['all', 'failed', 'returned'], 'all: whatever comes back. failed: what was rejected, or held when its channel ended. returned: what was negatively acknowledged.').prefault('all'),
    min: quantity(DURATION, { min: 1_000, ...MILLISECONDS, description: 'So long for each failed delivery of the message, and at least once.' }),
    max: quantity(DURATION, { min: 1_000, ...MILLISECONDS, description: 'And no longer than this. Without it `min`.' }).optional(),
  }).meta({ description: 'RabbitMQ from version 4.3, quorum queues: a message that comes back waits before it is delivered again.' }).optional(),
  deliveryLimit: quantityOr(COUNT, 'unlimited', null, {
    min: 0, alias: '-1',
    description: 'RabbitMQ, quorum queues: a message that came back more often than this is dead-lettered or dropped. unlimited, or -1 as RabbitMQ spells it: it may come back for ever. Without it 20, or unlimited before version 4.',
  }).optional(),
  singleActiveConsumer: flag('RabbitMQ: one consumer gets everything, the next when it goes.').prefault(false),
  consumerTimeout: quantityOr(DURATION, 'never', null, {
    above: 0, ...MILLISECONDS,
    description: 'RabbitMQ from version 3.12 on: how long a consumer may hold a message of it without acknowledging it. Without it what `consumerTimeout` of the scenario says. From version 4.3 on it cannot be never.',
  }).optional(),
} as const;

type Headers<T> = Readonly<Record<string, T>>;

const MATCH = 'x-match';

/** The headers of a message. */
const headers = (description: string) => flatMapping<string | number | boolean>(description, {
  types: ['string', 'number', 'boolean'], expected: 'a mapping of names to texts, numbers or truth values', mistakeIn: () => null,
});

/** Of a binding: what a message has to have, where nothing stands for any value. Bindings say in the same place how that is to match. */
const wantedHeaders = (description: string) => flatMapping<string | number | boolean | null>(description, {
  types: ['string', 'number', 'boolean', 'null'], expected: 'a mapping of names to texts, numbers, truth values or null',
  mistakeIn: (wanted) => {
    if (!Object.hasOwn(wanted, MATCH) || HEADER_MATCHES.some((known) => known === wanted[MATCH])) return null;
    const text = String(wanted[MATCH]);
    return { code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(text)} is no way to match headers (406).`, expected: `one of ${HEADER_MATCHES.join(', ')}`, nearest: nearest(text, [...HEADER_MATCHES]) };
  },
});

interface FlatMapping<T> {
  /** As JSON Schema calls them. */
  readonly types: readonly string[];
  readonly expected: string;
  readonly mistakeIn: (value: Headers<T>) => Mistake | null;
}

const flatMapping = <T>(description: string, { types, expected, mistakeIn }: FlatMapping<T>) => fromUnknown<Headers<T>>((value) => {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const isFlat = isMap && Object.values(value).every((entry) => types.includes(entry === null ? 'null' : typeof entry));
  if (!isFlat) return mistaken(wrongType(value, expected));
  const mistake = mistakeIn(value as Headers<T>);
  return mistake === null ? parsed(value as Headers<T>) : mistaken(mistake);
}, { description, type: 'object', additionalProperties: { type: types } });

/** One, or a list of at least one. */
const routingKeys = (description: string) => fromUnknown<readonly string[]>((value): Parsed<readonly string[]> => {
  const keys: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (keys.length === 0 || !keys.every((key) => typeof key === 'string')) return mistaken(wrongType(value, 'a text, or a list of texts'));
  const long = keys.find((key) => !isShortString(key));
  if (long === undefined) return parsed(keys);
  return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `A key has ${utf8Bytes(long)} octets in UTF-8.`, expected: SHORT_STRING_RULE });
}, {
  description, anyOf: [{ type: 'string', maxLength: MAX_SHORT_STRING_BYTES }, { type: 'array', minItems: 1, items: { type: 'string', maxLength: MAX_SHORT_STRING_BYTES } }],
}, (keys) => (keys.length === 1 ? keys[0] : keys));

const recoveryInterval = quantityOr(DURATION, 'backoff', null, {
  min: 0, description: 'RabbitMQ: how long it waits before it connects again when its connection was lost, as do the libraries for Java, .NET and Ruby and aio-pika, each time, with this default; backoff: as `retry` says. A channel that the broker closed is opened again after a backoff, and so is a connection tried that never was. When a connection is taken for lost, `heartbeat` says.',
}).prefault('5s');

const heartbeat = quantityOr(DURATION, 'none', 0, {
  min: 1_000_000, max: 65_535_000_000, step: 1_000_000, because: 'a limit of AMQP', alias: '0',
  description: 'RabbitMQ: the heartbeat timeout that it wants of its connection; the smaller of this and the 60 s that the broker proposes counts. Whoever of the two has had nothing to say for half of it sends a heartbeat, and whoever has heard nothing for two of them in a row, which is noticed before a third is over, takes the connection for lost. none, or 0: there are no heartbeats, and who vanishes without a word is missed by those alone who have something to say to it (as with pika; in the libraries for Java, .NET and Node.js 0 stands for what the broker proposes).',
}).prefault('60s');

const binding = z.strictObject({
  queue: queueName('The queue that it leads to, one of `queues`.').optional(),
  exchange: name('Or the exchange, one of `exchanges`.', EXCHANGE_NAME).optional(),
  key: shortString('The binding key. Of a topic exchange words with dots between them, `*` for any one, `#` for any number.').prefault(''),
  headers: wantedHeaders('Headers exchanges: what must be in the headers; null asks that a header is there, whatever its value. `x-match` says how (all, any, all-with-x, any-with-x).').optional(),
}).meta({ description: 'Where messages of an exchange go.' });

/** One entry of `exchanges:`. */
export const exchangeSection = z.strictObject({
  type: choice(EXCHANGE_TYPES, 'direct: by the whole key. topic: by patterns of words. fanout: everywhere. headers: by headers.').prefault('direct'),
  alternate: name('The exchange that gets what no binding matches, one of `exchanges`.', EXCHANGE_NAME).optional(),
  internal: flag('Only other exchanges may send to it.').prefault(false),
  autoDelete: flag('It goes when the last of its bindings does.').prefault(false),
  bindings: z.array(binding).max(MAX_BINDINGS, `There are more than ${MAX_BINDINGS} bindings`).meta({ description: 'Where its messages go.' }).prefault([]),
}).meta({ description: 'RabbitMQ: an exchange with the bindings that leave it.' });

export const exchangesSection = byName(exchangeSection, 1_000, 'RabbitMQ: the exchanges, by name.').prefault({});

/** What a RabbitMQ producer adds to `producers:`. */
export const rabbitmqProducer = {
  exchange: name('RabbitMQ: the exchange it publishes to, one of `exchanges` or one that is always there (`amq.topic`), instead of `queue`.', EXCHANGE_NAME).optional(),
  routingKey: routingKeys('RabbitMQ: the routing key of its messages; of a list each in its turn. Without it the name of `queue`.').optional(),
  cc: routingKeys('RabbitMQ: further routing keys of each message, which consumers see (CC header).').optional(),
  bcc: routingKeys('RabbitMQ: further routing keys of each message, which consumers do not see (BCC header).').optional(),
  headers: headers('RabbitMQ: the headers of its messages.').optional(),
  confirm: flag('RabbitMQ: publishes are confirmed. Without it the producer never knows what became of them.').prefault(true),
  transaction: quantityOr(COUNT, 'none', null, {
    min: 1, max: MAX_PREFETCH, description: 'RabbitMQ: so many messages at most are published in one transaction (tx) instead of being confirmed: they are stored with its commit, which is answered when they are, and the next begins then. No transaction is whole after a crash.',
  }).prefault('none'),
  mandatory: flag('RabbitMQ: what no queue is bound for comes back, instead of being dropped. Its send has failed, whatever is confirmed after that.').prefault(false),
  persistent: flag('RabbitMQ: its messages outlive a restart of the broker, in queues that do.').prefault(true),
  priority: quantityOr(COUNT, 'none', null, { min: 0, max: MAX_PRIORITY, because: RABBITMQ, description: 'RabbitMQ: the priority of its messages.' }).prefault('none'),
  expiration: quantityOr(DURATION, 'never', null, {
    min: 0, ...MILLISECONDS, description: 'RabbitMQ: the time to live of its messages; the lower of this and the queue\'s counts.',
  }).prefault('never'),
  recoveryInterval,
  heartbeat,
} as const;

/** What a RabbitMQ consumer adds to `consumers:`. */
export const rabbitmqConsumer = {
  prefetch: quantityOr(COUNT, 'unlimited', 0, {
    min: 1, max: MAX_PREFETCH, alias: '0', because: RABBITMQ,
    description: 'RabbitMQ: messages that it may hold without acknowledging them (basic.qos); 0 is unlimited. Of a quorum queue it may hold 2000 at most.',
  }).prefault('unlimited'),
  acknowledge: choice(
    ['manual', 'batched', 'transactional', 'automatic'],
    'RabbitMQ. manual: each message when it was handled. batched: several at once, up to the newest before which all were handled. transactional: each message when it was handled, and several of them count with one commit (tx), of which it hears. automatic: the broker takes it for handled when it is sent.',
  ).prefault('manual'),
  acknowledgeEvery: quantity(COUNT, { min: 1, max: MAX_PREFETCH, description: 'RabbitMQ, batched and transactional: so many at once, or fewer when there is nothing left to do.' }).prefault('50'),
  acknowledgesTwice: quantity(FRACTION, {
    min: 0, max: 1,
    description: 'RabbitMQ, `acknowledge: manual`: the share of its acknowledgements that it says twice, by mistake, as code does that acknowledges what its library acknowledges, too. The second is for a delivery tag that its channel does not know any more: the broker closes the channel (406 PRECONDITION_FAILED), and whatever it held without an acknowledgement goes back to its queue.',
  }).prefault('0%'),
  whenFailed: choice(
    ['nack', 'reject-requeue', 'reject', 'leave'],
    'RabbitMQ: what a failed handling does. nack, reject-requeue: the message goes back. reject: it is dead-lettered or dropped. leave: nothing, until the channel ends.',
  ).prefault('nack'),
  priority: quantity(COUNT, { min: 0, description: 'RabbitMQ: consumers of lower priority get what those above cannot take.' }).prefault('0'),
  exclusive: flag('RabbitMQ: no other consumer beside it.').prefault(false),
  channelPrefetch: quantityOr(COUNT, 'unlimited', 0, {
    min: 1, max: MAX_PREFETCH, alias: '0', because: RABBITMQ,
    description: 'RabbitMQ: messages that its channel may hold in all (basic.qos with global), beside `prefetch`; 0 is unlimited. Classic queues know it; from version 4.3 on it is as `prefetch`.',
  }).prefault('unlimited'),
  receive: choice(['push', 'get'], 'RabbitMQ. push: messages are pushed to it. get: it asks for one message at a time when it has a place in work (basic.get).').prefault('push'),
  consumerTimeout: quantity(DURATION, {
    min: 1_000, ...MILLISECONDS,
    description: 'RabbitMQ from version 4.3 on, quorum queues: how long it may hold a message without acknowledging it, whatever the queue and its policies say (x-consumer-timeout). Without it what these say. A consumer that is cancelled for it finishes what it works on, and then subscribes again: with `concurrency` one handling that hangs keeps all others waiting, with `count` it does not.',
  }).optional(),
  getEvery: quantity(DURATION, { above: 0, description: 'RabbitMQ, `receive: get`: how long it waits when there was no message, before it asks again.' }).prefault('1s'),
  declares: flag('RabbitMQ: it declares its queue, and the exchanges and bindings that lead to it, whenever it connects.').prefault(false),
  recoveryInterval,
  heartbeat,
} as const;
