import { DropReason, EventKind, HandleState, LetterFate, LocalWrite, MoveReason, NO_DEADLINE_MICROS, PollEndCause, StopCause } from '../../../history/index.js';
import type { InvariantId } from '../../../invariants/index.js';
import { CLASSIC, FIFO, GUARDED, history, type HistoryBuilder, LIVING, PASSING, RANKED, ROUTED, SHORT_LIVED, TIMED, withHandlers, withOrders, withPush } from '../history-builder.js';

/** Handed out so often, each time until its lease ends. */
export function failing(run: HistoryBuilder, times: number): HistoryBuilder {
  for (let time = 0; time < times; time++) run.at(31 * time).received(1).at(31 * time + 30).expire(1);
  return run;
}

/** A message with a delay of ten seconds is handed out. */
export const handedOutAt = (run: HistoryBuilder, seconds: number): HistoryBuilder => run.sent(1, { delaySeconds: 10 }).at(seconds).received(1);

/** A message is handed out when it is so many days old; the queue keeps messages for fourteen. */
export const handedOutAfter = (run: HistoryBuilder, days: number): HistoryBuilder => run.sent(1).at(days * 86_400).received(1);

/** A lease is extended by so much, 1000 seconds after its receive. */
export const extendedTo = (run: HistoryBuilder, secondsAfterReceive: number): HistoryBuilder =>
  run.sent(1).grant(1, 'consumer-1', { seconds: 2000 }).deliver(1).at(1000).extendInvoke(1, secondsAfterReceive - 1000).extendLease(1, secondsAfterReceive - 1000);

/** Dropped, and handed out in the same life of the broker. */
export const resurrected = (run: HistoryBuilder): HistoryBuilder => run.sent(1).drop(1).at(1).received(1);
/** A fair queue in which the group `noisy` holds 40 messages and has more, and one of `quiet` waits. */
export function crowd(run: HistoryBuilder): HistoryBuilder {
  for (let copy = 1; copy <= 41; copy++) run.sent(copy).place(copy, 'noisy', { deduplication: 0 });
  for (let copy = 1; copy <= 40; copy++) run.received(copy);
  return run.at(1).sent(50).place(50, 'quiet', { deduplication: 0 }).at(2);
}

/** A restart of the broker drops message 1, as it does with what need not outlive one. */
export const dropsAtRestart = (run: HistoryBuilder): HistoryBuilder => run.sent(1).stop().recoverBegin().restore(1).drop(1, DropReason.restart).recoverEnd();

/** Message 1 is confirmed, and no queue was bound for it. */
export const unroutable = (run: HistoryBuilder): HistoryBuilder => run.invoke(1).emit(EventKind.unroutable, 'broker', { peer: 'producer-1', dest: 'orders', message: 1 }).sendOk(1);

/** Message 2 is rejected by a consumer of `orders`, and `dead` refuses its dead letter, with message 3 or nothing in it. */
export function deadLetterRefused(run: HistoryBuilder, isFull = true): HistoryBuilder {
  if (isFull) run.sent(3, { queue: 'dead' });
  return run.sent(2).received(2).nackInvoke(2).release(2)
    .emit(EventKind.move, 'broker', { peer: '(default exchange)', dest: 'orders', message: 2, copy: 2, a: 1, b: MoveReason.rejected, c: 1 })
    .emit(EventKind.deadLetter, 'broker', { peer: 'dead', dest: 'orders', message: 2, copy: 2, b: MoveReason.rejected, c: LetterFate.refused });
}

const letter = (run: HistoryBuilder, copy: number, reason: MoveReason, deaths: number): HistoryBuilder =>
  run.accept(1, copy).emit(EventKind.deathHeader, 'broker', { peer: 'orders', dest: 'orders', message: 1, copy, a: reason, b: deaths, c: 1 });
const died = (run: HistoryBuilder, copy: number, reason: MoveReason): HistoryBuilder =>
  run.emit(EventKind.move, 'broker', { peer: '(default exchange)', dest: 'orders', message: 1, copy, b: reason, c: 1 });

/** A message is rejected, comes back as a dead letter, and is rejected again; the second letter says that it died so often. */
function rejectedTwice(run: HistoryBuilder, said: number): HistoryBuilder {
  const once = letter(died(run.sent(1).received(1).nackInvoke(1).release(1), 1, MoveReason.rejected), 2, MoveReason.rejected, 1);
  return letter(died(once.received(2).nackInvoke(2).release(2), 2, MoveReason.rejected), 3, MoveReason.rejected, said);
}

