import type { PushPolicy, QueueKind, QueuePolicy, QueueSettings } from '../queue/index.js';
import type { Personality } from './personality.js';
import { RABBITMQ_VERSIONS, rabbitmq } from './rabbitmq.js';
import { sqs } from './sqs.js';

/** A kind of queue of one personality, with all that makes it what it is. */
interface Column {
  readonly title: string;
  readonly personality: Personality;
  readonly kind: QueueKind;
  readonly policy: QueuePolicy;
  readonly settings: QueueSettings;
}

/** What is asked of every column: `asked` of those that clients ask for messages, `pushed` of those that push them. */
interface Row {
  readonly title: string;
  readonly asked: (column: Column) => string;
  readonly pushed: (push: PushPolicy, column: Column) => string;
}

/** `docs/personalities.md`: what each kind of queue does, side by side, from the very settings that the engine runs by. */
export function renderPersonalities(): string {
  const latest = RABBITMQ_VERSIONS[RABBITMQ_VERSIONS.length - 2]!;
  const columns = [column('SQS standard', sqs, 'standard'), column('SQS FIFO', sqs, 'fifo'), rabbitmqColumn('classic', latest), rabbitmqColumn('quorum', latest)];
  const versions = (['classic', 'quorum'] as const).flatMap((kind) => RABBITMQ_VERSIONS.filter((version) => version !== '3.10').map((version) => rabbitmqColumn(kind, version)));
  return [
    '<!-- Written by renderPersonalities() in engine/personality/: change the settings of the personalities, not this file. -->', '',
    '# SQS and RabbitMQ side by side', '',
    'Both personalities are settings of the same parts of the engine, and these tables are made of them. Defaults are those of the systems; [scenario-format.md](scenario-format.md) says how a',
    'scenario changes them. Which promise holds where is in [guarantees.md](guarantees.md#where-each-promise-must-hold). To see the differences happen, run one workload on all four:',
    '`queuelab compare one-shop`.', '',
    ...table(columns, ROWS), '',
    '## Versions of RabbitMQ', '',
    'What is not in this table is the same in all of them.', '',
    ...table(versions, ROWS.filter((row) => new Set(versions.filter(({ kind }) => kind === 'classic').map((one) => cell(row, one))).size > 1
      || new Set(versions.filter(({ kind }) => kind === 'quorum').map((one) => cell(row, one))).size > 1)), '',
  ].join('\n');
}

function column(title: string, personality: Personality, kind: QueueKind): Column {
  const { queuePolicies, queueDefaults } = personality.broker;
  return { title, personality, kind, policy: queuePolicies[kind]!, settings: { ...queueDefaults, kind } };
}

const rabbitmqColumn = (kind: 'classic' | 'quorum', version: (typeof RABBITMQ_VERSIONS)[number]): Column => column(`RabbitMQ ${version} ${kind}`, rabbitmq(version), kind);

function table(columns: readonly Column[], rows: readonly Row[]): string[] {
  return [
    `| | ${columns.map(({ title }) => title).join(' | ')} |`,
    `| --- | ${columns.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.title} | ${columns.map((one) => cell(row, one)).join(' | ')} |`),
  ];
}

const cell = (row: Row, one: Column): string => (one.policy.push === undefined ? row.asked(one) : row.pushed(one.policy.push, one));

