import {
  CopyState, DropReason, EventKind, ExpireCause, Guard, HandleResult, HandleState, MoveReason, Operation, OutcomeReason, PollEndCause, Recorder, StopCause,
} from '../../history/index.js';
import {
  DEFAULT_REDELIVERY_BOUND_MICROS, type InvariantId, type InvariantVerdict, Judge, type RunContract,
} from '../../invariants/index.js';

export const SECOND = 1_000_000;
const SERIALS = 1_048_576;

/** One strict broker that syncs always, a queue `orders` that dead-letters to `dead` after 3 receives, and plain handlers. */
export const ORDERS: RunContract = {
  personality: 'sqs',
  strict: true,
  broker: { name: 'broker', flush: 'always' },
  clients: [
    { name: 'producer-1', role: 'producer', queue: 'orders', startMicros: 0, quietMicros: 30 * SECOND },
    { name: 'consumer-1', role: 'consumer', queue: 'orders', startMicros: 0, quietMicros: 60 * SECOND },
  ],
  queues: [
    { name: 'orders', deadLetter: { queue: 'dead', maxReceiveCount: 3 }, handlers: ['plain'], retentionMicros: 14 * 86_400 * SECOND },
    { name: 'dead', deadLetter: null, handlers: [] },
    { name: 'other', deadLetter: null, handlers: ['plain'] },
  ],
  redeliveryBoundMicros: DEFAULT_REDELIVERY_BOUND_MICROS,
  recoveryBoundMicros: 60 * SECOND,
  clockDrift: 0,
};

/** The contract with other handlers on `orders`. */
export function withHandlers(...handlers: RunContract['queues'][number]['handlers']): RunContract {
  return { ...ORDERS, queues: ORDERS.queues.map((queue) => (queue.name === 'orders' ? { ...queue, handlers } : queue)) };
}

/** The same with a FIFO queue `jobs.fifo`, whose producers have one message of a group under way at a time. */
export const FIFO: RunContract = {
  ...ORDERS,
  queues: [...ORDERS.queues, { name: 'jobs.fifo', deadLetter: null, handlers: ['plain'], kind: 'fifo', maxInFlight: 3, keepsGroupOrder: true, isWorkedInTurn: true }],
};

/** The same with other settings of `orders`. */
export function withOrders(settings: Partial<RunContract['queues'][number]>): RunContract {
  return { ...ORDERS, queues: ORDERS.queues.map((queue) => (queue.name === 'orders' ? { ...queue, ...settings } : queue)) };
}

/** The producer may send one message again, and one for every two that are accepted; `keeper` commits a row for each message. */
export const GUARDED: RunContract = {
  ...ORDERS,
  clients: [
    { name: 'producer-1', role: 'producer', queue: 'orders', startMicros: 0, quietMicros: 30 * SECOND, retryBudget: { share: 0.5, burst: 1 }, breakerOpenMicros: 5 * SECOND },
    { name: 'keeper', role: 'producer', queue: 'orders', startMicros: 0, quietMicros: 30 * SECOND, keepsRows: true },
    ...ORDERS.clients.filter(({ role }) => role === 'consumer'),
  ],
};

/** `orders` is a classic queue with a limit of three ready messages, whose consumers hold two at most. */
export const CLASSIC: RunContract = {
  ...ORDERS, personality: 'rabbitmq',
  queues: [{
    name: 'orders', deadLetter: null, handlers: ['plain'], maxInFlight: Infinity,
    push: { type: 'classic', prefetch: { 'consumer-1': 2 }, isAutomatic: false, maxLength: 3, maxBytes: null, overflow: 'drop-head', keepsPosition: true, priorities: null, singleActive: null, hasDeadLetters: false, keepsDeadLetters: false },
  }],
};

/** The same with other promises of `orders`. */
export function withPush(push: Partial<NonNullable<RunContract['queues'][number]['push']>>): RunContract {
  return { ...CLASSIC, queues: CLASSIC.queues.map((queue) => ({ ...queue, push: { ...queue.push!, ...push } })) };
}

/** The same, and what is held for half an hour without acknowledgement comes back. */
export const TIMED: RunContract = withPush({ consumerTimeout: { leastMicros: 1_800 * SECOND, mostMicros: 1_800 * SECOND, ends: 'channel' } });

/** The same, and the messages of `producer-1` live for ten seconds, those of others for ever. */
export const LIVING: RunContract = {
  ...CLASSIC, clients: CLASSIC.clients.map((client) => (client.role === 'producer' ? { ...client, expirationMicros: 10 * SECOND } : client)),
  queues: CLASSIC.queues.map((queue) => ({ ...queue, drops: { ttlMicros: null, maxLength: 3, mayBeDeleted: false, rejecters: [] } })),
};

