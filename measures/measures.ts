import {
  type Closed, CopyState, type DropReason, type EventChunk, EventKind, type EventObserver, HandleResult, LetterFate, MoveReason, type NameTable, OutcomeReason,
} from '../history/index.js';
import { Copies } from './copies.js';
import { allCounts, countBlock, countEmpty, countFailedSend, countGuard, countHandling, countStop, dropCounts, zeroCounts } from './counts.js';
import { Cause, causeOfReturn } from './duplicates.js';
import { Handlings } from './handlings.js';
import { Instruments } from './instruments.js';
import { Messages } from './messages.js';
import type { Passages } from './passages.js';
import type { Figures, MeasuresResult, SeriesResult } from './result.js';
import type { ConfidenceLevel, SteadyStateResult } from './statistics/index.js';

const NEVER = -1;

export interface MeasuresOptions {
  /** Where the names of queues are read when the series are written. */
  readonly names: Pick<NameTable, 'text'>;
  /** How messages between machines came to their events; without them, all of that time counts as network. */
  readonly passages?: Passages;
  /** False when neither {@link Measures.result} nor {@link Measures.series} will be read, which saves memory and time. Default true. */
  readonly series?: boolean;
  /** The same for {@link Measures.steadyState}. */
  readonly intervals?: boolean;
  /** The latencies that anything will be asked of; the others are not there. Default: all. */
  readonly latencies?: ReadonlySet<string>;
}

/**
 * Watches a run and says how well it went. Works online: distributions and series take constant memory, times are kept for
 * what is in flight, and of a message that is over four bits remain. Time starts near 0. Flush the recorder before reading.
 */
export class Measures implements EventObserver {
  readonly #names: Pick<NameTable, 'text'>;
  readonly #instruments: Instruments;
  readonly groups: Instruments['groups'];
  readonly #messages: Messages;
  readonly #copies: Copies;
  readonly #handlings: Handlings;
  readonly #ofKind = new Float64Array(256);
  readonly #counts = zeroCounts();
  readonly #passages: Passages | null;
  #now = 0;
  /** Events seen before the stretch in work. */
  #base = 0;

  constructor(options: MeasuresOptions) {
    this.#names = options.names;
    this.#passages = options.passages ?? null;
    const { series = true, intervals = true, latencies } = options;
    this.#instruments = new Instruments({ hasSeries: series, hasIntervals: intervals, isWanted: (latency) => latencies?.has(latency) ?? true });
    this.groups = this.#instruments.groups;
    this.#messages = new Messages(this.#instruments);
    this.#copies = new Copies(this.#instruments.gauges, this.#instruments.latencies, this.#instruments.deliveries, this.#instruments.groups);
    this.#handlings = new Handlings(this.#instruments.latencies.handling);
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    const { time, kind } = chunk;
    const { grid } = this.#instruments;
    this.#base -= from;
    for (let row = from; row < to; row++) {
      const now = time[row]!;
      const kindOfRow = kind[row] as EventKind;
      if (now >= this.#copies.nextDueMicros) this.#releaseDue(now);
      if (now >= grid.endMicros) grid.advance(now);
      this.#ofKind[kindOfRow]!++;
      this.#take(chunk, row, kindOfRow, now);
    }
    if (to > from) this.#now = time[to - 1]!;
    this.#base += to;
    this.#passages?.forgetBefore(this.#base);
  }

  #releaseDue(now: number): void {
    const { grid } = this.#instruments;
    for (let due = this.#copies.nextDueMicros; due <= now; due = this.#copies.nextDueMicros) {
      if (due >= grid.endMicros) grid.advance(due);
      this.#copies.releaseDue();
    }
  }

