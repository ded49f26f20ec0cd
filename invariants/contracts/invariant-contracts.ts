import type { InvariantId } from '../catalogue.js';
import { type Circumstance, GIVEN_AWAY, LOSSES } from './circumstances.js';
import type { SystemId } from './systems.js';

/** Where one promise must hold, and where a breach of it is no fault. */
export interface InvariantContract {
  /**
   * What each system promises: `must`, or why a breach may happen there. A system that is not named makes no such promise: it has
   * nothing of the kind, or leaves it open.
   */
  readonly systems: Readonly<Partial<Record<SystemId, 'must' | { readonly may: string }>>>;
  /** The circumstances that make an anomaly of a breach, in what queuelab runs. The judge lets nothing else pass. */
  readonly excusedBy: readonly Circumstance[];
}

const MUST = 'must';
const RARE_DUPLICATES = { may: 'rare duplicates, also while a message is leased or after it was deleted' } as const;
const APPROXIMATE = { may: 'counters are approximate' } as const;
const BY_DURABILITY = { may: 'where the durability matrix allows a loss' } as const;
const EVERYWHERE = {
  'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'rabbitmq-stream': MUST,
  'kafka-group': MUST, 'kafka-share': MUST, 'redis-streams': MUST,
} as const satisfies Record<SystemId, typeof MUST>;

const EITHER_HANDLER = { may: 'by the kind of handler' } as const;
const BY_HANDLER = {
  'strict': EITHER_HANDLER, 'sqs-standard': EITHER_HANDLER, 'sqs-fifo': EITHER_HANDLER, 'rabbitmq-classic': EITHER_HANDLER, 'rabbitmq-quorum': EITHER_HANDLER,
} as const;