/** The same, and `consumer-2`, who holds one message at most, comes first. */
export const RANKED: RunContract = withPush({ prefetch: { 'consumer-1': 2, 'consumer-2': 1 }, consumerPriorities: { 'consumer-1': 0, 'consumer-2': 5 } });

/** The same, and the queue goes with its last consumer. */
export const PASSING: RunContract = {
  ...CLASSIC, queues: CLASSIC.queues.map((queue) => ({ ...queue, drops: { ttlMicros: null, maxLength: 3, mayBeDeleted: true, goesWith: 'last-consumer' as const, rejecters: [] } })),
};

/** The same, and what its producer does. */
export function withProducer(settings: Partial<RunContract['clients'][number]>): RunContract {
  return { ...CLASSIC, clients: CLASSIC.clients.map((client) => (client.role === 'producer' ? { ...client, ...settings } : client)) };
}

const NO_LIMITS = { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: ['consumer-1', 'consumer-2'] } as const;

/** `orders` sends its dead letters to `dead`, at most once, and `dead` refuses more than one message. */
export const REFUSING: RunContract = {
  ...CLASSIC,
  queues: [
    ...withPush({ hasDeadLetters: true, maxLength: null }).queues.map((queue) => ({ ...queue, drops: NO_LIMITS })),
    ...withPush({ maxLength: 1, overflow: 'reject-publish' }).queues.map((queue) => ({ ...queue, name: 'dead', drops: { ...NO_LIMITS, maxLength: 1 } })),
  ],
};

/** `producer-1` publishes to the topic exchange `events`, which leads to `orders`, to `audit`, or, when neither is bound, to `unrouted`; rejected orders go to `audit`. */
export const ROUTED: RunContract = {
  ...CLASSIC,
  exchanges: [
    {
      name: 'events', type: 'topic', alternates: ['lost'],
      bindings: [{ target: { kind: 'queue', name: 'orders' }, key: 'order.*', headers: {} }, { target: { kind: 'queue', name: 'audit' }, key: 'order.#', headers: {} }],
    },
    { name: 'lost', type: 'fanout', alternates: [null], bindings: [{ target: { kind: 'queue', name: 'unrouted' }, key: '', headers: {} }] },
  ],
  clients: CLASSIC.clients.map((client) => (client.role === 'producer' ? { ...client, queue: 'events', publishes: { exchange: 'events', headers: {} } } : client)),
  queues: ['orders', 'audit', 'unrouted'].map((name) => ({
    ...CLASSIC.queues[0]!, name, drops: { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: ['consumer-1', 'consumer-2'] },
    push: { ...CLASSIC.queues[0]!.push!, ...(name === 'orders' ? { hasDeadLetters: true, letters: { exchange: '', key: 'audit' } } : {}) },
  })),
};

/** Dead letters are kept for two minutes. */
export const SHORT_LIVED: RunContract = {
  ...ORDERS, queues: ORDERS.queues.map((queue) => (queue.name === 'dead' ? { ...queue, retentionMicros: 120 * SECOND } : queue)),
};

interface CopyOfTest {
  readonly message: number;
  queue: string;
  count: number;
  serial: number;
  consumer: string;
}

/**
 * Writes histories as a broker and its clients would, one step a call, on the real recorder with the judge listening. A step
 * happens at the time of the last {@link at}; what it does not say has the value that a right broker would give it.
 */
