import type { NameId } from '../history/index.js';
import { type Journeys, UNKNOWN } from './journeys.js';
import type { DurationSink } from './latency-recorder.js';
import { Mark, MessageMarks } from './message-marks.js';
import { ARRIVED, OnTheWay } from './on-the-way.js';
import type { Passages } from './passages.js';
import { grown, NO_SLOT, type SlotColumns, SlotTable } from './slot-table.js';
import type { StepLatencies } from './step-latencies.js';

/** Instead of a queue: there is more than one. */
const SEVERAL = -1;

/** Where the times of messages go. */
export interface MessageLatencies {
  readonly latencies: Readonly<Record<'send' | 'sendService' | 'delivery' | 'endToEnd', DurationSink>>;
  readonly sendSteps: StepLatencies;
  readonly sendServiceSteps: StepLatencies;
  readonly endToEndSteps: StepLatencies;
  readonly journeys: Journeys;
}

/**
 * The times of each message while it is in flight: while its send is open, or what was sent without asking for a confirm may be on its way;
 * while a copy of it is stored; or while a delivery is out, or on its way, that may become its first good handling. Afterwards four bits of it
 * remain.
 */
export class Messages implements SlotColumns {
  readonly #table: SlotTable;
  readonly #marks = new MessageMarks();
  readonly #latencies: MessageLatencies['latencies'];
  readonly #sendSteps: StepLatencies;
  readonly #sendServiceSteps: StepLatencies;
  readonly #endToEndSteps: StepLatencies;
  readonly #journeys: Journeys;
  #sending = new Uint8Array(0);
  #handled = new Uint8Array(0);
  #copies = new Int32Array(0);
  #deliveries = new Int32Array(0);
  /** When it was last tried to send it. */
  #attemptAt = new Float64Array(0);
  /** The queue of the copies that sending it stored. */
  #queue = new Int32Array(0);
  /** Who sends it; who has its last lease. */
  #producer = new Int32Array(0);
  #consumer = new Int32Array(0);
  /** Its tickets while it is on its way to the broker, and to its handler. */
  #unstored = new Float64Array(0);
  #unbegun = new Float64Array(0);

  /** Sent without a confirm, and not stored yet. */
  readonly #toBroker = new OnTheWay((message, ticket) => this.#neverStored(message, ticket));
  /** Acknowledged when they were sent to their consumer, and not begun yet. */
  readonly #toHandler = new OnTheWay((message, ticket) => this.#neverBegun(message, ticket));

  constructor({ latencies, sendSteps, sendServiceSteps, endToEndSteps, journeys }: MessageLatencies) {
    this.#latencies = latencies;
    this.#sendSteps = sendSteps;
    this.#sendServiceSteps = sendServiceSteps;
    this.#endToEndSteps = endToEndSteps;
    this.#journeys = journeys;
    this.#table = new SlotTable(this);
  }

  grow(capacity: number): void {
    this.#sending = grown(this.#sending, capacity);
    this.#handled = grown(this.#handled, capacity);
    this.#copies = grown(this.#copies, capacity);
    this.#deliveries = grown(this.#deliveries, capacity);
    this.#attemptAt = grown(this.#attemptAt, capacity);
    this.#queue = grown(this.#queue, capacity);
    this.#producer = grown(this.#producer, capacity);
    this.#consumer = grown(this.#consumer, capacity);
    this.#unstored = grown(this.#unstored, capacity);
    this.#unbegun = grown(this.#unbegun, capacity);
    this.#journeys.grow(capacity);
  }

  /** Messages in flight now. */
  get size(): number {
    return this.#table.size;
  }

  sendBegins(message: number, intendedMicros: number, nowMicros: number): void {
    const slot = this.#slotFor(message);
    this.#sending[slot] = 1;
    this.#attemptAt[slot] = nowMicros;
    this.#journeys.sent(slot, intendedMicros, nowMicros);
  }

  /** A message is sent once more: how long after the time before; below 0 when that is not known. */
  sentAgain(message: number, nowMicros: number): number {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return UNKNOWN;
    const before = this.#attemptAt[slot]!;
    this.#attemptAt[slot] = nowMicros;
    return before === UNKNOWN ? UNKNOWN : nowMicros - before;
  }

  sendAccepted(message: number, nowMicros: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT || this.#sending[slot] === 0) return;
    const response = nowMicros - this.#journeys.intendedMicros(slot);
    this.#latencies.send.record(response);
    this.#sendSteps.record(response);
    const service = nowMicros - this.#journeys.firstSentMicros(slot);
    this.#latencies.sendService.record(service);
    this.#sendServiceSteps.record(service);
    this.#sending[slot] = 0;
    this.#releaseIfDone(slot);
  }