const ROWS: readonly Row[] = [
  {
    title: 'A message comes to a consumer',
    asked: ({ personality: { broker: { queueLimits } } }) => `when it asks, up to ${queueLimits.maxMessagesPerReceive} at a time; it may wait ${time(queueLimits.receiveWaitMicros.max)} for one (long poll)`,
    pushed: ({ maxPrefetch }) => `when it is there, as long as the consumer holds fewer than its prefetch${maxPrefetch === Infinity ? '' : ` (${count(maxPrefetch)} at most)`}`,
  },
  {
    title: 'It is held',
    asked: ({ settings, policy }) => `for a visibility timeout, ${time(settings.visibilityTimeoutMicros)} unless said otherwise; extended, ${time(policy.maxLeaseMicros)} in all`,
    pushed: ({ onConsumerTimeout }, { settings: { push } }) => `until its channel ends${push?.consumerTimeoutMicros === null || onConsumerTimeout === 'nothing' ? '' : `, or the acknowledgement timeout is over, which ${CONSUMER_TIMEOUT[onConsumerTimeout]}`}`,
  },
  {
    title: 'After a crash of its consumer it comes again',
    asked: () => 'when the visibility timeout is over',
    pushed: (_push, { personality }) => `at once, when the broker sees that the connection is gone: by a reset, or by silence for two to three heartbeat timeouts (${time(personality.broker.channels!.heartbeatMicros)}, or what its client wants if that is less)`,
  },
  {
    title: 'Order',
    asked: ({ policy: { order } }) => ({ arrival: 'none is promised', groups: 'within each message group; a group with a message in flight is blocked' })[order],
    pushed: () => 'that of the queue, for one consumer',
  },
  {
    title: 'What comes back is put',
    asked: ({ policy: { order, redelivery } }) => (order === 'groups' ? 'where it was in its group' : ({ head: 'before the others', tail: 'behind the others' })[redelivery]),
    pushed: ({ requeue }) => ({ original: 'where it was', returns: 'in a line of its own that is served first, where there is a delivery limit; behind the others, where there is none' })[requeue],
  },
  {
    title: 'Delivered too often',
    asked: ({ personality: { broker: { queueLimits: { maxReceiveCount } } } }) => `with a dead-letter queue: moved there by the next receive after the maximum receive count (${maxReceiveCount.min} to ${count(maxReceiveCount.max)})`,
    pushed: ({ tellsCount, countedReturns }, { personality }) => (tellsCount ? `${deliveryLimitOf(personality)}; ${({ all: 'every return counts', failed: 'a basic.nack does not count' })[countedReturns]}` : 'it comes again for ever; nobody counts'),
  },
  {
    title: 'A dead letter',
    asked: ({ policy: { deadLetterAge } }) => `is the same message with its id and count; its retention ${({ kept: 'counts from the first send', restarts: 'begins anew' })[deadLetterAge]}`,
    pushed: () => 'is published anew to an exchange, with the reason in its headers; without an exchange it is dropped',
  },
  {
    title: 'Sent twice',
    asked: ({ policy: { deduplicationWindowMicros } }) => (deduplicationWindowMicros === null ? 'stored twice' : `stored once within ${time(deduplicationWindowMicros)} of the first`),
    pushed: () => 'stored twice',
  },
  {
    title: 'Delay',
    asked: ({ policy: { messageDelay, delayChange }, personality: { broker: { queueLimits } } }) =>
      `of the queue${messageDelay === 'allowed' ? ', or of a message' : ' alone'}, up to ${time(queueLimits.delayMicros.max)}; a new one is ${({ 'for-new': 'for new messages', 'for-all': 'for those that are there, too' })[delayChange]}`,
    pushed: ({ hasDelayedRetry }) => (hasDelayedRetry ? 'none, but what comes back may wait' : 'none'),
  },
  {
    title: 'Priorities',
    asked: ({ settings: { isFair, kind } }) => (isFair && kind === 'standard' ? 'none, but quiet message groups come before noisy ones (fair queue)' : 'none'),
    pushed: ({ priorities }) => ({ declared: 'as many levels as are declared', none: 'none', strict: '32 levels, the highest first', 'two-to-one': 'two lanes: the high one comes first, and each third turn goes to the older message' })[priorities],
  },
  {
    title: 'Kept',
    asked: ({ settings, personality: { broker: { queueLimits } } }) => `for ${time(settings.retentionMicros)} unless said otherwise, up to ${time(queueLimits.retentionMicros.max)}`,
    pushed: ({ expiresByLevel }) => `for ever, unless there is a time to live; what expired leaves at the head of ${expiresByLevel ? 'each priority' : 'the queue'}`,
  },
  {
    title: 'Largest message',
    asked: ({ settings }) => size(settings.maxMessageBytes),
    pushed: (_push, { personality }) => size(personality.broker.channels!.maxMessageBytes),
  },
  {
    title: 'Consumers that are too slow',
    asked: ({ settings, policy: { atMaxInFlight } }) => `the backlog grows until retention ends; at ${count(settings.maxInFlight)} messages in flight a short poll ${({ refused: 'is refused (OverLimit)', empty: 'gets nothing' })[atMaxInFlight]}`,
    pushed: () => 'the backlog grows to its length limit, where there is one (it drops, or refuses), or until the memory alarm, which stops publishers; flow control slows them before',
  },
  {
    title: 'Memory alarm of a node with 4 GiB',
    asked: () => 'there is none to see',
    pushed: (_push, { personality }) => `at ${size(personality.broker.channels!.memoryLimitBytes)}`,
  },
  {
    title: 'Synced to the disk before it is confirmed',
    asked: () => 'yes',
    pushed: ({ syncsBeforeConfirm }) => (syncsBeforeConfirm ? 'yes' : 'no: it is written, and a loss of power may take it'),
  },
  {
    title: 'A late acknowledgement',
    asked: ({ policy: { expiredHandle, supersededSettle } }) => (expiredHandle === 'refused'
      ? 'is refused when the visibility timeout is over'
      : `deletes the message, ${({ settles: 'even when', ignored: 'unless' })[supersededSettle]} another has received it since`),
    pushed: () => 'is an error that closes the channel: the tag is unknown there (406)',
  },
];

const CONSUMER_TIMEOUT: Readonly<Record<Exclude<PushPolicy['onConsumerTimeout'], 'nothing'>, string>> = { 'close-channel': 'closes the channel', 'cancel-consumer': 'cancels the consumer' };

function deliveryLimitOf({ broker: { queueDefaults } }: Personality): string {
  const limit = queueDefaults.push?.deliveryLimit ?? null;
  return limit === null ? 'no limit unless one is set' : `dead-lettered when it comes back more than ${limit} times, unless another limit is set`;
}

const count = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

const UNITS = [['days', 86_400_000_000], ['hours', 3_600_000_000], ['minutes', 60_000_000], ['seconds', 1_000_000]] as const;

function time(micros: number): string {
  const [unit, length] = UNITS.find(([, length]) => micros >= 2 * length && micros % length === 0) ?? ['microseconds', 1];
  return `${micros / length} ${unit}`;
}

const MIB = 1_048_576;
const GIB = 1_024 * MIB;
const size = (bytes: number): string => (bytes >= GIB ? `${(bytes / GIB).toFixed(1)} GiB` : `${bytes / MIB} MiB`);