export class HistoryBuilder {
  readonly #time = { now: 0 };
  readonly recorder = new Recorder({ time: this.#time, keep: 'off' });
  readonly judge: Judge;
  readonly #copies = new Map<number, CopyOfTest>();

  readonly #marksRedeliveries: boolean;

  constructor(contract: RunContract = ORDERS, expected?: ConstructorParameters<typeof Judge>[0]['expected']) {
    this.judge = new Judge({ names: this.recorder.names, contract, ...(expected === undefined ? {} : { expected }) });
    this.recorder.subscribe(this.judge);
    this.#marksRedeliveries = contract.personality === 'rabbitmq';
  }

  at(seconds: number): this {
    this.#time.now = Math.round(seconds * SECOND);
    return this;
  }

  emit(kind: EventKind, actor: string, fields: { peer?: string; dest?: string; message?: number; copy?: number; a?: number; b?: number; c?: number }): this {
    const { peer = '', dest = '', message = 0, copy = 0, a = 0, b = 0, c = 0 } = fields;
    const name = (text: string): number => this.recorder.name(text);
    this.recorder.emit(kind, name(actor), name(peer), name(dest), message, copy, a, b, c);
    return this;
  }

  // Producers.

  invoke(message: number, { queue = 'orders', producer = 'producer-1' } = {}): this {
    return this.emit(EventKind.sendInvoke, producer, { dest: queue, message, a: this.#time.now, b: checksumOf(message), c: 64 });
  }

  /** Published to the exchange `events` with this key. */
  publish(message: number, key: string): this {
    return this.emit(EventKind.sendInvoke, 'producer-1', { peer: key, dest: 'events', message, a: this.#time.now, b: checksumOf(message), c: 64 });
  }

  attempt(message: number, attempt: number): this {
    return this.emit(EventKind.sendAttempt, 'producer-1', { dest: 'orders', message, a: attempt });
  }

  /** Of a client with a retry budget: it pays for one more attempt, and makes it. */
  paidAttempt(message: number, attempt: number): this {
    this.emit(EventKind.clientGuard, 'producer-1', { dest: 'orders', message, a: Guard.retryPaid });
    return this.attempt(message, attempt);
  }

  sendOk(message: number): this {
    return this.emit(EventKind.sendOk, 'producer-1', { dest: 'orders', message, a: 1 });
  }

  sendFail(message: number): this {
    return this.emit(EventKind.sendFail, 'producer-1', { dest: 'orders', message, a: OutcomeReason.rejected, b: 1 });
  }

  sendInfo(message: number): this {
    return this.emit(EventKind.sendInfo, 'producer-1', { dest: 'orders', message, a: OutcomeReason.timeout, b: 1 });
  }

  /** A send without a confirm: written, and over for its producer; what becomes of it nobody tells. */
  published(message: number): this {
    return this.invoke(message).emit(EventKind.sendInfo, 'producer-1', { dest: 'orders', message, a: OutcomeReason.unconfirmed, b: 1 });
  }

  /** A whole send: invoked, stored as the copy of the same number, acknowledged. */
  sent(message: number, options: { queue?: string; delaySeconds?: number } = {}): this {
    return this.invoke(message, options).accept(message, message, options).sendOk(message);
  }

  // The broker.

  accept(message: number, copy = message, { queue = 'orders', delaySeconds = 0, priority = -1 } = {}): this {
    this.#copies.set(copy, { message, queue, count: 0, serial: 0, consumer: '' });
    return this.emit(EventKind.accept, 'broker', { dest: queue, message, copy, a: delaySeconds * SECOND, b: 64, c: priority + 1 });
  }

  grant(copy: number, consumer = 'consumer-1', { seconds = 30, count = undefined as number | undefined, queue = '' } = {}): this {
    const known = this.#copy(copy);
    known.count = count ?? known.count + 1;
    known.serial++;
    known.consumer = consumer;
    return this.emit(EventKind.leaseGrant, 'broker', {
      peer: consumer, dest: queue || known.queue, message: known.message, copy, a: this.handle(copy), b: known.count, c: seconds * SECOND,
    });
  }

  extendLease(copy: number, seconds: number): this {
    return this.#onCopy(EventKind.leaseExtend, copy, { a: this.handle(copy), c: seconds * SECOND });
  }

  expire(copy: number): this {
    return this.#onCopy(EventKind.leaseExpire, copy, { a: this.handle(copy) });
  }

  /** Its consumer had it for too long, and lost its channel. */
  timedOut(copy: number, cause: ExpireCause = ExpireCause.channelTimedOut): this {
    return this.#onCopy(EventKind.leaseExpire, copy, { a: this.handle(copy), b: cause });
  }

  release(copy: number): this {
    return this.#onCopy(EventKind.leaseRelease, copy, { a: this.handle(copy) });
  }

  settle(copy: number, state: HandleState = HandleState.current, handle = this.handle(copy)): this {
    return this.#onCopy(EventKind.settle, copy, { a: handle, b: state });
  }

  /** What is purged is purged because an operator asked for it. */
  drop(copy: number, reason: DropReason = DropReason.purge): this {
    if (reason === DropReason.purge) this.emit(EventKind.operateInvoke, 'operator-1', { dest: this.#copy(copy).queue, a: Operation.purge });
    return this.#onCopy(EventKind.drop, copy, { a: reason });
  }

  move(copy: number, target = 'dead', reason: MoveReason = MoveReason.limit): this {
    const known = this.#copy(copy);
    const source = known.queue;
    known.queue = target;
    return this.emit(EventKind.move, 'broker', { peer: target, dest: source, message: known.message, copy, a: known.count, b: reason });
  }

  ledger(queue: string, ready: number, leased = 0, delayed = 0): this {
    return this.emit(EventKind.ledger, 'broker', { dest: queue, a: ready, b: leased, c: delayed });
  }

  pollWait(consumer = 'consumer-1', queue = 'orders', seconds = 20, unheardServers = 0): this {
    return this.emit(EventKind.pollWait, 'broker', { peer: consumer, dest: queue, a: 10, b: seconds * SECOND, c: unheardServers });
  }

  /** What it does not say ends with its session, which proves nothing. */
  pollEnd(consumer = 'consumer-1', queue = 'orders', messages = 0, cause: PollEndCause = PollEndCause.sessionEnded, unheardServers = 0): this {
    return this.emit(EventKind.pollEnd, 'broker', { peer: consumer, dest: queue, a: messages, b: cause, c: unheardServers });
  }

  pollTimesOut(consumer = 'consumer-1', queue = 'orders', unheardServers = 0): this {
    return this.pollEnd(consumer, queue, 0, PollEndCause.timedOut, unheardServers);
  }

  /** A consumer of a queue that pushes comes to it, or goes. */
  comes(consumer = 'consumer-1', queue = 'orders'): this {
    return this.emit(EventKind.assign, 'broker', { peer: consumer, dest: queue });
  }

  goes(consumer = 'consumer-1', queue = 'orders'): this {
    return this.emit(EventKind.revoke, 'broker', { peer: consumer, dest: queue });
  }

  /** The broker refused what a consumer asked for. */
  refused(consumer: string, code: string, queue = 'orders'): this {
    return this.emit(EventKind.refused, consumer, { dest: queue, a: this.recorder.name(code) });
  }

  // Queues with groups.

  /** The copy takes its place in a group; sequence numbers are those of the copies. */
  place(copy: number, group = 'g', { sequence = copy, deduplication = copy } = {}): this {
    const { queue, message } = this.#copy(copy);
    return this.emit(EventKind.place, 'broker', { peer: group, dest: queue, message, copy, a: sequence, b: deduplication });
  }

  deduplicate(message: number, copy: number, deduplication: number, queue = 'jobs.fifo'): this {
    return this.emit(EventKind.deduplicate, 'broker', { peer: 'g', dest: queue, message, copy, a: deduplication });
  }

  /** A whole send to a group of the FIFO queue. */
  sentTo(message: number, group = 'g', options: { queue?: string; deduplication?: number } = {}): this {
    const { queue = 'jobs.fifo', deduplication = message } = options;
    return this.invoke(message, { queue }).accept(message, message, { queue }).place(message, group, { deduplication }).sendOk(message);
  }

  ackFail(copy: number): this {
    return this.#byConsumer(EventKind.ackFail, copy, { b: OutcomeReason.rejected });
  }

  // Consumers.

  /** RabbitMQ marks it when it is not the first. */
  deliver(copy: number, { checksum = checksumOf(this.#copy(copy).message), count = this.#copy(copy).count, queue = '', isMarked = this.#copy(copy).count > 1 } = {}): this {
    const known = this.#copy(copy);
    if (this.#marksRedeliveries && isMarked) this.#byConsumer(EventKind.flaggedRedelivered, copy, {});
    return this.emit(EventKind.deliver, known.consumer, {
      dest: queue || known.queue, message: known.message, copy, a: this.handle(copy), b: count, c: checksum,
    });
  }

  /** Has the effect (or has it suppressed) at the consumer that got the copy last. */
  effect(copy: number, isApplied = true): this {
    return this.#byConsumer(EventKind.effect, copy, { b: isApplied ? 1 : 0 });
  }

  ackInvoke(copy: number): this {
    return this.#byConsumer(EventKind.ackInvoke, copy, {});
  }

  /** By the first one who had the copy, whose lease is over. */
  oldAckInvoke(copy: number): this {
    const { queue, message } = this.#copy(copy);
    return this.emit(EventKind.ackInvoke, 'consumer-1', { dest: queue, message, copy, a: copy * SERIALS + 1 });
  }

  ackOk(copy: number): this {
    return this.#byConsumer(EventKind.ackOk, copy, {});
  }

  nackInvoke(copy: number, delaySeconds = 0): this {
    return this.#byConsumer(EventKind.nackInvoke, copy, { b: delaySeconds * SECOND });
  }

  /** The broker refused its negative acknowledgement. */
  nackFail(copy: number): this {
    return this.#byConsumer(EventKind.nackFail, copy, { b: OutcomeReason.rejected });
  }

  extendInvoke(copy: number, seconds: number): this {
    return this.#byConsumer(EventKind.extendInvoke, copy, { b: seconds * SECOND });
  }

  /** Handed out and delivered. */
  received(copy: number, consumer = 'consumer-1', options: { seconds?: number } = {}): this {
    return this.grant(copy, consumer, options).deliver(copy);
  }

  /** Acknowledged by the consumer, settled by the broker, and confirmed. */
  acked(copy: number): this {
    return this.ackInvoke(copy).settle(copy).ackOk(copy);
  }

  /** The handler begins, and ends. */
  works(copy: number): this {
    return this.#byConsumer(EventKind.handleStart, copy, {});
  }

  worked(copy: number, result: HandleResult = HandleResult.ok): this {
    return this.#byConsumer(EventKind.handleEnd, copy, { b: result });
  }

  /** A message's whole good life under a plain handler. */
  life(message: number): this {
    return this.sent(message).received(message).effect(message).acked(message);
  }

  // The world.

  stop(cause: StopCause = StopCause.kill, node = 'broker'): this {
    return this.emit(EventKind.nodeStop, node, { a: cause });
  }

  fault(kind: string, target = 'broker'): this {
    return this.emit(EventKind.faultBegin, target, { b: this.recorder.name(kind) });
  }

  heal(kind: string, target = 'broker'): this {
    return this.emit(EventKind.faultEnd, target, { b: this.recorder.name(kind) });
  }

  recoverBegin(): this {
    return this.emit(EventKind.recoverBegin, 'broker', {});
  }

  restore(copy: number, { count = this.#copy(copy).count, state = CopyState.ready as CopyState, seconds = 0, queue = '' } = {}): this {
    const known = this.#copy(copy);
    if (queue !== '') known.queue = queue;
    known.count = count;
    return this.#onCopy(EventKind.restore, copy, { a: count, b: state, c: seconds * SECOND });
  }

  recoverEnd(truncatedBytes = 0): this {
    return this.emit(EventKind.recoverEnd, 'broker', { b: truncatedBytes });
  }

  /** A recovery finds damage in the journal, where so many records are missing; -1: it cannot know how many. */
  corruption(missingRecords: number, position = 0): this {
    return this.emit(EventKind.corruption, 'broker', { a: position, b: 64, c: missingRecords });
  }

  /** The journal was synced: what was stored up to so long ago is safe. */
  synced(secondsAgo = 0): this {
    return this.emit(EventKind.fsync, 'broker', { a: 64, b: 1000, c: secondsAgo * SECOND });
  }

  /** Killed, or worse, and recovered with these copies ready. */
  restart(cause: StopCause, ...copies: readonly number[]): this {
    this.stop(cause).recoverBegin();
    for (const copy of copies) this.restore(copy);
    return this.recoverEnd();
  }

  drainBegin(): this {
    return this.emit(EventKind.drainBegin, '', {});
  }

  drained(isComplete = true): this {
    return this.drainBegin().drainEnd(isComplete);
  }

  drainEnd(isComplete = false): this {
    return this.emit(EventKind.drainEnd, '', { dest: 'orders', a: isComplete ? 1 : 0 });
  }

  // The judgement.

  verdicts(): Record<InvariantId, InvariantVerdict> {
    this.recorder.flush();
    return Object.fromEntries(this.judge.finish().map((verdict) => [verdict.invariant, verdict])) as Record<InvariantId, InvariantVerdict>;
  }

  verdict(id: InvariantId): InvariantVerdict {
    return this.verdicts()[id];
  }

  /** Ids of the invariants with this verdict. */
  withVerdict(verdict: InvariantVerdict['verdict']): string[] {
    return Object.values(this.verdicts()).filter((entry) => entry.verdict === verdict).map((entry) => entry.invariant);
  }

  handle(copy: number): number {
    return copy * SERIALS + this.#copy(copy).serial;
  }

  #copy(copy: number): CopyOfTest {
    const known = this.#copies.get(copy);
    if (known === undefined) throw new Error(`The test stored no copy ${copy}.`);
    return known;
  }

  #onCopy(kind: EventKind, copy: number, numbers: { a?: number; b?: number; c?: number }): this {
    const { queue, message } = this.#copy(copy);
    return this.emit(kind, 'broker', { dest: queue, message, copy, ...numbers });
  }

  #byConsumer(kind: EventKind, copy: number, numbers: { b?: number; c?: number }): this {
    const { queue, message, consumer } = this.#copy(copy);
    return this.emit(kind, consumer, { dest: queue, message, copy, a: this.handle(copy), ...numbers });
  }
}

/** The checksum with which a message of a test is sent. */
export function checksumOf(message: number): number {
  return 1000 + message;
}

/** A history under the usual contract, or another. */
export function history(contract?: RunContract): HistoryBuilder {
  return new HistoryBuilder(contract);
}
