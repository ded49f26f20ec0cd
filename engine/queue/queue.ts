import { DropReason, type NameId } from '../../history/index.js';
import { Alarm } from './alarm.js';
import type { QueueContext } from './context.js';
import { ghostOf, Ghosts } from './ghosts.js';
import { checkChange, checkSettle, GONE, type HandleRefusal, IGNORED, REFUSALS } from './handle-check.js';
import type { LeaseBatch } from './lease-batch.js';
import { handleState } from './lease.js';
import { NONE } from './links.js';
import type { MessageProperties } from './message-properties.js';
import { leaseAsRead, retentionCut } from './misread.js';
import { nextReadyInGroup } from './next-ready.js';
import type { QueueState } from './queue-state.js';
import type { QueueListener } from './queue-listener.js';
import { EVERY_SERVER, Replicas } from './replicas.js';
import { RETENTION_LOOK_MICROS } from './retention-look.js';
import { PushQueue } from './push-queue.js';
import { isExhausted, type MoveAway, type Receive, Receiver } from './receiver.js';
import { Sender } from './sender.js';
import { ReceiveAttempts } from './receive-attempts.js';
import { serialOf } from './receipt-handle.js';
import type { QueuePolicy, QueueSettings } from './settings.js';
import { State } from './states.js';
import { Transitions } from './transitions.js';

/**
 * A running queue: it decides what happens to its messages, and when; {@link Transitions} makes it happen. Times called `now`
 * are monotonic microseconds. An operation first catches up with the clock, so what a late timer would do has happened before.
 */
export class Queue {
  readonly state: QueueState;
  /** Of a queue that pushes, which is asked through this alone. */
  readonly push: PushQueue | null;
  readonly #transitions: Transitions;
  readonly #context: QueueContext;
  readonly #listener: QueueListener<Queue>;
  readonly #alarm: Alarm;
  readonly #policy: QueuePolicy;
  readonly #attempts: ReceiveAttempts | null;
  readonly #sender: Sender;
  readonly #receiver: Receiver;
  #replicas: Replicas | null = null;
  readonly #ghosts = new Ghosts();
  /** To the dead-letter queue; null: there is none. */
  #moveAway: MoveAway = null;
  /** Mutant `lease-timer-not-rearmed`: the timer is dead. */
  #leaseTimerDead = false;

  constructor(state: QueueState, context: QueueContext, listener: QueueListener<Queue>) {
    this.state = state;
    this.#context = context;
    this.#listener = listener;
    this.#transitions = new Transitions(state, context);
    this.#alarm = new Alarm(context, (now) => this.#ring(now));
    this.#sender = new Sender(state, context, this.#transitions, this.#alarm, () => this.#listener.onDeliverable(this));
    this.#receiver = new Receiver(state, context, this.#transitions);
    this.#policy = state.policy;
    const { attemptWindowMicros, push } = state.policy;
    this.push = push === undefined ? null : new PushQueue(state, push, context);
    this.#attempts = attemptWindowMicros === null ? null : new ReceiveAttempts(context.store, attemptWindowMicros);
  }

  /** The queue's name in the history. */
  get nameId(): NameId {
    return this.#transitions.nameId;
  }

  /**
   * Stores a message and returns its id; a repetition within the deduplication window stores nothing and gets the id of the first.
   * `delayMicros` null: the queue's own.
   */
  send(body: Uint8Array, trace: number, properties: MessageProperties | null, delayMicros: number | null, now: number): number {
    this.state.time.now = now;
    return this.#sender.send(body, trace, properties, delayMicros, now);
  }