/** Total: an invariant without a row does not compile. */
export const INVARIANT_CONTRACTS: Readonly<Record<InvariantId, InvariantContract>> = {
  'no-phantom': { systems: EVERYWHERE, excusedBy: [] },
  'acked-send-not-lost': {
    systems: {
      'strict': BY_DURABILITY, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'rabbitmq-classic': BY_DURABILITY, 'rabbitmq-quorum': BY_DURABILITY,
      'rabbitmq-stream': BY_DURABILITY, 'kafka-group': BY_DURABILITY, 'kafka-share': BY_DURABILITY, 'redis-streams': BY_DURABILITY,
    },
    excusedBy: [...LOSSES, ...GIVEN_AWAY],
  },
  'nacked-send-absent': {
    systems: {
      'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'kafka-group': MUST, 'redis-streams': MUST,
      'rabbitmq-classic': { may: 'routed to several queues: those that took it keep it' },
      'rabbitmq-quorum': { may: 'routed to several queues: those that took it keep it' },
    },
    excusedBy: [],
  },
  'acked-not-redelivered': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'kafka-share': MUST, 'sqs-standard': RARE_DUPLICATES,
      'rabbitmq-classic': { may: 'after a crash' }, 'rabbitmq-quorum': { may: 'leader lost before the acknowledgement was committed' },
      'kafka-group': { may: 'a rebalance with a stale commit' }, 'redis-streams': { may: 'after a failover' },
    },
    excusedBy: [...LOSSES, 'standard-queue'],
  },
  'ledger-no-resurrect': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'kafka-share': MUST, 'sqs-standard': { may: 'a delete on a server that was unavailable' },
      'rabbitmq-classic': { may: 'after a crash' }, 'rabbitmq-quorum': { may: 'before replication' }, 'redis-streams': { may: 'after a failover' },
    },
    excusedBy: ['standard-queue'],
  },
  'lease-exclusive': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'kafka-share': MUST, 'redis-streams': MUST,
      'sqs-standard': RARE_DUPLICATES,
    },
    excusedBy: ['drifting-clock', 'standard-queue'],
  },
  'lease-not-early': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'kafka-share': MUST, 'redis-streams': MUST,
      'sqs-standard': RARE_DUPLICATES,
    },
    excusedBy: ['drifting-clock', ...LOSSES, 'standard-queue'],
  },
  'extend-from-now': { systems: { 'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'kafka-share': MUST }, excusedBy: [] },
  'lease-cap': { systems: { 'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST }, excusedBy: ['drifting-clock'] },
  'lease-expiry-live': {
    systems: {
      'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'rabbitmq-quorum': MUST, 'kafka-group': MUST, 'kafka-share': MUST,
      'rabbitmq-classic': { may: 'until the channel closes' }, 'redis-streams': { may: 'never by itself: somebody has to claim' },
    },
    excusedBy: [],
  },
  'count-exact': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'rabbitmq-quorum': MUST, 'kafka-share': MUST, 'sqs-standard': APPROXIMATE,
      'redis-streams': { may: 'reads of the own history, JUSTID, and failover' },
    },
    excusedBy: [...LOSSES, 'standard-queue'],
  },
  'max-deliveries': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'kafka-share': MUST, 'sqs-standard': RARE_DUPLICATES,
      'rabbitmq-quorum': { may: 'one more than the limit, which counts returns' },
    },
    excusedBy: [...LOSSES, 'standard-queue'],
  },
  'dlq-exact-trigger': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'rabbitmq-quorum': MUST, 'kafka-share': MUST, 'sqs-standard': { may: 'a duplicate that races the move' },
    },
    excusedBy: ['standard-queue'],
  },
  'dlq-conservation': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'sqs-standard': { may: 'a duplicate in the old queue that races the move' },
      'rabbitmq-classic': { may: 'at-most-once transfer: a full or missing target loses it' },
      'rabbitmq-quorum': { may: 'by strategy: at most once, or at least once and then perhaps twice' },
    },
    excusedBy: [...LOSSES, 'standard-queue'],
  },
  'not-before-delay': { systems: { 'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'rabbitmq-quorum': MUST }, excusedBy: ['drifting-clock'] },
  'not-after-ttl': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'sqs-standard': RARE_DUPLICATES,
      'kafka-group': { may: 'segments go as a whole: older records are served' }, 'rabbitmq-stream': { may: 'segments go as a whole: older records are served' },
    },
    excusedBy: ['disturbed-clock', 'standard-queue'],
  },
  'dropped-with-cause': { systems: EVERYWHERE, excusedBy: ['wrong-clock'] },
  'message-ledger': { systems: { ...EVERYWHERE, 'sqs-standard': APPROXIMATE }, excusedBy: ['standard-queue'] },
  'drains': {
    systems: {
      'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST, 'rabbitmq-quorum': MUST, 'kafka-group': MUST, 'kafka-share': MUST,
      'rabbitmq-classic': { may: 'until the channel closes' }, 'redis-streams': { may: 'never by itself: somebody has to claim' },
    },
    excusedBy: [],
  },
  'dlq-identity': { systems: { 'strict': MUST, 'sqs-standard': MUST, 'sqs-fifo': MUST }, excusedBy: ['wrong-clock'] },
  'stale-handle-table': {
    systems: {
      'strict': MUST, 'sqs-fifo': MUST, 'sqs-standard': { may: 'a delete with a superseded handle is answered with success, whatever it does' },
      'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'kafka-share': MUST,
      'redis-streams': { may: 'anyone may acknowledge' },
    },
    excusedBy: LOSSES,
  },
  'zombie-ack-safe': {
    systems: {
      'sqs-fifo': MUST, 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'kafka-group': MUST, 'kafka-share': MUST,
      'strict': { may: 'a standard queue lets an older handle delete' }, 'sqs-standard': { may: 'an older handle may delete' },
      'redis-streams': { may: 'by design: anyone may acknowledge' },
    },
    excusedBy: ['superseded-handle'],
  },
  'longpoll-contract': {
    systems: { 'strict': MUST, 'sqs-fifo': MUST, 'sqs-standard': { may: 'rarely an empty answer though a message is there' } },
    excusedBy: ['standard-queue'],
  },
  'inflight-cap': { systems: { 'strict': MUST, 'sqs-standard': { may: 'the limit is approximate' }, 'sqs-fifo': MUST }, excusedBy: ['standard-queue'] },
  'group-fifo': { systems: { 'sqs-fifo': MUST }, excusedBy: LOSSES },
  'group-head-blocks': { systems: { 'sqs-fifo': MUST }, excusedBy: [] },
  'group-effects-in-order': { systems: { 'sqs-fifo': { may: 'after a dead-letter move, and where consumers work on messages of a group side by side' } }, excusedBy: ['put-aside', 'worked-side-by-side'] },
  'producer-order': {
    systems: { 'sqs-fifo': MUST, 'rabbitmq-stream': MUST, 'kafka-group': { may: 'retries without idempotence and several requests in flight' } },
    excusedBy: ['sends-side-by-side'],
  },
  'fifo-dedup-window': { systems: { 'sqs-fifo': { may: 'a scope that is changed later has no effect' } }, excusedBy: ['wrong-clock', ...LOSSES] },
  'fair-dwell': { systems: { 'strict': MUST, 'sqs-standard': { may: 'what is noisy is approximate' } }, excusedBy: ['standard-queue'] },
  'ack-carried-out': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'prefetch-bound': { systems: { 'rabbitmq-classic': { may: 'for a moment when a prefetch is lowered' }, 'rabbitmq-quorum': { may: 'for a moment when a prefetch is lowered' } }, excusedBy: [] },
  'consumers-served': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'consumer-timeout': { systems: { 'rabbitmq-classic': { may: 'since 4.3 there is none' }, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'requeue-position': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': { may: 'without a delivery limit what is given back goes to the tail, and with delayed retry it waits' } }, excusedBy: [] },
  'queue-fifo-first-delivery': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'maxlen-ready': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': { may: 'publishes under way overshoot a limit that rejects' } }, excusedBy: [] },
  'expiry-at-head': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': { may: 'since 4.3 at the head of each priority' } }, excusedBy: [] },
  'routed-by-bindings': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'return-before-ack': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'confirm-exactly-once': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST, 'rabbitmq-stream': MUST }, excusedBy: [] },
  'redelivered-flag': { systems: { 'rabbitmq-classic': { may: 'a crash of the broker forgets it' }, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'priority-respected': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': { may: 'what comes back has lost its priority; before 4.3 two levels take turns' } }, excusedBy: [] },
  'sac-one-active': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'consumer-priority': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'exclusive-consumer': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': { may: 'it takes no notice of the flag' } }, excusedBy: [] },
  'queue-lifetime': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'dl-reason-and-death-header': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'dl-cycle-dropped': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'at-least-once-dlx': { systems: { 'rabbitmq-quorum': { may: 'at most once, which is the default' } }, excusedBy: [] },
  'backpressure-only': { systems: { 'rabbitmq-classic': MUST, 'rabbitmq-quorum': MUST }, excusedBy: [] },
  'client-guards': { systems: EVERYWHERE, excusedBy: [] },
  'row-and-message': { systems: EVERYWHERE, excusedBy: ['dual-write', 'unroutable'] },
  'at-most-once-effects': {
    systems: BY_HANDLER,
    excusedBy: ['plain-handler', 'late-acknowledgement', 'several-copies', ...LOSSES, 'standard-queue'],
  },
  'exactly-once-effects': {
    systems: BY_HANDLER,
    excusedBy: ['not-idempotent', 'several-copies', ...LOSSES, ...GIVEN_AWAY],
  },
};