  /** The send failed, or its outcome will never be known. `isUnderWay`: because nobody asked; it has just been sent. */
  sendEnds(message: number, producer: NameId, isUnderWay: boolean): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    this.#sending[slot] = 0;
    if (isUnderWay && this.#copies[slot]! <= 0) {
      this.#producer[slot] = producer;
      this.#unstored[slot] = this.#toBroker.add(producer, message);
    }
    this.#releaseIfDone(slot);
  }

  /** A send came to the broker, which stores it nowhere. */
  unroutable(message: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT || this.#unstored[slot] === ARRIVED) return;
    this.#isAtBroker(slot);
    this.#releaseIfDone(slot);
  }

  #isAtBroker(slot: number): void {
    const ticket = this.#unstored[slot]!;
    if (ticket === ARRIVED) return;
    this.#unstored[slot] = ARRIVED;
    this.#toBroker.arrived(this.#producer[slot]!, ticket);
  }

  /** Of a consumer that stopped: what was on its way to it is handled by nobody. */
  consumerStopped(consumer: NameId): void {
    this.#toHandler.forget(consumer);
  }

  #neverStored(message: number, ticket: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT || this.#unstored[slot] !== ticket) return;
    this.#unstored[slot] = ARRIVED;
    this.#releaseIfDone(slot);
  }

  #neverBegun(message: number, ticket: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT || this.#unbegun[slot] !== ticket) return;
    this.#unbegun[slot] = ARRIVED;
    if (this.#deliveries[slot]! > 0) this.#deliveries[slot]!--;
    this.#releaseIfDone(slot);
  }

  /** @param queue where sending it stored the copy; 0 for one that was made otherwise. @param passage how the send came to the broker; null where it did not just come. */
  copyStored(message: number, queue: number, availableMicros: number, passage: Passages | null, nowMicros: number): void {
    const slot = this.#slotFor(message);
    this.#isAtBroker(slot);
    this.#journeys.accepted(slot, availableMicros, passage, nowMicros);
    this.#copies[slot]!++;
    if (queue !== 0 && this.#queue[slot] !== queue) this.#queue[slot] = this.#queue[slot] === 0 ? queue : SEVERAL;
  }

  /** Whether sending a message stored copies in several queues: an exchange did that. */
  isInSeveralQueues(message: number): boolean {
    const slot = this.#table.find(message, 0);
    return slot !== NO_SLOT && this.#queue[slot] === SEVERAL;
  }

  /** A copy is gone because it was acknowledged. True when none of its message was before. @param wasStored false of a copy that had been gone */
  settled(message: number, wasStored: boolean): boolean {
    if (wasStored) this.#copySettled(message);
    return !this.#marks.set(message, Mark.acknowledged);
  }

  /** Be it before it came to its consumer: by being sent there. */
  #copySettled(message: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    if (this.#handled[slot] === 0 && this.#unbegun[slot] === ARRIVED && this.#journeys.isLeasedUnbegun(slot)) {
      this.#unbegun[slot] = this.#toHandler.add(this.#consumer[slot]!, message);
    }
    this.copyGone(message);
  }

  copyGone(message: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    this.#copies[slot]!--;
    this.#releaseIfDone(slot);
  }

  /** A copy is gone, and another takes its place at once: the message stays in flight. */
  copyReplaced(message: number): void {
    const slot = this.#table.find(message, 0);
    if (slot !== NO_SLOT) this.#copies[slot]!--;
  }

  leased(message: number, handle: number, consumer: NameId, nowMicros: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    this.#consumer[slot] = consumer;
    this.#journeys.leased(slot, handle, nowMicros);
  }

  /** A delivery reaches a consumer. True when it is not the message's first. */
  delivered(message: number, handle: number, passage: Passages | null, nowMicros: number): boolean {
    const again = this.#marks.set(message, Mark.delivered);
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return again;
    this.#deliveries[slot]!++;
    this.#journeys.delivered(slot, handle, passage, nowMicros);
    if (again) return true;
    const availableMicros = this.#journeys.availableMicros(slot);
    if (availableMicros !== UNKNOWN) this.#latencies.delivery.record(nowMicros - availableMicros);
    return false;
  }

  handlingBegins(message: number, handle: number, nowMicros: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    this.#journeys.started(slot, handle, nowMicros);
    const ticket = this.#unbegun[slot]!;
    if (ticket === ARRIVED) return;
    this.#unbegun[slot] = ARRIVED;
    this.#toHandler.arrived(this.#consumer[slot]!, ticket);
  }

  /** A consumer is done with a delivery; `well`: its handling ended well. */
  handlingEnds(message: number, handle: number, well: boolean, nowMicros: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    if (this.#deliveries[slot]! > 0) this.#deliveries[slot]!--;
    if (well && this.#handled[slot] === 0) {
      this.#handled[slot] = 1;
      const intendedMicros = this.#journeys.intendedMicros(slot);
      if (intendedMicros !== UNKNOWN) this.#recordEndToEnd(slot, nowMicros - intendedMicros, handle, nowMicros);
    }
    this.#releaseIfDone(slot);
  }

  #recordEndToEnd(slot: number, micros: number, handle: number, nowMicros: number): void {
    this.#latencies.endToEnd.record(micros);
    this.#endToEndSteps.record(micros);
    this.#journeys.end(slot, handle, nowMicros);
  }

  /** The message has its effect. True when it had it before. */
  effected(message: number): boolean {
    return this.#marks.set(message, Mark.effected);
  }

  #slotFor(message: number): number {
    const known = this.#table.find(message, 0);
    if (known !== NO_SLOT) return known;
    const slot = this.#table.add(message, 0);
    this.#sending[slot] = 0;
    this.#handled[slot] = 0;
    this.#copies[slot] = 0;
    this.#queue[slot] = 0;
    this.#attemptAt[slot] = UNKNOWN;
    this.#deliveries[slot] = 0;
    this.#producer[slot] = 0;
    this.#consumer[slot] = 0;
    this.#unstored[slot] = ARRIVED;
    this.#unbegun[slot] = ARRIVED;
    this.#journeys.begin(slot);
    return slot;
  }

  #releaseIfDone(slot: number): void {
    // A delivery that is still out matters only while the first good handling is to come.
    const isHandled = this.#handled[slot] === 1 || (this.#deliveries[slot]! <= 0 && this.#unbegun[slot] === ARRIVED);
    if (this.#sending[slot] === 0 && this.#unstored[slot] === ARRIVED && this.#copies[slot]! <= 0 && isHandled) this.#table.remove(slot);
  }
}
