import type { Passages } from './passages.js';
import { grown } from './slot-table.js';
import { Stage, STAGES } from './stages.js';
import type { StageSums } from './stage-sums.js';

const UNKNOWN = -1;

/** When a handling began, and of which lease. */
export interface JourneyEnd {
  readonly intendedMicros: number;
  readonly availableMicros: number;
  readonly handle: number;
  readonly nowMicros: number;
}

/**
 * The instants of each message between which its time goes, in the slots of {@link Messages}. Of its leases the last is
 * remembered; a message that is handled well under an earlier one has its time since then in one stage.
 */
export class Journeys {
  readonly #sums: StageSums;
  readonly #stages = new Float64Array(STAGES);
  #firstSent = new Float64Array(0);
  /** When the accepted attempt was sent, reached the broker, and got a core; and when it was accepted. */
  #sent = new Float64Array(0);
  #arrived = new Float64Array(0);
  #begun = new Float64Array(0);
  #accepted = new Float64Array(0);
  #firstLeased = new Float64Array(0);
  #handle = new Float64Array(0);
  #leased = new Float64Array(0);
  #left = new Float64Array(0);
  #delivered = new Float64Array(0);
  #started = new Float64Array(0);

  constructor(sums: StageSums) {
    this.#sums = sums;
  }

  grow(capacity: number): void {
    this.#firstSent = grown(this.#firstSent, capacity);
    this.#sent = grown(this.#sent, capacity);
    this.#arrived = grown(this.#arrived, capacity);
    this.#begun = grown(this.#begun, capacity);
    this.#accepted = grown(this.#accepted, capacity);
    this.#firstLeased = grown(this.#firstLeased, capacity);
    this.#handle = grown(this.#handle, capacity);
    this.#leased = grown(this.#leased, capacity);
    this.#left = grown(this.#left, capacity);
    this.#delivered = grown(this.#delivered, capacity);
    this.#started = grown(this.#started, capacity);
  }

  begin(slot: number): void {
    this.#firstSent[slot] = UNKNOWN;
    this.#sent[slot] = UNKNOWN;
    this.#arrived[slot] = UNKNOWN;
    this.#begun[slot] = UNKNOWN;
    this.#accepted[slot] = UNKNOWN;
    this.#firstLeased[slot] = UNKNOWN;
    this.#handle[slot] = UNKNOWN;
  }

  /** The first attempt leaves the producer. */
  sent(slot: number, nowMicros: number): void {
    this.#firstSent[slot] = nowMicros;
  }

  /** A first copy is stored. @param passage how the send came to the broker; null where nobody knows. */
  accepted(slot: number, passage: Passages | null, nowMicros: number): void {
    if (this.#accepted[slot] !== UNKNOWN) return;
    this.#accepted[slot] = nowMicros;
    if (passage === null) return;
    this.#begun[slot] = nowMicros - passage.serviceMicros;
    this.#arrived[slot] = this.#begun[slot]! - passage.waitMicros;
    this.#sent[slot] = this.#arrived[slot]! - passage.networkMicros;
  }

  leased(slot: number, handle: number, nowMicros: number): void {
    if (this.#firstLeased[slot] === UNKNOWN) this.#firstLeased[slot] = nowMicros;
    this.#handle[slot] = handle;
    this.#leased[slot] = nowMicros;
    this.#left[slot] = UNKNOWN;
    this.#delivered[slot] = UNKNOWN;
    this.#started[slot] = UNKNOWN;
  }

  delivered(slot: number, handle: number, passage: Passages | null, nowMicros: number): void {
    if (this.#handle[slot] !== handle) return;
    this.#delivered[slot] = nowMicros;
    if (passage !== null) this.#left[slot] = nowMicros - passage.serviceMicros - passage.waitMicros - passage.networkMicros;
  }

  started(slot: number, handle: number, nowMicros: number): void {
    if (this.#handle[slot] === handle) this.#started[slot] = nowMicros;
  }

  /** The message is handled well for the first time: its time is told apart and added up. */
  end(slot: number, { intendedMicros, availableMicros, handle, nowMicros }: JourneyEnd): void {
    const stages = this.#stages.fill(0);
    const isLast = this.#handle[slot] === handle;
    let from = intendedMicros;
    // No instant is before the one before it, whatever came in between: the stages always add up to the whole.
    const until = (instant: number, stage: number): void => {
      const to = instant > from ? Math.min(instant, nowMicros) : from;
      stages[stage]! += to - from;
      from = to;
    };
    until(this.#firstSent[slot]!, Stage.producerWait);
    until(this.#sent[slot]!, Stage.sendRetries);
    until(this.#arrived[slot]!, Stage.network);
    until(this.#begun[slot]!, Stage.brokerWait);
    until(this.#accepted[slot]!, this.#sent[slot] === UNKNOWN ? Stage.network : Stage.brokerCpu);
    until(availableMicros, Stage.delay);
    until(this.#firstLeased[slot]!, Stage.queueWait);
    if (isLast) {
      until(this.#leased[slot]!, Stage.earlierDeliveries);
      until(this.#left[slot]!, Stage.disk);
      until(this.#delivered[slot]!, Stage.network);
      until(this.#started[slot]!, Stage.consumerWait);
    }
    until(nowMicros, Stage.handler);
    this.#sums.add(stages, nowMicros - intendedMicros);
  }
}