  /**
   * Leases up to `max` ready messages to a consumer and lists their slots in `batch`. A message that was received as often as
   * the dead-letter rule allows is moved instead. Stops at the limit of messages in flight. Where the queue has replicas, those of the servers that
   * answer first come first, and unless `asksAll` no others; of a server that is not among the bits of `reach` nothing is heard.
   */
  receive(max: number, timeoutMicros: number, consumer: NameId, now: number, batch: LeaseBatch, asksAll = true, reach = EVERY_SERVER): void {
    batch.clear();
    this.catchUp(now);
    this.#dropExpired();
    const leaseMicros = leaseAsRead(timeoutMicros, this.state.settings.visibilityTimeoutMicros, this.#context.mutations);
    const receive: Receive = { max, timeoutMicros: leaseMicros, consumer, now, asksAll, reach };
    this.#receiver.take(receive, batch, this.#replicas, this.#moveAway);
    if (batch.length === 0) return;
    // A timeout of 0 returns the messages and leaves them ready.
    if (timeoutMicros === 0) this.#receiver.repeat(receive, batch, () => this.catchUp(now));
    else if (!this.#leaseTimerDead) this.#alarm.setFor(now + leaseMicros, now);
  }

  /** The storage servers that a long poll hears, as bits. */
  drawReach(): number {
    return this.#replicas?.drawReach() ?? EVERY_SERVER;
  }

  /**
   * The same for a receive that may be the repetition of an earlier one: it then gets the same messages under the same handles, and their
   * leases begin anew.
   */
  receiveAttempt(id: string, max: number, timeoutMicros: number, consumer: NameId, now: number, batch: LeaseBatch): void {
    this.catchUp(now);
    const known = this.#attempts?.find(id, now) ?? null;
    if (known === null) this.receive(max, timeoutMicros, consumer, now, batch);
    else {
      batch.clear();
      for (const slot of known) {
        if (timeoutMicros > 0) this.#extend(slot, timeoutMicros, now);
        batch.add(slot, this.#context.store);
      }
    }
    this.rememberAttempt(id, timeoutMicros, now, batch);
  }

  /** The receive with this attempt id got what is in `batch`. */
  rememberAttempt(id: string, timeoutMicros: number, now: number, batch: LeaseBatch): void {
    if (batch.length > 0 && timeoutMicros > 0) this.#attempts?.add(id, batch.slots.subarray(0, batch.length), now);
  }

  /** Acknowledges. Null: done, or was done before. */
  settle(handle: number, now: number): HandleRefusal | null {
    this.catchUp(now);
    const slot = checkSettle(this.#context, this.state, handle, now);
    if (slot === GONE || slot === IGNORED) return null;
    if (slot < 0) return REFUSALS[slot] as HandleRefusal;
    const { store } = this.#context;
    const standing = handleState(store.state[slot] as number, store.serial[slot] as number, serialOf(handle));
    if (this.#replicas?.missesDelete() === true) this.#leaveGhost(slot, now);
    const opened = this.#context.mutations.groupOpensAtFirstDelete ? nextReadyInGroup(store, slot) : NONE;
    this.#transitions.settle(slot, handle, standing);
    if (opened !== NONE) this.#receiver.open(opened);
    this.#afterRemoval();
    return null;
  }

  /** Extends a lease, or with 0 gives the message back. Null: done. */
  changeVisibility(handle: number, timeoutMicros: number, now: number): HandleRefusal | null {
    this.catchUp(now);
    const slot = checkChange(this.#context, this.state, handle, timeoutMicros, now);
    if (slot < 0) return REFUSALS[slot] as HandleRefusal;
    if (timeoutMicros > 0) this.#extend(slot, timeoutMicros, now);
    else if (this.#context.store.state[slot] === State.leased) {
      this.#transitions.release(slot);
      this.#afterLease(slot, now);
    }
    return null;
  }

  /** Drops every message, leased and delayed ones too. */
  purge(): void {
    this.#ghosts.clear();
    this.#transitions.purge();
  }

  /** Drops every message and the queue. Nothing may be asked of it after that. */
  delete(deletedWall: number): void {
    this.#ghosts.clear();
    this.#transitions.deleteQueue(deletedWall);
    this.stop();
  }

  /** Moves the first ready message to another queue as a new one. */
  redriveFirst(target: Queue, taskId: number, now: number): void {
    this.#transitions.redrive(this.state.firstReady, target.#transitions, taskId, now);
    target.#arrived(now);
  }

  /** Ends the leases and delays whose time has come. */
  catchUp(now: number): void {
    const { leases, delays, time } = this.state;
    time.now = now;
    while (this.#ghosts.firstDue <= now) {
      this.#transitions.reappear(this.#ghosts.takeFirst());
      this.#listener.onDeliverable(this);
    }
    while (leases.firstKey <= now && !this.#leaseTimerDead) {
      const slot = leases.first;
      this.#transitions.expire(slot);
      this.#afterLease(slot, now);
      if (this.#context.mutations.delayEndsWithLease && delays.first !== NONE) this.#transitions.mature(delays.first);
    }
    while (delays.firstKey <= now) {
      this.#transitions.mature(delays.first);
      if (!this.#context.mutations.delayDoesNotWake) this.#listener.onDeliverable(this);
    }
  }

  /** A storage server does not hear that a message is deleted: there it is visible again when its lease is over. */
  #leaveGhost(slot: number, now: number): void {
    const { store } = this.#context;
    const { staleMicros } = this.#replicas!.settings;
    const due = store.state[slot] === State.leased ? (store.turn.key[slot] as number) : now + staleMicros;
    this.#ghosts.add(ghostOf(store, slot, due));
    this.#alarm.setFor(due, now);
  }

  /** New settings, which are in the journal already. */
  applySettings(settings: QueueSettings, wallMicros: number, now: number): void {
    const delayed = this.state.configure(settings, wallMicros, now);
    for (const slot of delayed) this.#transitions.emitDelayed(slot, now);
    this.state.modifiedWall = wallMicros;
  }

  /** After recovery, and after a change of settings: where messages go, and when the timer rings. */
  configure(deadLetterQueue: Queue | null, now: number): void {
    this.#moveAway = deadLetterQueue === null ? null : (slot, at) => {
      this.#transitions.deadLetter(slot, deadLetterQueue.#transitions, at);
      deadLetterQueue.#arrived(at);
    };
    const { replicas } = this.state.settings;
    if (replicas !== this.#replicas?.settings) this.#replicas = replicas === null ? null : new Replicas(replicas, this.#context.random);
    this.#setAlarm(now);
  }

  emitRestored(): void {
    this.state.forEach((slot) => this.#transitions.emitRestored(slot));
  }

  emitLedger(): void {
    this.#transitions.emitLedger();
  }

  stop(): void {
    this.#alarm.cancel();
    this.push?.stop();
  }

  /** The one timer of the queue rings at the next end of a lease, of a delay or of a retention period. */
  #ring(now: number): void {
    this.catchUp(now);
    this.#dropExpired();
    if (this.#context.mutations.leaseTimerNotRearmed) this.#leaseTimerDead = true;
    this.#setAlarm(now);
    this.#listener.onTimerDone();
  }

  #setAlarm(now: number): void {
    // A queue that pushes looks after its times itself.
    if (this.push !== null) return;
    const { leases, delays, ages, settings } = this.state;
    this.#alarm.setFor(Math.min(delays.firstKey, this.#ghosts.firstDue), now);
    if (!this.#leaseTimerDead) this.#alarm.setFor(leases.firstKey, now);
    if (ages.first === NONE) return;
    const left = ages.firstKey + settings.retentionMicros - this.#context.clock.wallMicros();
    // At least a little: the two clocks of a machine need not agree to the microsecond. And not too long: the wall clock may
    // jump, of which the timer hears nothing.
    this.#alarm.setFor(now + Math.min(Math.max(left, 1), RETENTION_LOOK_MICROS), now);
  }

  /** Drops what was sent longer ago than the retention period, by the wall clock. */
  #dropExpired(): void {
    const { ages, settings } = this.state;
    if (ages.first === NONE) return;
    const newestExpired = retentionCut(this.#context.clock.wallMicros(), settings.retentionMicros, this.#context.mutations);
    while (ages.firstKey <= newestExpired) {
      if (this.#context.mutations.retentionSkipsReceived && this.#keepsReceived(ages.first)) continue;
      this.#transitions.drop(ages.first, DropReason.retention);
      this.#afterRemoval();
    }
  }

  /** Mutant `retention-skips-received`: one that was received is looked at again a whole retention period later. */
  #keepsReceived(slot: number): boolean {
    const { ages, settings } = this.state;
    if ((this.#context.store.count[slot] as number) === 0) return false;
    const sentWall = ages.firstKey;
    ages.remove(slot);
    ages.add(slot, sentWall + settings.retentionMicros);
    return true;
  }

  #extend(slot: number, timeoutMicros: number, now: number): void {
    const { store, mutations } = this.#context;
    const isAdded = mutations.extensionAdded && store.state[slot] === State.leased;
    this.#transitions.extend(slot, isAdded ? (store.turn.key[slot] as number) - now + timeoutMicros : timeoutMicros, now);
    if (!this.#leaseTimerDead) this.#alarm.setFor(this.#context.store.turn.key[slot] as number, now);
  }

  /** A lease has ended and the message is ready again. */
  #afterLease(slot: number, now: number): void {
    const { mutations } = this.#context;
    if (mutations.deadLetterOnTimeout && this.#moveAway !== null && isExhausted(this.state, this.#context, slot)) this.#moveAway(slot, now);
    else if (!mutations.waiterNotWoken) this.#listener.onDeliverable(this);
  }

  #arrived(now: number): void {
    this.#setAlarm(now);
    this.#listener.onDeliverable(this);
  }

  /** A poll that waits may go on: room came free at the limit of messages in flight, or the group that the message had blocked. */
  #afterRemoval(): void {
    const { leasedCount, settings } = this.state;
    if ((this.#policy.order === 'groups' && !this.#context.mutations.freedGroupDoesNotWake) || leasedCount === settings.maxInFlight - 1) this.#listener.onDeliverable(this);
  }
}