/** A message expires, and comes back to the queue in which it did. */
const expiredRound = (run: HistoryBuilder): HistoryBuilder => letter(died(run.sent(1), 1, MoveReason.expired), 2, MoveReason.expired, 1);

const KEEPING = withPush({ type: 'quorum', keepsPosition: false, hasDeadLetters: true, keepsDeadLetters: true });

/** Message 1 is set aside to be dead-lettered, and its letter is stored in `dead`; another in `letters` has this fate. */
const keptLetter = (run: HistoryBuilder, fate: LetterFate): HistoryBuilder => run.sent(1).received(1).nackInvoke(1).release(1)
  .emit(EventKind.setAside, 'broker', { dest: 'orders', message: 1, copy: 1, a: MoveReason.rejected, c: NO_DEADLINE_MICROS })
  .emit(EventKind.deadLetter, 'broker', { peer: 'dead', dest: 'orders', message: 1, copy: 1, a: 1, b: MoveReason.rejected, c: LetterFate.stored })
  .accept(1, 2, { queue: 'dead' }).emit(EventKind.deathHeader, 'broker', { peer: 'orders', dest: 'dead', message: 1, copy: 2, a: MoveReason.rejected, b: 1, c: 1 })
  .emit(EventKind.deadLetter, 'broker', { peer: 'letters', dest: 'orders', message: 1, copy: 1, a: 1, b: MoveReason.rejected, c: fate });

const letGo = (run: HistoryBuilder): HistoryBuilder => run.emit(EventKind.move, 'broker', { peer: 'letters', dest: 'orders', message: 1, copy: 1, a: 1, b: MoveReason.rejected });

/** Message 2 has a higher priority than message 1, and both are ready. */
const prioritised = (run: HistoryBuilder): HistoryBuilder =>
  run.invoke(1).accept(1, 1, { priority: 1 }).sendOk(1).invoke(2).accept(2, 2, { priority: 3 }).sendOk(2);

/** The broker reads nothing of the producer, and then it does again; the message was under way. */
const blockedWhileSending = (run: HistoryBuilder): HistoryBuilder => run.invoke(1).emit(EventKind.connectionBlocked, 'broker', { peer: 'producer-1', a: 1 })
  .at(1).emit(EventKind.connectionBlocked, 'broker', { peer: 'producer-1', a: 0 });

/** Moved to the dead-letter queue 93 seconds after its send. */
export const dead = (run: HistoryBuilder): HistoryBuilder => failing(run.sent(1), 3).at(93).pollWait().move(1).pollEnd();

