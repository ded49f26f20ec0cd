import { EventKind } from '../history/index.js';

/** What may be asked of a measure in a threshold: `p99(endToEnd)`, `count(dead-lettered)`, `rate(throughput)`. */
export const AGGREGATES = ['min', 'mean', 'max', 'p50', 'p90', 'p95', 'p99', 'p999', 'count', 'rate', 'ratio'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** Unit of a figure: decides how a limit is read (`50ms`, `1000/s`, `3`, `0.1`) and how a figure is shown. */
export type MeasureUnit = 'micros' | 'per-second' | 'number';

export type MeasureFamily = 'latency' | 'count' | 'rate' | 'gauge';

export interface MeasureDefinition {
  /** As scenarios and results call it: counts in kebab-case as events are, everything else in camelCase. */
  readonly name: string;
  readonly family: MeasureFamily;
  /** What it measures, from when to when, in one sentence. */
  readonly meaning: string;
  readonly aggregates: readonly Aggregate[];
}

const latencyAggregates: readonly Aggregate[] = ['min', 'mean', 'max', 'p50', 'p90', 'p95', 'p99', 'p999', 'count'];

/** Durations, each the distribution of one span of a message's life. */
export const latencyMeanings = {
  send: 'From the intended time of a send until the producer learns that the message is accepted: the response time.',
  sendService: 'From the start of a send until the producer learns that the message is accepted: the service time, which leaves out waiting in the client.',
  queueWait: 'From when a stored copy first can be received (stored, its delay over; or moved to this queue) until its first lease there.',
  delivery: 'From when a message first can be received until it first reaches a consumer.',
  handling: 'From the start of a handling until it ends well or fails; a handling that was abandoned is left out.',
  endToEnd: 'From the intended time of a send until the first handling of the message that ends well.',
  redeliveryDelay: 'From the end of a lease without acknowledgement until the next lease of the same copy.',
} as const;
export type LatencyName = keyof typeof latencyMeanings;
export const LATENCY_NAMES = Object.keys(latencyMeanings) as readonly LatencyName[];

/** A count: how often something happened. `of`: what `ratio(name)` divides it by. */
export interface CountDefinition {
  readonly meaning: string;
  /** The events that are counted; null where more than the kind decides. */
  readonly kind: EventKind | null;
  readonly of: CountName | null;
}

const counted = <K extends EventKind | null>(kind: K, meaning: string, of: CountName | null = null): CountDefinition => ({ kind, meaning, of });

/** Drops, by their reason. */
export type DropCount =
  | 'dropped-retention' | 'dropped-purge' | 'dropped-queue-deleted' | 'dropped-corrupt' | 'dropped-rejected' | 'dropped-expired' | 'dropped-length'
  | 'dropped-delivery-limit' | 'dropped-restart';

export type CountName =
  | 'sent' | 'send-retries' | 'send-ok' | 'send-failed' | 'send-rejected' | 'send-throttled' | 'buffer-refused' | 'send-unknown' | 'accepted'
  | 'leased' | 'redelivered' | 'delivered' | 'duplicates'
  | 'handled' | 'handle-failed' | 'handle-abandoned' | 'effects' | 'duplicate-effects' | 'suppressed-effects'
  | 'acknowledged' | 'acknowledged-messages' | 'ack-failed' | 'ack-unknown' | 'negatively-acknowledged'
  | 'lease-extended' | 'lease-expired' | 'lease-released'
  | 'dead-lettered' | 'redriven' | 'dropped' | DropCount | 'unroutable' | 'returned' | 'receives' | 'polls' | 'empty-polls' | 'empty-receives' | 'falsely-empty'
  | 'retries-refused' | 'breaker-opened' | 'breaker-refused' | 'buffer-full' | 'pauses'
  | 'channels-closed' | 'connections-closed' | 'connections-blocked' | 'connections-in-flow'
  | 'faults' | 'crashes' | 'power-losses' | 'storage-stops' | 'syncs' | 'recoveries' | 'corruptions';

/** Every count, in the order in which results list them. */
export const countDefinitions: Readonly<Record<CountName, CountDefinition>> = {
  sent: counted(EventKind.sendInvoke, 'Messages that producers began to send.'),
  'send-retries': counted(null, 'Attempts of producers to send a message beyond the first.', 'sent'),
  'send-ok': counted(EventKind.sendOk, 'Sends whose producer learnt that the message is accepted.', 'sent'),
  'send-failed': counted(EventKind.sendFail, 'Sends that failed for certain: the message was not accepted.', 'sent'),
  'send-rejected': counted(null, 'Sends that failed because the broker refused the message.', 'sent'),
  'send-throttled': counted(null, 'Sends that failed because the broker was overloaded.', 'sent'),
  'buffer-refused': counted(null, 'Sends that failed because the buffer of their producer was full.', 'sent'),
  'send-unknown': counted(EventKind.sendInfo, 'Sends whose outcome the producer never learnt; they count neither as accepted nor as failed.', 'sent'),
  accepted: counted(EventKind.accept, 'Copies that brokers stored; a send that is retried may leave several.', 'sent'),
  leased: counted(EventKind.leaseGrant, 'Leases that brokers granted.', 'accepted'),
  redelivered: counted(null, 'Leases that brokers granted for a copy that had been leased before.', 'leased'),
  delivered: counted(EventKind.deliver, 'Deliveries that reached a consumer.', 'accepted'),
  duplicates: counted(null, 'Deliveries that reached a consumer after an earlier delivery of the same message.', 'delivered'),
  handled: counted(null, 'Handlings that ended well.', 'delivered'),
  'handle-failed': counted(null, 'Handlings that failed.', 'delivered'),
  'handle-abandoned': counted(null, 'Handlings whose process died or was told to stop.', 'delivered'),
  effects: counted(null, 'Effects that took place in the store behind the handlers.', 'sent'),
  'duplicate-effects': counted(null, 'Effects of a message that had had its effect before.', 'effects'),
  'suppressed-effects': counted(null, 'Effects that an idempotent handler did not repeat.', 'effects'),
  acknowledged: counted(EventKind.settle, 'Copies that brokers removed because they were acknowledged.', 'accepted'),
  'acknowledged-messages': counted(null, 'Messages of which a copy was acknowledged: one that an exchange routed to several queues counts once.', 'sent'),
  'ack-failed': counted(EventKind.ackFail, 'Acknowledgements that failed for certain.', 'delivered'),
  'ack-unknown': counted(EventKind.ackInfo, 'Acknowledgements whose outcome the consumer never learnt.', 'delivered'),
  'negatively-acknowledged': counted(EventKind.nackOk, 'Negative acknowledgements that consumers know to have taken.', 'delivered'),
  'lease-extended': counted(EventKind.leaseExtend, 'Leases that brokers extended or shortened.', 'leased'),
  'lease-expired': counted(EventKind.leaseExpire, 'Leases that ran out.', 'leased'),
  'lease-released': counted(EventKind.leaseRelease, 'Leases that were given back.', 'leased'),
  'dead-lettered': counted(null, 'Copies that were moved to a dead-letter queue.', 'accepted'),
  redriven: counted(null, 'Copies that were moved back from a dead-letter queue.', 'dead-lettered'),
  dropped: counted(EventKind.drop, 'Copies that left their queue without acknowledgement, and are in no other.', 'accepted'),
  'dropped-retention': counted(null, 'Copies that were dropped because their retention was over.', 'accepted'),
  'dropped-purge': counted(null, 'Copies that were dropped because their queue was purged.', 'accepted'),
  'dropped-queue-deleted': counted(null, 'Copies that were dropped because their queue was deleted.', 'accepted'),
  'dropped-corrupt': counted(null, 'Copies that were dropped because their record was corrupt.', 'accepted'),
  'dropped-rejected': counted(null, 'Copies that were dropped because a consumer rejected them, with nowhere for dead letters.', 'accepted'),
  'dropped-expired': counted(null, 'Copies that were dropped because their time to live was over, with nowhere for dead letters.', 'accepted'),
  'dropped-length': counted(null, 'Copies that were dropped because their queue was over its length, with nowhere for dead letters.', 'accepted'),
  'dropped-delivery-limit': counted(null, 'Copies that were dropped because they came back more often than the delivery limit allows, with nowhere for dead letters.', 'accepted'),
  'dropped-restart': counted(null, 'Copies that were dropped because they were not to outlive a restart of the broker.', 'accepted'),
  unroutable: counted(EventKind.unroutable, 'Publishes that no queue was bound for, and no alternate exchange took: they are stored nowhere.', 'sent'),
  returned: counted(EventKind.returned, 'Publishes that came back to their producer, because no queue was bound for them (mandatory).', 'unroutable'),
  receives: counted(null, 'Receives that got messages, at once or after a wait.'),
  polls: counted(EventKind.pollEnd, 'Receives that had to wait, and came to an end.'),
  'empty-polls': counted(null, 'Receives that had to wait, and came to an end without a message.', 'polls'),
  'empty-receives': counted(EventKind.emptyReceive, 'Receives that were answered at once, without a message (short polls).'),
  'falsely-empty': counted(null, 'Of these, those that missed a message which could have been handed out: the storage servers that they asked did not have it.', 'empty-receives'),
  'retries-refused': counted(null, 'Messages that a client did not try again, because its retry budget was used up.', 'sent'),
  'breaker-opened': counted(null, 'Times that a producer\'s circuit breaker opened.'),
  'breaker-refused': counted(null, 'Sends that ended because the circuit breaker of their producer was open.', 'sent'),
  'buffer-full': counted(null, 'Times that a producer\'s buffer was full: messages that were rejected or dropped for it, or waits of the source.'),
  pauses: counted(null, 'Times that a consumer received no more, because its buffer was full.'),
  'channels-closed': counted(null, 'Times that a broker closed a channel because of something that it refused, or because a delivery was not acknowledged in time.'),
  'connections-closed': counted(null, 'Times that a broker closed a connection because of something that it refused.'),
  'connections-blocked': counted(null, 'Times that a broker read nothing more of a connection that published, because it was short of memory or of disk space.'),
  'connections-in-flow': counted(null, 'Times that flow control held a connection back, because the storage of a queue had not taken what was published through it.'),
  faults: counted(EventKind.faultBegin, 'Faults that began.'),
  crashes: counted(null, 'Processes that were killed.'),
  'power-losses': counted(null, 'Machines that lost their power.'),
  'storage-stops': counted(null, 'Brokers that stopped because their storage failed.'),
  syncs: counted(EventKind.fsync, 'Syncs of brokers\' journals.'),
  recoveries: counted(EventKind.recoverEnd, 'Recoveries from a journal that came to an end.'),
  corruptions: counted(EventKind.corruption, 'Corrupt places that recoveries or reads found.'),
};
export const COUNT_NAMES = Object.keys(countDefinitions) as readonly CountName[];

const rateMeanings = {
  throughput: 'Acknowledged messages per second, from the first intended send to the last acknowledgement.',
  offered: 'Intended sends per second, from the first to the last.',
  sendRate: 'Sends per second that the producer knows to be accepted, from the first intended send to the last of them.',
  deliveryRate: 'Deliveries per second, from the first intended send to the last of them.',
} as const;
export type RateName = keyof typeof rateMeanings;
export const RATE_NAMES = Object.keys(rateMeanings) as readonly RateName[];

const gaugeMeanings = {
  backlog: 'Messages ready to be received, over all queues.',
  inFlight: 'Messages under a lease, over all queues.',
  delayed: 'Messages whose delay is not over, over all queues.',
} as const;
export type GaugeName = keyof typeof gaugeMeanings;
export const GAUGE_NAMES = Object.keys(gaugeMeanings) as readonly GaugeName[];

/** Everything that a threshold may name: for the loader's checks and for the reference. */
export const MEASURES: readonly MeasureDefinition[] = [
  ...define(latencyMeanings, 'latency', latencyAggregates),
  ...define(rateMeanings, 'rate', ['rate']),
  ...define(gaugeMeanings, 'gauge', ['max', 'mean']),
  ...COUNT_NAMES.map((name) => {
    const { meaning, of } = countDefinitions[name];
    const aggregates: readonly Aggregate[] = of === null ? ['count'] : ['count', 'ratio'];
    return { name, family: 'count' as const, meaning: of === null ? meaning : `${meaning} Its ratio is to ${of}.`, aggregates };
  }),
];

function define(meanings: Readonly<Record<string, string>>, family: MeasureFamily, aggregates: readonly Aggregate[]): MeasureDefinition[] {
  return Object.entries(meanings).map(([name, meaning]) => ({ name, family, meaning, aggregates }));
}

/** The measure of a name, or null. */
export function findMeasure(name: string): MeasureDefinition | null {
  return MEASURES.find((measure) => measure.name === name) ?? null;
}

/** The unit in which an aggregate of a measure, and so a limit for it, is given. */
export function unitOf(family: MeasureFamily, aggregate: Aggregate): MeasureUnit {
  if (aggregate === 'rate') return 'per-second';
  return family === 'latency' && aggregate !== 'count' ? 'micros' : 'number';
}
