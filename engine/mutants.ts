/**
 * Deliberate bugs, each the kind of mistake that real brokers and clients have shipped, switched on by name to prove that
 * the invariant beside it notices. All are off unless a run asks for them; an engine reads one boolean where a bug sits.
 */
export interface Mutations {
  readonly scribbleBody: boolean;
  readonly replyBeforeDurable: boolean;
  readonly storeBeforeValidation: boolean;
  readonly deleteNotJournalled: boolean;
  readonly leaseHandedOutTwice: boolean;
  readonly extendInMilliseconds: boolean;
  readonly leaseTimerNotRearmed: boolean;
  readonly releaseResetsCount: boolean;
  readonly oneDeliveryTooMany: boolean;
  readonly deadLetterOnTimeout: boolean;
  readonly deadLetterCopiedTwice: boolean;
  readonly retentionForgetsInFlight: boolean;
  readonly acknowledgeAfterWork: boolean;
  readonly coarseDeduplicationId: boolean;
}

export interface Mutant {
  /** How a run asks for it. */
  readonly name: string;
  /** The field of {@link Mutations} that switches it on. */
  readonly flag: keyof Mutations;
  /** Id of the invariant that must catch it. */
  readonly invariant: string;
  /** The real mistake it stands for. */
  readonly description: string;
  /** What a run needs for the bug to show. */
  readonly needs: string;
}

/** Nothing is wrong. */
export const NO_MUTATIONS: Mutations = Object.freeze({
  scribbleBody: false,
  replyBeforeDurable: false,
  storeBeforeValidation: false,
  deleteNotJournalled: false,
  leaseHandedOutTwice: false,
  extendInMilliseconds: false,
  leaseTimerNotRearmed: false,
  releaseResetsCount: false,
  oneDeliveryTooMany: false,
  deadLetterOnTimeout: false,
  deadLetterCopiedTwice: false,
  retentionForgetsInFlight: false,
  acknowledgeAfterWork: false,
  coarseDeduplicationId: false,
});

/** Every mutant, one for each invariant. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'scribble-body', flag: 'scribbleBody', invariant: 'no-phantom',
    description: 'A delivery shares its buffer with something else, which writes into it: every eighth message arrives with a changed byte.',
    needs: 'deliveries',
  },
  {
    name: 'reply-before-durable', flag: 'replyBeforeDurable', invariant: 'acked-send-not-lost',
    description: 'The broker answers a send when it has appended the record, not when the record is durable.',
    needs: 'a power loss of the broker under load',
  },
  {
    name: 'store-before-validation', flag: 'storeBeforeValidation', invariant: 'nacked-send-absent',
    description: 'A message is stored before its size is checked; the send is rejected and the message stays.',
    needs: 'sends larger than the maximum message size',
  },
  {
    name: 'delete-not-journalled', flag: 'deleteNotJournalled', invariant: 'acked-not-redelivered',
    description: 'An acknowledgement changes memory only; after a restart the message is back.',
    needs: 'a restart of the broker after acknowledgements',
  },
  {
    name: 'lease-handed-out-twice', flag: 'leaseHandedOutTwice', invariant: 'lease-exclusive',
    description: 'Every eighth leased message stays in the reach of the next poll, which gets it under a second lease.',
    needs: 'two polls',
  },
  {
    name: 'extend-in-milliseconds', flag: 'extendInMilliseconds', invariant: 'lease-not-early',
    description: 'The timeout of an extension is taken for another unit: the lease ends a thousand times too early.',
    needs: 'lease extensions',
  },
  {
    name: 'lease-timer-not-rearmed', flag: 'leaseTimerNotRearmed', invariant: 'lease-expiry-live',
    description: 'After the lease timer fired once it is never armed again: later leases do not end and their messages never return.',
    needs: 'leases that run out twice, with pollers',
  },
  {
    name: 'release-resets-count', flag: 'releaseResetsCount', invariant: 'count-exact',
    description: 'A negative acknowledgement sets the delivery count back to zero.',
    needs: 'negative acknowledgements, no dead-letter queue',
  },
  {
    name: 'one-delivery-too-many', flag: 'oneDeliveryTooMany', invariant: 'max-deliveries',
    description: 'The maximum receive count is compared with > instead of >=.',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'dead-letter-on-timeout', flag: 'deadLetterOnTimeout', invariant: 'dlq-exact-trigger',
    description: 'A message moves to the dead-letter queue when its last lease ends, not when it would be received once more.',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'dead-letter-copied-twice', flag: 'deadLetterCopiedTwice', invariant: 'dlq-conservation',
    description: 'The transfer to the dead-letter queue is retried after a lost confirmation: a second copy is stored there.',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'retention-forgets-in-flight', flag: 'retentionForgetsInFlight', invariant: 'message-ledger',
    description: 'When retention ends for a message in flight, the counter of messages in flight is not lowered.',
    needs: 'a lease that is longer than what is left of the retention period',
  },
  {
    name: 'acknowledge-after-work', flag: 'acknowledgeAfterWork', invariant: 'at-most-once-effects',
    description: 'A consumer that should acknowledge before it processes does so afterwards.',
    needs: 'an ack-first consumer that crashes or is slower than its lease',
  },
  {
    name: 'coarse-deduplication-id', flag: 'coarseDeduplicationId', invariant: 'exactly-once-effects',
    description: 'The id that a handler remembers is too coarse, like a time in seconds: of messages that share one, all but the first pass for repetitions.',
    needs: 'an idempotent handler',
  },
];

/**
 * The mutations that the named mutants switch on.
 *
 * @throws {UnknownMutantError} when no mutant has one of the names
 */
export function mutationsOf(names: readonly string[]): Mutations {
  const mutations: Record<keyof Mutations, boolean> = { ...NO_MUTATIONS };
  for (const name of names) {
    const mutant = MUTANTS.find((candidate) => candidate.name === name);
    if (mutant === undefined) throw new UnknownMutantError(name);
    mutations[mutant.flag] = true;
  }
  return Object.freeze(mutations);
}

/** Thrown by {@link mutationsOf} for a name that is not in {@link MUTANTS}. */
export class UnknownMutantError extends Error {
  readonly code = 'QL_ENGINE_UNKNOWN_MUTANT';
  constructor(name: string) {
    super(`There is no mutant "${name}". Known: ${MUTANTS.map((mutant) => mutant.name).join(', ')}.`);
    this.name = 'UnknownMutantError';
  }
}