  /** Client operations; what the engine did is next. */
  #take(chunk: EventChunk, row: number, kind: EventKind, now: number): void {
    const message = chunk.message[row]!;
    const instruments = this.#instruments;
    switch (kind) {
      case EventKind.sendInvoke:
        this.#messages.sendBegins(message, chunk.a[row]!, now);
        instruments.intended(chunk.a[row]!);
        instruments.attempts.add(1, NEVER);
        break;
      case EventKind.sendAttempt:
        if (chunk.a[row]! <= 1) break;
        this.#counts['send-retries']++;
        instruments.attempts.add(chunk.a[row]!, this.#messages.sentAgain(message, now));
        break;
      case EventKind.sendOk:
        this.#messages.sendAccepted(message, now);
        instruments.sendOk(now);
        break;
      case EventKind.sendFail: case EventKind.sendInfo:
        if (kind === EventKind.sendFail) countFailedSend(this.#counts, chunk.a[row]!, chunk.b[row]!);
        if (chunk.a[row] === OutcomeReason.breakerOpen) this.#counts['breaker-refused']++;
        this.#messages.sendEnds(message, chunk.actor[row]!, chunk.a[row] === OutcomeReason.unconfirmed);
        break;
      case EventKind.deliver: return this.#delivered(chunk, row, now);
      case EventKind.nackInvoke:
        this.#copies.nacked(instruments.causes.brokerOf(chunk.dest[row]!), chunk.copy[row]!);
        break;
      case EventKind.handleStart:
        this.#handlings.begin(chunk.actor[row]!, chunk.a[row]!, now);
        this.#messages.handlingBegins(message, chunk.a[row]!, now);
        break;
      case EventKind.handleEnd: return this.#handleEnds(chunk, row, now);
      case EventKind.effect: return this.#effect(message, chunk.b[row]!);
      case EventKind.pollEnd:
        if (chunk.a[row] === 0) this.#counts['empty-polls']++;
        break;
      case EventKind.emptyReceive: return countEmpty(this.#counts, chunk.a[row]!);
      case EventKind.connectionBlocked: return countBlock(this.#counts, chunk.a[row]!, chunk.b[row]!);
      case EventKind.refused: return instruments.refusals.add(chunk.a[row]!, chunk.b[row] as Closed, this.#counts);
      case EventKind.clientGuard: return countGuard(this.#counts, chunk.a[row]!);
      default:
        this.#takeTruth(chunk, row, kind, now);
    }
  }

  #delivered(chunk: EventChunk, row: number, now: number): void {
    const instruments = this.#instruments;
    const message = chunk.message[row]!;
    const copy = chunk.copy[row]!;
    instruments.parties.consumer(chunk.actor[row]!).delivered++;
    const cause = this.#copies.delivered(instruments.causes.brokerOf(chunk.dest[row]!), copy);
    if (this.#messages.delivered(message, chunk.a[row]!, this.#passageTo(row, now), now)) {
      this.#counts.duplicates++;
      instruments.duplicate();
      instruments.causes.add(cause === Cause.retry && this.#messages.isInSeveralQueues(message) ? Cause.routed : cause, copy);
    }
    instruments.spans.delivered(now);
  }

  /** The engine's own truth, and the life of nodes. */
  #takeTruth(chunk: EventChunk, row: number, kind: EventKind, now: number): void {
    const broker = chunk.actor[row]!;
    const copy = chunk.copy[row]!;
    switch (kind) {
      case EventKind.accept:
        this.#instruments.parties.queue(chunk.dest[row]!).accepted++;
        this.#stored(chunk, row, chunk.a[row]! > 0 ? CopyState.delayed : CopyState.ready, now + chunk.a[row]!, now, false);
        break;
      case EventKind.restore:
        this.#stored(chunk, row, chunk.b[row] as CopyState, now + chunk.c[row]!, now, chunk.a[row]! > 0);
        break;
      case EventKind.leaseGrant: return this.#leased(chunk, row, now);
      case EventKind.leaseExtend:
        this.#copies.extend(broker, copy, now);
        break;
      case EventKind.leaseExpire: case EventKind.leaseRelease:
        if (kind === EventKind.leaseExpire) this.#instruments.parties.queue(chunk.dest[row]!).expired++;
        this.#copies.release(broker, copy, causeOfReturn(kind, chunk.b[row]!), now);
        break;
      case EventKind.setAside:
        this.#copies.setAside(broker, copy, now + chunk.c[row]!, now);
        break;
      case EventKind.settle:
        if (this.#messages.settled(chunk.message[row]!, this.#copies.settle(broker, copy, now))) this.#counts['acknowledged-messages']++;
        this.#instruments.acknowledged(now);
        this.#instruments.parties.queue(chunk.dest[row]!).acknowledged++;
        break;
      case EventKind.drop:
        this.#counts[dropCounts[chunk.a[row] as DropReason]]++;
        this.#instruments.parties.queue(chunk.dest[row]!).dropped++;
        if (this.#copies.remove(broker, copy, now)) this.#messages.copyGone(chunk.message[row]!);
        break;
      case EventKind.deadLetter:
        // The letter is stored next, and its source stays until that is confirmed.
        if (chunk.c[row] === LetterFate.stored) this.#instruments.causes.replaced(chunk.message[row]!, chunk.b[row] as MoveReason, 1);
        break;
      case EventKind.unroutable: return this.#messages.unroutable(chunk.message[row]!);
      case EventKind.reappear: return this.#instruments.causes.reappeared(copy);
      case EventKind.place:
        this.#copies.place(broker, copy, chunk.dest[row]!, chunk.peer[row]!, now);
        break;
      case EventKind.move:
        this.#moved(chunk, row, now);
        break;
      case EventKind.recoverBegin:
        this.#copies.beginRecovery(broker, chunk.dest[row]!);
        break;
      case EventKind.recoverEnd:
        this.#copies.endRecovery(broker, chunk.dest[row]!, now, this.#copyLost);
        break;
      case EventKind.nodeStop:
        countStop(this.#counts, chunk.a[row]!);
        this.#handlings.forget(broker);
        this.#messages.consumerStopped(broker);
        break;
      default:
    }
  }

  /** A function of its own: one made where it is passed on would cost every event memory. */
  readonly #copyLost = (message: number): void => this.#messages.copyGone(message);

  #stored(chunk: EventChunk, row: number, state: CopyState, untilMicros: number, now: number, wasLeased: boolean): void {
    const message = chunk.message[row]!;
    const broker = chunk.actor[row]!;
    const copy = chunk.copy[row]!;
    const queue = chunk.dest[row]!;
    const { causes } = this.#instruments;
    const isNew = this.#copies.put(broker, copy, message, queue, state, untilMicros, wasLeased, now);
    causes.stores(broker, queue);
    const isRestored = chunk.kind[row] === EventKind.restore;
    const origin = isRestored ? Cause.recovered : causes.originOf(message);
    if (isRestored) this.#copies.restored(broker, copy, isNew);
    else if (origin !== Cause.retry) this.#copies.madeBy(broker, copy, origin);
    if (isNew) this.#messages.copyStored(message, origin === Cause.retry ? queue : 0, untilMicros, this.#passageTo(row, now), now);
  }

  /** How the message between machines came that led to a row; null where nothing came. */
  #passageTo(row: number, now: number): Passages | null {
    return this.#passages !== null && this.#passages.seek(this.#base + row, now) ? this.#passages : null;
  }

  #leased(chunk: EventChunk, row: number, now: number): void {
    const deliveryCount = chunk.b[row]!;
    const queue = this.#instruments.parties.queue(chunk.dest[row]!);
    this.#copies.lease(chunk.actor[row]!, chunk.copy[row]!, deliveryCount, chunk.c[row]!, now);
    this.#messages.leased(chunk.message[row]!, chunk.a[row]!, chunk.peer[row]!, now);
    queue.leased++;
    if (this.#instruments.receives.begins(chunk, row, now)) this.#counts.receives++;
    if (deliveryCount <= 1) return;
    queue.redelivered++;
    this.#counts.redelivered++;
    this.#instruments.redelivery();
  }

  #handleEnds(chunk: EventChunk, row: number, now: number): void {
    const consumer = chunk.actor[row]!;
    const result = chunk.b[row] as HandleResult;
    countHandling(this.#counts, result);
    this.#instruments.parties.handlingEnds(consumer, result, this.#handlings.end(consumer, chunk.a[row]!, result !== HandleResult.abandoned, now));
    this.#messages.handlingEnds(chunk.message[row]!, chunk.a[row]!, result === HandleResult.ok, now);
  }

  #effect(message: number, applied: number): void {
    this.#counts[applied === 0 ? 'suppressed-effects' : 'effects']++;
    if (applied !== 0 && this.#messages.effected(message)) this.#counts['duplicate-effects']++;
  }

  #moved(chunk: EventChunk, row: number, now: number): void {
    const [broker, copy] = [chunk.actor[row]!, chunk.copy[row]!];
    if (chunk.b[row] === MoveReason.redrive) {
      this.#counts.redriven++;
      this.#instruments.causes.replaced(chunk.message[row]!, MoveReason.redrive, 1);
      if (this.#copies.remove(broker, copy, now)) this.#messages.copyReplaced(chunk.message[row]!);
      return;
    }
    this.#counts['dead-lettered']++;
    this.#instruments.parties.queue(chunk.dest[row]!).deadLettered++;
    this.#instruments.deadLettered();
    if (chunk.b[row] !== MoveReason.limit) {
      this.#instruments.causes.replaced(chunk.message[row]!, chunk.b[row] as MoveReason, chunk.c[row]!);
      if (!this.#copies.remove(broker, copy, now)) return;
      // Of one that was kept until its letters were confirmed, they are there already.
      if (chunk.c[row]! > 0) this.#messages.copyReplaced(chunk.message[row]!);
      else this.#messages.copyGone(chunk.message[row]!);
      return;
    }
    this.#instruments.parties.queue(chunk.peer[row]!).movedIn++;
    this.#instruments.causes.stores(broker, chunk.peer[row]!);
    this.#copies.move(broker, copy, chunk.peer[row]!, now);
  }

  /** What thresholds are held against, up to the last event seen. */
  figures(): Figures {
    return this.#instruments.figures(allCounts(this.#ofKind, this.#counts), this.#now);
  }

  /** All figures, up to the last event seen. */
  result(): MeasuresResult {
    return this.#instruments.result(allCounts(this.#ofKind, this.#counts), (id) => this.#names.text(id), this.#now);
  }

  /** How far the figures can be trusted, up to the last event seen. */
  steadyState(level: ConfidenceLevel): SteadyStateResult {
    return this.#instruments.steadyState(level, this.#now);
  }

  /** The series, up to the last event seen. */
  series(): SeriesResult {
    return this.#instruments.series((id) => this.#names.text(id), this.#now);
  }

  /** What is held at the moment, for watching memory: messages in flight, stored copies, handlings going on. */
  get held(): Readonly<Record<'messages' | 'copies' | 'handlings', number>> {
    return { messages: this.#messages.size, copies: this.#copies.size, handlings: this.#handlings.size };
  }
}
