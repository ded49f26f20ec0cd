import { type Journeys, UNKNOWN } from './journeys.js';
import type { DurationSink } from './latency-recorder.js';
import { Mark, MessageMarks } from './message-marks.js';
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
 * The times of each message while it is in flight: while its send is open, a copy of it is stored, or a delivery is
 * out that may become its first good handling. Afterwards two bits of it remain.
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

  /** The send failed, or its outcome will never be known. */
  sendEnds(message: number): void {
    const slot = this.#table.find(message, 0);
    if (slot === NO_SLOT) return;
    this.#sending[slot] = 0;
    this.#releaseIfDone(slot);
  }

  /** @param queue where sending it stored the copy; 0 for one that was made otherwise. @param passage how the send came to the broker; null where it did not just come. */
  copyStored(message: number, queue: number, availableMicros: number, passage: Passages | null, nowMicros: number): void {
    const slot = this.#slotFor(message);
    this.#journeys.accepted(slot, availableMicros, passage, nowMicros);
    this.#copies[slot]!++;
    if (queue !== 0 && this.#queue[slot] !== queue) this.#queue[slot] = this.#queue[slot] === 0 ? queue : SEVERAL;
  }

  /** Whether sending a message stored copies in several queues: an exchange did that. */
  isInSeveralQueues(message: number): boolean {
    const slot = this.#table.find(message, 0);
    return slot !== NO_SLOT && this.#queue[slot] === SEVERAL;
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

  leased(message: number, handle: number, nowMicros: number): void {
    const slot = this.#table.find(message, 0);
    if (slot !== NO_SLOT) this.#journeys.leased(slot, handle, nowMicros);
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
    if (slot !== NO_SLOT) this.#journeys.started(slot, handle, nowMicros);
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
    this.#journeys.begin(slot);
    return slot;
  }

  #releaseIfDone(slot: number): void {
    // A delivery that is still out matters only while the first good handling is to come.
    const isHandled = this.#handled[slot] === 1 || this.#deliveries[slot]! <= 0;
    if (this.#sending[slot] === 0 && this.#copies[slot]! <= 0 && isHandled) this.#table.remove(slot);
  }
}