/** For each invariant a history, written by hand, of which it alone says that it is bad. Total: an invariant without one does not compile. */
export const CONVICTING: Readonly<Record<InvariantId, () => HistoryBuilder>> = {
  'no-phantom': () => history().accept(9).received(9),
  'acked-send-not-lost': () => history().sent(1).restart(StopCause.kill).drained(),
  'nacked-send-absent': () => history().invoke(1).accept(1).sendFail(1).received(1),
  'acked-not-redelivered': () => history().life(1).restart(StopCause.kill, 1).received(1),
  'ledger-no-resurrect': () => resurrected(history()),
  'lease-exclusive': () => history().sent(1).received(1).at(1).received(1, 'consumer-2'),
  'lease-not-early': () => history().sent(1).received(1).at(5).expire(1),
  'extend-from-now': () => history().sent(1).received(1).at(10).extendInvoke(1, 30).extendLease(1, 50),
  'lease-cap': () => extendedTo(history(), 43_201),
  'lease-expiry-live': () => history().sent(1).received(1).at(20).pollWait().at(40).pollEnd(),
  'count-exact': () => history().sent(1).grant(1, 'consumer-1', { count: 2 }),
  'max-deliveries': () => failing(history().sent(1), 3).at(120).received(1),
  'dlq-exact-trigger': () => history().sent(1).pollWait().move(1).pollEnd(),
  'dlq-conservation': () => history().sent(1).accept(1, 2, { queue: 'dead' }),
  'not-before-delay': () => handedOutAt(history(), 9),
  'not-after-ttl': () => handedOutAfter(history(), 15),
  'dropped-with-cause': () => history().sent(1).at(7 * 86_400).drop(1, DropReason.retention),
  'message-ledger': () => history().sent(1).ledger('orders', 2),
  'dlq-identity': () => dead(history(SHORT_LIVED)).at(153).drop(1, DropReason.retention),
  'stale-handle-table': () => history(FIFO).sentTo(1).received(1).at(30).expire(1).ackInvoke(1).settle(1, HandleState.expired),
  'zombie-ack-safe': () => {
    const run = history(FIFO).sentTo(1).received(1);
    const old = run.handle(1);
    return run.ackInvoke(1).at(30).expire(1).received(1, 'consumer-2').settle(1, HandleState.superseded, old);
  },
  'longpoll-contract': () => history().pollWait('consumer-1', 'orders', 20).at(10).pollTimesOut(),
  'inflight-cap': () => history(withOrders({ maxInFlight: 1 })).sent(1).sent(2).received(1).received(2),
  'group-fifo': () => history(FIFO).sentTo(1).sentTo(2).received(2),
  'group-head-blocks': () => history(FIFO).sentTo(1).sentTo(2).received(1).at(1).received(2, 'consumer-2'),
  'group-effects-in-order': () => history(FIFO).sentTo(1).sentTo(2).received(1).received(2).effect(2).effect(1),
  'producer-order': () => history(FIFO).invoke(1, { queue: 'jobs.fifo' }).sentTo(2).accept(1, 3, { queue: 'jobs.fifo' }).place(3).sendOk(1),
  'fifo-dedup-window': () => history(FIFO).sentTo(1, 'g', { deduplication: 7 }).at(299).sentTo(2, 'g', { deduplication: 7 }),
  'fair-dwell': () => crowd(history(withOrders({ isFair: true }))).received(41),
  'ack-carried-out': () => history(CLASSIC).comes().sent(1).received(1).ackInvoke(1).at(1).goes().expire(1),
  'prefetch-bound': () => history(CLASSIC).sent(1).sent(2).sent(3).received(1).received(2).received(3),
  'consumers-served': () => history(CLASSIC).comes().sent(1).sent(2).received(1).at(5).acked(1).received(2),
  'consumer-timeout': () => history(TIMED).comes().sent(1).received(1).at(3_000).acked(1),
  'requeue-position': () => history(CLASSIC).sent(1).sent(2).received(1).expire(1).received(2),
  'queue-fifo-first-delivery': () => history(CLASSIC).sent(1).sent(2).received(2).received(1),
  'maxlen-ready': () => history(CLASSIC).sent(1).sent(2).sent(3).at(1).sent(4).at(2).sent(5),
  'expiry-at-head': () => history(LIVING).invoke(1, { producer: 'producer-2' }).accept(1).sent(2).at(10).drop(2, DropReason.expired).at(11).received(1),
  'routed-by-bindings': () => history(ROUTED).publish(1, 'order.new').accept(1, 1).sendOk(1),
  'return-before-ack': () => history(CLASSIC).invoke(1).emit(EventKind.unroutable, 'broker', { dest: 'orders', message: 1, a: 1 }).sendOk(1),
  'row-and-message': () => history(GUARDED).emit(EventKind.localWrite, 'keeper', { dest: 'orders', message: 1, a: LocalWrite.row }).drained(),
  'client-guards': () => history(GUARDED).invoke(1).paidAttempt(1, 2).paidAttempt(1, 3).accept(1).sendOk(1).life(1),
  'confirm-exactly-once': () => history(CLASSIC).life(1).emit(EventKind.strayConfirm, 'producer-1', { dest: 'orders', a: 1 }),
  'redelivered-flag': () => history(CLASSIC).sent(1).received(1).expire(1).grant(1).deliver(1, { isMarked: false }),
  'priority-respected': () => prioritised(history(withPush({ priorities: { highest: 5, usual: 0 }, keepsPosition: false }))).received(1),
  'sac-one-active': () => history(withPush({ singleActive: { takesOver: false, priorities: {} }, keepsPosition: false })).comes().comes('consumer-2').sent(1).sent(2).received(1).received(2, 'consumer-2'),
  'consumer-priority': () => history(RANKED).comes().comes('consumer-2').sent(1).received(1),
  'exclusive-consumer': () => history(withPush({ exclusiveConsumers: ['consumer-1'] })).comes().comes('consumer-2'),
  'queue-lifetime': () => history(PASSING).comes().sent(1).goes().at(5).comes().received(1),
  'dl-reason-and-death-header': () => rejectedTwice(history(CLASSIC), 1),
  'dl-cycle-dropped': () => expiredRound(history(withPush({ hasDeadLetters: true }))),
  'at-least-once-dlx': () => letGo(keptLetter(history(KEEPING), LetterFate.refused)),
  'backpressure-only': () => blockedWhileSending(history(CLASSIC)).at(30).attempt(1, 2).accept(1).sendOk(1),
  'drains': () => history().life(1).sent(2).at(10).drainBegin().at(610).drainEnd(),
  'at-most-once-effects': () => history(withHandlers('ack-first')).sent(1).received(1).acked(1).effect(1).effect(1).drained(),
  'exactly-once-effects': () => history(withHandlers('idempotent')).sent(1).received(1).acked(1).drained(),
};

