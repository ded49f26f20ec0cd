/** A reason for which the contract of a run allows a breach. */
export interface Clause {
  /** The circumstances, for the catalogue: `flush: interval or never, after a power loss`. */
  readonly when: string;
  /** Why they allow it, in one sentence. */
  readonly because: string;
}

/**
 * Everything that can attend a breach and, where the contract of the broken promise lists it, make an anomaly of it. Whether one
 * attends is learned from the history and from the run's configuration; what it excuses stands in `invariant-contracts.ts`.
 */
export const CIRCUMSTANCES = {
  'power-loss': {
    when: 'flush: interval or never, after a power loss',
    because: 'The broker replies before its journal is synced, and a power loss takes what was not synced.',
  },
  'failed-sync': {
    when: 'flush: interval or never, after a failed sync',
    because: 'The broker replies before its journal is synced, and a failed sync throws away what was to be written.',
  },
  'disk-replaced': {
    when: 'any flush policy, after the disk was replaced',
    because: 'There is one copy of the journal, and it was on the disk that was replaced. The ids that had been given went with it: a receipt handle from before may meet another message.',
  },
  'corruption': {
    when: 'any flush policy, after the disk damaged what it held',
    because: 'There is one copy of the journal, and the disk damaged it: what is damaged is detected and cannot be served.',
  },
  // AMQP 0-9-1: delivery-mode 1, and queues declared without `durable`.
  'transient-message': {
    when: 'messages with `persistent: false` in a classic queue, after a restart of the broker',
    because: 'A transient message is confirmed when its classic queue has it, and does not outlive a restart of the broker.',
  },
  'non-durable-queue': {
    when: 'a queue with `durable: false`, after a restart of the broker',
    because: 'A queue that is not durable does not outlive a restart of the broker, and whatever is in it does not either, persistent or not.',
  },
  // RabbitMQ: "Consumer Acknowledgements and Publisher Confirms".
  'unconfirmed-publish': {
    when: 'publishes with `confirm: false` that were under way when something was wrong or a queue was full, or not yet written when their broker died',
    because: 'Without confirms a publish is over for its producer when it is written to the connection: whether it was lost on the way, refused, or lost with the broker, nobody tells. Nor does the commit of a transaction tell what a quorum queue refused of it.',
  },
  'unroutable': {
    when: 'publishes without `mandatory` for which an exchange leads to no queue and has no alternate exchange that does',
    because: 'RabbitMQ confirms a publish that no queue is bound for, and drops it. With `mandatory` it would have come back first, with an alternate exchange it would have gone there.',
  },
  'dead-letter-refused': {
    when: 'dead-lettering at most once, and a target that is full (`overflow: reject-publish`)',
    because: 'By default a dead letter is published without a confirm when its message is gone already: a queue that is full refuses it, and then it is in neither.',
  },
  // The outbox pattern exists because of it.
  'dual-write': {
    when: '`write: row-then-message` or `message-then-row`, and a producer that died between the two, or whose send was not accepted',
    because: 'Row and message are two writes, and nothing ties them together: who dies between the two, or has no success with the second, leaves one without the other. An outbox would not.',
  },
  // SQS Developer Guide, "Standard queues: at-least-once delivery" and "approximate" counters.
  'standard-queue': {
    when: 'a queue that is not strict',
    because: 'A standard queue keeps messages on several servers and may deliver a message again while it is leased or after it was deleted.',
  },
  'drifting-clock': {
    when: "a drifting clock, within the drift's bound",
    because: 'The broker measures leases on its own clock, which ran faster than true time within the bound of its drift.',
  },
  'disturbed-clock': {
    when: 'a wall clock that jumped or drifted',
    because: 'Retention follows the wall clock of the broker, which was not the true time.',
  },
  'wrong-clock': {
    when: "a broker whose wall clock was wrong",
    because: 'Retention, and the deduplication window over a restart, are measured on the wall clock of the broker, and that had jumped.',
  },
  'superseded-handle': {
    when: 'a standard queue, and a handle that a later receive had replaced',
    because: 'A standard queue may delete a message by an older receipt handle than that of its present holder.',
  },
  'sends-side-by-side': {
    when: 'FIFO queue, and producers with several sends of one group under way',
    because: 'A send that is repeated after a timeout can be overtaken by a later one of its group.',
  },
  'put-aside': {
    when: 'FIFO queue, and a message that was moved to the dead-letter queue',
    because: 'A dead-letter queue breaks the order of a group (SQS advises against it where the exact order matters): those behind the message go on without it.',
  },
  'worked-side-by-side': {
    when: 'FIFO queue, and consumers that work on several messages of a group at a time, go on behind one that failed, or acknowledge first',
    because: 'The queue hands out the messages of a group in order, several in one receive: what their consumer does with them is its own affair.',
  },
  'plain-handler': {
    when: 'handlers that promise nothing, as plain ones, or handlers of several kinds on one queue',
    because: 'A plain handler has its effect whenever the message comes to it, and acknowledges afterwards: when the acknowledgement is late or lost, the message comes again. One that forgets, or notes what it did apart from doing it, does no better.',
  },
  'not-idempotent': {
    when: 'handlers that do not all make repetitions harmless',
    because: 'Only idempotent handlers, upserts of rows of their own and inboxes promise it: a plain one repeats its effect whenever the message comes again, and one that acknowledges first has no second delivery when it crashes before its effect.',
  },
  'late-acknowledgement': {
    when: 'ack-first handlers, and an acknowledgement that came when another consumer had settled the message',
    because: 'The lease ended before the acknowledgement arrived, and the broker answers it with success all the same (SQS: deleting what is deleted succeeds): the consumer cannot tell that it came too late.',
  },
  'several-copies': {
    when: 'plain or ack-first handlers, and a send of which several copies were stored',
    because: 'The broker stored several copies of the message, because the producer tried again after an unanswered attempt or an exchange routed it to several queues, and each of them is delivered; acknowledging first limits the effects of each copy.',
  },
} as const satisfies Readonly<Record<string, Clause>>;

export type Circumstance = keyof typeof CIRCUMSTANCES;

/** Those that excuse the loss of what was in the journal. */
export const LOSSES = ['power-loss', 'failed-sync', 'disk-replaced', 'corruption'] as const satisfies readonly Circumstance[];

/** Those that excuse that an acknowledged send is nowhere, though the journal lost nothing. */
export const GIVEN_AWAY = ['transient-message', 'non-durable-queue', 'unconfirmed-publish', 'unroutable', 'dead-letter-refused'] as const satisfies readonly Circumstance[];
