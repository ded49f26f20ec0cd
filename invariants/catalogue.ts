import { ackCarriedOut } from './promises/ack-carried-out.js';
import { ackedNotRedelivered } from './promises/acked-not-redelivered.js';
import { ackedSendNotLost } from './promises/acked-send-not-lost.js';
import { atLeastOnceDlx } from './promises/at-least-once-dlx.js';
import { atMostOnceEffects } from './promises/at-most-once-effects.js';
import { backpressureOnly } from './promises/backpressure-only.js';
import { clientGuards } from './promises/client-guards.js';
import { confirmExactlyOnce } from './promises/confirm-exactly-once.js';
import { consumerPriority } from './promises/consumer-priority.js';
import { consumerTimeout } from './promises/consumer-timeout.js';
import { consumersServed } from './promises/consumers-served.js';
import { countExact } from './promises/count-exact.js';
import { dlCycleDropped } from './promises/dl-cycle-dropped.js';
import { dlReasonAndDeathHeader } from './promises/dl-reason-and-death-header.js';
import { dlqConservation } from './promises/dlq-conservation.js';
import { dlqExactTrigger } from './promises/dlq-exact-trigger.js';
import { dlqIdentity } from './promises/dlq-identity.js';
import { drains } from './promises/drains.js';
import { droppedWithCause } from './promises/dropped-with-cause.js';
import { exactlyOnceEffects } from './promises/exactly-once-effects.js';
import { exclusiveConsumer } from './promises/exclusive-consumer.js';
import { expiryAtHead } from './promises/expiry-at-head.js';
import { extendFromNow } from './promises/extend-from-now.js';
import { fairDwell } from './promises/fair-dwell.js';
import { fifoDedupWindow } from './promises/fifo-dedup-window.js';
import { groupEffectsInOrder } from './promises/group-effects-in-order.js';
import { groupFifo } from './promises/group-fifo.js';
import { groupHeadBlocks } from './promises/group-head-blocks.js';
import { inflightCap } from './promises/inflight-cap.js';
import { leaseCap } from './promises/lease-cap.js';
import { leaseExclusive } from './promises/lease-exclusive.js';
import { leaseExpiryLive } from './promises/lease-expiry-live.js';
import { leaseNotEarly } from './promises/lease-not-early.js';
import { ledgerNoResurrect } from './promises/ledger-no-resurrect.js';
import { longpollContract } from './promises/longpoll-contract.js';
import { maxDeliveries } from './promises/max-deliveries.js';
import { maxlenReady } from './promises/maxlen-ready.js';
import { messageLedger } from './promises/message-ledger.js';
import { nackedSendAbsent } from './promises/nacked-send-absent.js';
import { noPhantom } from './promises/no-phantom.js';
import { notAfterTtl } from './promises/not-after-ttl.js';
import { notBeforeDelay } from './promises/not-before-delay.js';
import { prefetchBound } from './promises/prefetch-bound.js';
import { priorityRespected } from './promises/priority-respected.js';
import { producerOrder } from './promises/producer-order.js';
import { queueFifoFirstDelivery } from './promises/queue-fifo-first-delivery.js';
import { queueLifetime } from './promises/queue-lifetime.js';
import { redeliveredFlag } from './promises/redelivered-flag.js';
import { requeuePosition } from './promises/requeue-position.js';
import { returnBeforeAck } from './promises/return-before-ack.js';
import { routedByBindings } from './promises/routed-by-bindings.js';
import { rowAndMessage } from './promises/row-and-message.js';
import { sacOneActive } from './promises/sac-one-active.js';
import { staleHandleTable } from './promises/stale-handle-table.js';
import { zombieAckSafe } from './promises/zombie-ack-safe.js';

/** Every invariant, in the order of verdicts and of the catalogue. */
export const INVARIANTS = [
  noPhantom,
  ackedSendNotLost,
  nackedSendAbsent,
  ackedNotRedelivered,
  ledgerNoResurrect,
  leaseExclusive,
  leaseNotEarly,
  extendFromNow,
  leaseCap,
  leaseExpiryLive,
  countExact,
  maxDeliveries,
  dlqExactTrigger,
  dlqConservation,
  notBeforeDelay,
  notAfterTtl,
  droppedWithCause,
  messageLedger,
  drains,
  dlqIdentity,
  staleHandleTable,
  zombieAckSafe,
  longpollContract,
  inflightCap,
  groupFifo,
  groupHeadBlocks,
  groupEffectsInOrder,
  producerOrder,
  fifoDedupWindow,
  fairDwell,
  ackCarriedOut,
  prefetchBound,
  consumersServed,
  consumerTimeout,
  requeuePosition,
  queueFifoFirstDelivery,
  maxlenReady,
  expiryAtHead,
  routedByBindings,
  returnBeforeAck,
  confirmExactlyOnce,
  redeliveredFlag,
  priorityRespected,
  sacOneActive,
  consumerPriority,
  exclusiveConsumer,
  queueLifetime,
  dlReasonAndDeathHeader,
  dlCycleDropped,
  atLeastOnceDlx,
  backpressureOnly,
  clientGuards,
  rowAndMessage,
  atMostOnceEffects,
  exactlyOnceEffects,
] as const;

export type InvariantId = (typeof INVARIANTS)[number]['id'];
