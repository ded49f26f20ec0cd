import { DropReason, EventKind, HandleState, LocalWrite, PollEndCause, StopCause } from '../../../history/index.js';
import type { Circumstance, InvariantId, RunContract } from '../../../invariants/index.js';
import { FIFO, GUARDED, history, type HistoryBuilder, ORDERS, REFUSING, SHORT_LIVED, withHandlers, withOrders, withProducer, withPush } from '../history-builder.js';
import { crowd, dead, deadLetterRefused, dropsAtRestart, unroutable, extendedTo, failing, handedOutAfter, handedOutAt, resurrected } from './convicting.js';

type Loss = 'power-loss' | 'failed-sync' | 'disk-replaced' | 'corruption';

const lazily = (contract: RunContract): RunContract => ({ ...contract, broker: { ...contract.broker, flush: 'interval' } });

/** What takes something from the broker's disk, and the process with it. */
const STRIKES: Readonly<Record<Loss, {
  readonly contract: (contract: RunContract) => RunContract;
  readonly strike: (run: HistoryBuilder) => HistoryBuilder;
  /** What the recovery says. */
  readonly recovering?: (run: HistoryBuilder) => HistoryBuilder;
}>> = {
  'power-loss': { contract: lazily, strike: (run) => run.fault('power-loss').stop(StopCause.powerLoss).heal('power-loss') },
  'failed-sync': { contract: lazily, strike: (run) => run.fault('fsync-failure').heal('fsync-failure').stop(StopCause.storage) },
  'disk-replaced': { contract: (contract) => contract, strike: (run) => run.fault('disk-replace').stop(StopCause.kill).heal('disk-replace') },
  'corruption': { contract: (contract) => contract, strike: (run) => run.fault('bit-rot').heal('bit-rot').stop(StopCause.kill), recovering: (run) => run.corruption(3) },
};

/** The same history after each of the losses. */
function afterEachLoss(contract: RunContract, before: (run: HistoryBuilder) => HistoryBuilder, after: (run: HistoryBuilder) => HistoryBuilder) {
  const afterOne = (loss: Loss) => (): HistoryBuilder => {
    const { contract: adapt, strike, recovering = (run) => run } = STRIKES[loss];
    return after(recovering(strike(before(history(adapt(contract)))).recoverBegin()));
  };
  return { 'power-loss': afterOne('power-loss'), 'failed-sync': afterOne('failed-sync'), 'disk-replaced': afterOne('disk-replaced'), 'corruption': afterOne('corruption') };
}

const standard = { ...ORDERS, strict: false };
const drifting = { ...ORDERS, clockDrift: 0.01 };
const ackFirst = withHandlers('ack-first');
const idempotent = withHandlers('idempotent');
const deadLettered = (run: HistoryBuilder): HistoryBuilder => failing(run.sent(1), 3).at(120).pollWait().move(1).pollEnd();
const repeated = (run: HistoryBuilder): HistoryBuilder => run.sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1).acked(1).drained();

/** The consumer of the first lease is told that its acknowledgement succeeded, though another had settled the message, and has the effect. */
function acknowledgedTooLate(run: HistoryBuilder): HistoryBuilder {
  const first = { dest: 'orders', message: 1, copy: 1, a: run.handle(1) - 1 };
  return run.emit(EventKind.ackInvoke, 'consumer-1', first).emit(EventKind.ackOk, 'consumer-1', first).emit(EventKind.effect, 'consumer-1', { ...first, b: 1 });
}

const rowThenDeath = (run: HistoryBuilder): HistoryBuilder =>
  run.emit(EventKind.localWrite, 'keeper', { dest: 'orders', message: 1, a: LocalWrite.row }).stop(StopCause.kill, 'keeper');

const idempotently = (contract: RunContract): RunContract => ({ ...contract, queues: contract.queues.map((queue) => ({ ...queue, handlers: ['idempotent'] })) });

/** What its settings give away, of queues that push. */
const givenAway = (adapt: (contract: RunContract) => RunContract) => ({
  'transient-message': (): HistoryBuilder => dropsAtRestart(history(adapt(withProducer({ sendsTransient: true })))).drained(),
  'non-durable-queue': (): HistoryBuilder => dropsAtRestart(history(adapt(withPush({ isTransient: true })))).drained(),
  'unroutable': (): HistoryBuilder => unroutable(history(adapt(withProducer({ mayMissQueues: true })))).drained(),
  'dead-letter-refused': (): HistoryBuilder => deadLetterRefused(history(adapt(REFUSING))).received(3).effect(3).acked(3).drained(),
});

/** The commit of a transaction was answered, and its message is nowhere. */
const refusedInTransaction = ({ clients, ...contract }: RunContract): HistoryBuilder =>
  history({ ...contract, clients: clients.map((client) => (client.role === 'producer' ? { ...client, commits: true } : client)) }).invoke(1).sendOk(1).drained();