/** For each invariant a history that puts it to the test and is in order. */
export const ACQUITTING: Readonly<Record<InvariantId, () => HistoryBuilder>> = {
  'no-phantom': () => history().life(1).drained(),
  'acked-send-not-lost': () => history().life(1).sent(2).restart(StopCause.powerLoss, 2).received(2).acked(2).drained(),
  'nacked-send-absent': () => history().invoke(1).sendFail(1).drained(),
  'acked-not-redelivered': () => history().life(1).restart(StopCause.kill).drained(),
  'ledger-no-resurrect': () => history().life(1).sent(2).drop(2).drained(),
  'lease-exclusive': () => history().sent(1).received(1).at(30).expire(1).received(1, 'consumer-2').acked(1).drained(),
  'lease-not-early': () => history().sent(1).received(1).at(30).expire(1).at(31).received(1).nackInvoke(1).release(1).received(1).acked(1),
  'extend-from-now': () => history().sent(1).received(1).at(10).extendInvoke(1, 30).extendLease(1, 30),
  'lease-cap': () => extendedTo(history(), 43_200),
  'lease-expiry-live': () => history().sent(1).received(1).at(20).pollWait().at(30).expire(1).pollEnd().received(1),
  'count-exact': () => failing(history().sent(1), 2).at(70).received(1).acked(1),
  'max-deliveries': () => failing(history().sent(1), 3).at(120).pollWait().move(1).pollEnd(),
  'dlq-exact-trigger': () => failing(history().sent(1), 3).at(120).pollWait().move(1).pollEnd(),
  'dlq-conservation': () => failing(history().sent(1), 3).at(120).pollWait().move(1).pollEnd().ledger('dead', 1),
  'not-before-delay': () => handedOutAt(history(), 10),
  'not-after-ttl': () => handedOutAfter(history(), 13).sent(2).at(27 * 86_400).drop(2, DropReason.retention),
  'dropped-with-cause': () => history().sent(1).at(14 * 86_400).drop(1, DropReason.retention).sent(2).drop(2).drained(),
  'message-ledger': () => history().sent(1).sent(2).received(1).ledger('orders', 1, 1),
  'dlq-identity': () => dead(history(SHORT_LIVED)).at(121).drop(1, DropReason.retention),
  'stale-handle-table': () => history(FIFO).sentTo(1).received(1).at(30).expire(1).ackInvoke(1).ackFail(1).received(1).ackInvoke(1).settle(1).ackOk(1),
  'zombie-ack-safe': () => history(FIFO).sentTo(1).received(1).at(30).expire(1).grant(1, 'consumer-2').oldAckInvoke(1).deliver(1).ackInvoke(1).settle(1),
  'longpoll-contract': () => history().pollWait().at(20).pollTimesOut().pollWait().at(25).sent(1).grant(1).pollEnd('consumer-1', 'orders', 1, PollEndCause.answered),
  'inflight-cap': () => history(withOrders({ maxInFlight: 1 })).sent(1).sent(2).received(1).acked(1).received(2),
  'group-fifo': () => history(FIFO).sentTo(1).sentTo(2).received(1).received(2).at(30).expire(1).expire(2).received(1).received(2).acked(1).acked(2),
  'group-head-blocks': () => history(FIFO).sentTo(1).sentTo(2).received(1).received(2),
  'group-effects-in-order': () => history(FIFO).sentTo(1).sentTo(2).sentTo(3, 'other').received(1).received(2).effect(1).received(3).effect(3).effect(2),
  'producer-order': () => history(FIFO).sentTo(1).sentTo(2).sentTo(3, 'other'),
  'fifo-dedup-window': () => history(FIFO).sentTo(1, 'g', { deduplication: 7 }).invoke(2, { queue: 'jobs.fifo' }).deduplicate(2, 1, 7).sendOk(2)
    .at(300).sentTo(3, 'g', { deduplication: 7 }),
  'fair-dwell': () => crowd(history(withOrders({ isFair: true }))).received(50).received(41),
  'ack-carried-out': () => history(CLASSIC).comes().sent(1).received(1).ackInvoke(1).settle(1).sent(2).received(2).fault('connection-reset', 'consumer-1').ackInvoke(2).goes().expire(2),
  'prefetch-bound': () => history(CLASSIC).sent(1).sent(2).sent(3).received(1).received(2).acked(1).received(3),
  'consumers-served': () => history(CLASSIC).comes().sent(1).sent(2).sent(3).received(1).received(2).at(5).acked(1).received(3).acked(2),
  'consumer-timeout': () => history(TIMED).comes().sent(1).received(1).at(900).sent(2).received(2).at(1_850).goes().timedOut(1).timedOut(2).comes().received(1).received(2).acked(1).acked(2),
  'requeue-position': () => history(CLASSIC).sent(1).sent(2).sent(3).received(1).received(2).expire(2).expire(1).received(1).received(2),
  'queue-fifo-first-delivery': () => history(CLASSIC).sent(1).sent(2).received(1).expire(1).received(1).received(2),
  'maxlen-ready': () => history(CLASSIC).sent(1).sent(2).sent(3).at(1).sent(4).drop(1, DropReason.maxLength).at(2).sent(5).drop(2, DropReason.maxLength),
  'expiry-at-head': () => history(LIVING).sent(1).sent(2).received(1).at(10).drop(2, DropReason.expired).at(11).nackInvoke(1).release(1).drop(1, DropReason.expired),
  'routed-by-bindings': () => history(ROUTED).publish(1, 'order.new').accept(1, 1).accept(1, 2, { queue: 'audit' }).sendOk(1).publish(2, 'other').accept(2, 3, { queue: 'unrouted' }).sendOk(2),
  'return-before-ack': () => history(CLASSIC).invoke(1).emit(EventKind.unroutable, 'broker', { dest: 'orders', message: 1, a: 1 })
    .emit(EventKind.returned, 'producer-1', { dest: 'orders', message: 1, a: 312 }).sendOk(1),
  'row-and-message': () => history(GUARDED).emit(EventKind.localWrite, 'keeper', { dest: 'orders', message: 1, a: LocalWrite.row }).life(1).drained(),
  'client-guards': () => history(GUARDED).life(1).life(2).invoke(3).paidAttempt(3, 2).accept(3).sendOk(3),
  'confirm-exactly-once': () => history(CLASSIC).life(1),
  'redelivered-flag': () => history(CLASSIC).sent(1).received(1).expire(1).received(1).sent(2).received(2),
  'priority-respected': () => prioritised(history(withPush({ priorities: { highest: 5, usual: 0 }, keepsPosition: false }))).received(2).received(1),
  'sac-one-active': () => history(withPush({ singleActive: { takesOver: true, priorities: { 'consumer-2': 5 } } })).comes().sent(1).sent(2).received(1).comes('consumer-2').acked(1).received(2, 'consumer-2'),
  'consumer-priority': () => history(RANKED).comes().comes('consumer-2').sent(1).sent(2).received(1, 'consumer-2').received(2).acked(1).sent(3).received(3, 'consumer-2'),
  'exclusive-consumer': () => history(withPush({ exclusiveConsumers: ['consumer-1'] })).comes().refused('consumer-2', '403 ACCESS_REFUSED').goes().comes('consumer-2'),
  'queue-lifetime': () => history(PASSING).comes().sent(1).goes().drop(1, DropReason.queueDeleted).at(5).comes().sent(2).received(2),
  'dl-reason-and-death-header': () => rejectedTwice(history(CLASSIC), 2),
  'dl-cycle-dropped': () => rejectedTwice(history(withPush({ hasDeadLetters: true })), 2).drop(3, DropReason.expired),
  'at-least-once-dlx': () => letGo(keptLetter(history(KEEPING), LetterFate.stored).accept(1, 3, { queue: 'letters' })
    .emit(EventKind.deathHeader, 'broker', { peer: 'orders', dest: 'letters', message: 1, copy: 3, a: MoveReason.rejected, b: 1, c: 1 })),
  'backpressure-only': () => blockedWhileSending(history(CLASSIC)).accept(1).sendOk(1),
  'drains': () => history().sent(1).at(10).drainBegin().at(500).received(1).acked(1).drainEnd(true),
  'at-most-once-effects': () => history(withHandlers('ack-first')).sent(1).received(1).acked(1).effect(1).drained(),
  'exactly-once-effects': () => history(withHandlers('idempotent')).sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1, false).acked(1).drained(),
};