/** For each invariant and each circumstance that its contract lists, a history that shows the anomaly and must pass. */
export const EXCUSED: Readonly<Record<InvariantId, Readonly<Partial<Record<Circumstance, () => HistoryBuilder>>>>> = {
  'no-phantom': {},
  'acked-send-not-lost': {
    ...afterEachLoss(ORDERS, (run) => run.sent(1), (run) => run.recoverEnd().drained()),
    ...givenAway((contract) => contract),
    'unconfirmed-publish': () => history(withProducer({ asksNoConfirm: true })).published(1).restart(StopCause.kill).drained(),
  },
  'nacked-send-absent': {},
  'acked-not-redelivered': {
    ...afterEachLoss(ORDERS, (run) => run.life(1), (run) => run.restore(1).recoverEnd().received(1)),
    'standard-queue': () => history(standard).sent(1).received(1).ackInvoke(1).ackOk(1).at(30).expire(1).received(1),
  },
  'ledger-no-resurrect': { 'standard-queue': () => resurrected(history(standard)) },
  'lease-exclusive': {
    'drifting-clock': () => history(drifting).sent(1).received(1).at(29.8).received(1, 'consumer-2'),
    'standard-queue': () => history(standard).sent(1).received(1).at(1).received(1, 'consumer-2'),
  },
  'lease-not-early': {
    'drifting-clock': () => history(drifting).sent(1).received(1).at(29.8).expire(1),
    ...afterEachLoss(ORDERS, (run) => run.sent(1).received(1).at(5), (run) => run.restore(1).recoverEnd().at(6).received(1, 'consumer-2')),
    'standard-queue': () => history(standard).sent(1).received(1).at(5).expire(1),
  },
  'extend-from-now': {},
  'lease-cap': { 'drifting-clock': () => extendedTo(history(drifting), 43_600) },
  'lease-expiry-live': {},
  'count-exact': {
    ...afterEachLoss(ORDERS, (run) => run.sent(1).received(1).at(30).expire(1), (run) => run.restore(1, { count: 0 }).recoverEnd().received(1)),
    'standard-queue': () => history(standard).sent(1).grant(1, 'consumer-1', { count: 3 }),
  },
  'max-deliveries': {
    ...afterEachLoss(ORDERS, (run) => failing(run.sent(1), 3), (run) => run.restore(1, { count: 0 }).recoverEnd().received(1)),
    'standard-queue': () => failing(history(standard).sent(1), 3).at(120).received(1),
  },
  'dlq-exact-trigger': { 'standard-queue': () => failing(history(standard).sent(1), 2).at(70).received(1).at(75).pollWait().move(1).pollEnd() },
  'dlq-conservation': {
    ...afterEachLoss(ORDERS, deadLettered, (run) => run.recoverEnd()),
    'standard-queue': () => deadLettered(history(standard)).grant(1, 'consumer-1', { queue: 'orders' }),
  },
  'not-before-delay': { 'drifting-clock': () => handedOutAt(history(drifting), 9.95) },
  'not-after-ttl': {
    'disturbed-clock': () => handedOutAfter(history().fault('clock-jump').heal('clock-jump'), 15),
    'standard-queue': () => handedOutAfter(history(standard), 15),
  },
  'dropped-with-cause': { 'wrong-clock': () => history().fault('clock-jump').heal('clock-jump').sent(1).at(7 * 86_400).drop(1, DropReason.retention) },
  'message-ledger': { 'standard-queue': () => history(standard).sent(1).ledger('orders', 3) },
  'dlq-identity': { 'wrong-clock': () => dead(history(SHORT_LIVED).fault('clock-jump').heal('clock-jump')).at(93.5).drop(1, DropReason.retention).at(94) },
  'stale-handle-table': afterEachLoss(ORDERS, (run) => run.sent(1).received(1).at(5), (run) => run.restore(1).recoverEnd().ackInvoke(1).ackFail(1)),
  'zombie-ack-safe': {
    'superseded-handle': () => {
      const run = history().sent(1).received(1);
      const old = run.handle(1);
      return run.ackInvoke(1).at(30).expire(1).received(1, 'consumer-2').settle(1, HandleState.superseded, old);
    },
  },
  'longpoll-contract': { 'standard-queue': () => history(standard).pollWait('consumer-1', 'orders', 20, 1).at(19.5).sent(1).at(20).pollTimesOut('consumer-1', 'orders', 1) },
  'inflight-cap': { 'standard-queue': () => history({ ...withOrders({ maxInFlight: 1 }), strict: false }).sent(1).sent(2).received(1).received(2) },
  'group-fifo': afterEachLoss(
    FIFO, (run) => run.sentTo(1).sentTo(5),
    (run) => run.recoverEnd().invoke(6, { queue: 'jobs.fifo' }).accept(6, 6, { queue: 'jobs.fifo' }).place(6, 'g', { sequence: 3 }),
  ),
  'group-head-blocks': {},
  'group-effects-in-order': {
    'put-aside': () => {
      const limited = { ...FIFO, queues: FIFO.queues.map((queue) => (queue.name === 'jobs.fifo' ? { ...queue, deadLetter: { queue: 'dead.fifo', maxReceiveCount: 1 } } : queue)).concat({ name: 'dead.fifo', deadLetter: null, handlers: ['plain'], kind: 'fifo' as const }) };
      return history(limited).sentTo(1).sentTo(2).received(1).at(30).expire(1).pollWait('consumer-2', 'jobs.fifo').move(1, 'dead.fifo').place(1, 'g', { sequence: 9 })
        .pollEnd('consumer-2', 'jobs.fifo', 1, PollEndCause.answered).received(2, 'consumer-2').effect(2).acked(2).received(1).effect(1);
    },
    'worked-side-by-side': () => history({ ...FIFO, queues: FIFO.queues.map((queue) => ({ ...queue, isWorkedInTurn: false })) })
      .sentTo(1).sentTo(2).received(1).received(2).effect(2).effect(1),
  },
  'producer-order': {
    'sends-side-by-side': () => history({ ...FIFO, queues: FIFO.queues.map((queue) => ({ ...queue, keepsGroupOrder: false })) })
      .invoke(1, { queue: 'jobs.fifo' }).sentTo(2).accept(1, 3, { queue: 'jobs.fifo' }).place(3).sendOk(1),
  },
  'fifo-dedup-window': {
    'wrong-clock': () => history(FIFO).fault('clock-jump').heal('clock-jump').sentTo(1, 'g', { deduplication: 7 }).at(200).sentTo(2, 'g', { deduplication: 7 }),
    ...afterEachLoss(FIFO, (run) => run.sentTo(1, 'g', { deduplication: 7 }), (run) => run.recoverEnd().sentTo(2, 'g', { deduplication: 7 })),
  },
  'fair-dwell': { 'standard-queue': () => crowd(history({ ...withOrders({ isFair: true }), strict: false })).received(41) },
  'ack-carried-out': {},
  'prefetch-bound': {},
  'consumers-served': {},
  'consumer-timeout': {},
  'requeue-position': {},
  'queue-fifo-first-delivery': {},
  'maxlen-ready': {},
  'expiry-at-head': {},
  'routed-by-bindings': {},
  'return-before-ack': {},
  'confirm-exactly-once': {},
  'redelivered-flag': {},
  'priority-respected': {},
  'sac-one-active': {},
  'consumer-priority': {},
  'exclusive-consumer': {},
  'queue-lifetime': {},
  'dl-reason-and-death-header': {},
  'dl-cycle-dropped': {},
  'at-least-once-dlx': {},
  'backpressure-only': {},
  'client-guards': {},
  'row-and-message': {
    'dual-write': () => rowThenDeath(history({ ...GUARDED, clients: GUARDED.clients.map((client) => ({ ...client, writesApart: true })) })).emit(EventKind.nodeStart, 'keeper', { a: 2 }).drained(),
    'unroutable': () => history({ ...GUARDED, clients: GUARDED.clients.map((client) => ({ ...client, mayMissQueues: true })) })
      .emit(EventKind.localWrite, 'keeper', { dest: 'orders', message: 1, a: LocalWrite.row }).invoke(1, { producer: 'keeper' })
      .emit(EventKind.unroutable, 'broker', { dest: 'orders', message: 1, a: 0 }).emit(EventKind.sendOk, 'keeper', { dest: 'orders', message: 1, a: 1 }).drained(),
  },
  'drains': {},
  'at-most-once-effects': {
    'plain-handler': () => repeated(history()),
    'several-copies': () => history(ackFirst).invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1)
      .received(1).acked(1).received(2).acked(2).effect(1).effect(2).drained(),
    ...afterEachLoss(ackFirst, (run) => run.sent(1).received(1).acked(1).effect(1), (run) => run.restore(1).recoverEnd().received(1).acked(1).effect(1)),
    'late-acknowledgement': () => acknowledgedTooLate(history(ackFirst).sent(1).received(1).at(30).expire(1).received(1, 'consumer-2').acked(1).effect(1)),
    'standard-queue': () => history({ ...ackFirst, strict: false }).sent(1).received(1).acked(1).effect(1).at(30).received(1).acked(1).effect(1),
  },
  'exactly-once-effects': {
    'not-idempotent': () => repeated(history()),
    'several-copies': () => history().invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1)
      .received(1).effect(1).acked(1).received(2).effect(2).acked(2).drained(),
    ...afterEachLoss(idempotent, (run) => run.sent(1), (run) => run.recoverEnd().drained()),
    ...givenAway(idempotently),
    'unconfirmed-publish': () => refusedInTransaction(idempotently(withPush({ type: 'quorum', overflow: 'reject-publish' }))),
  },
};
