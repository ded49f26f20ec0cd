import type { Passages } from './passages.js';
import { grown } from './slot-table.js';
import { Stage, STAGES } from './stages.js';
import type { StageSums } from './stage-sums.js';

/** An instant that did not come, or that nobody knows. */
export const UNKNOWN = -1;

/*
 * The instants of a message, in the order in which they come when nothing goes wrong. The accepted attempt was sent, reached the
 * broker, got a core and was accepted; of its leases the last is remembered: when it was granted, left the broker, reached the
 * consumer, and its handling began.
 */
const INTENDED = 0;
const FIRST_SENT = 1;
const SENT = 2;
const ARRIVED = 3;
const BEGUN = 4;
const ACCEPTED = 5;
const AVAILABLE = 6;
const FIRST_LEASED = 7;
const LEASED = 8;
const LEFT = 9;
const DELIVERED = 10;
const STARTED = 11;
/** The last lease's handle. */
const HANDLE = 12;
const FIELDS = 13;

/** In which stage the time is that ends with each instant. */
const STAGE_BEFORE = new Uint8Array(HANDLE);
STAGE_BEFORE[FIRST_SENT] = Stage.producerWait;
STAGE_BEFORE[SENT] = Stage.sendRetries;
STAGE_BEFORE[ARRIVED] = Stage.network;
STAGE_BEFORE[BEGUN] = Stage.brokerWait;
STAGE_BEFORE[ACCEPTED] = Stage.brokerCpu;
STAGE_BEFORE[AVAILABLE] = Stage.delay;
STAGE_BEFORE[FIRST_LEASED] = Stage.queueWait;
STAGE_BEFORE[LEASED] = Stage.earlierDeliveries;
STAGE_BEFORE[LEFT] = Stage.disk;
STAGE_BEFORE[DELIVERED] = Stage.network;
STAGE_BEFORE[STARTED] = Stage.consumerWait;

/**
 * The instants of each message between which its time goes, in the slots of {@link Messages}. A message that is handled well under
 * another lease than its last has its time since the first lease in one stage.
 */
export class Journeys {
  readonly #sums: StageSums;
  readonly #stages = new Float64Array(STAGES);
  /** The fields of a slot lie side by side, so that a message's events touch few lines of memory. */
  #fields = new Float64Array(0);

  constructor(sums: StageSums) {
    this.#sums = sums;
  }

  grow(capacity: number): void {
    this.#fields = grown(this.#fields, capacity * FIELDS);
  }

  begin(slot: number): void {
    const at = slot * FIELDS;
    for (let field = at; field < at + FIELDS; field++) this.#fields[field] = UNKNOWN;
  }

  intendedMicros(slot: number): number {
    return this.#fields[slot * FIELDS + INTENDED]!;
  }

  firstSentMicros(slot: number): number {
    return this.#fields[slot * FIELDS + FIRST_SENT]!;
  }

  /** When the first copy could first be received. */
  availableMicros(slot: number): number {
    return this.#fields[slot * FIELDS + AVAILABLE]!;
  }

  /** The first attempt leaves the producer. */
  sent(slot: number, intendedMicros: number, nowMicros: number): void {
    const at = slot * FIELDS;
    this.#fields[at + INTENDED] = intendedMicros;
    this.#fields[at + FIRST_SENT] = nowMicros;
  }

  /** A copy is stored. @param passage how the send came to the broker; null where nobody knows. */
  accepted(slot: number, availableMicros: number, passage: Passages | null, nowMicros: number): void {
    const fields = this.#fields;
    const at = slot * FIELDS;
    if (fields[at + ACCEPTED] !== UNKNOWN) return;
    fields[at + ACCEPTED] = nowMicros;
    fields[at + AVAILABLE] = availableMicros;
    if (passage === null) return;
    const begun = nowMicros - passage.serviceMicros;
    const arrived = begun - passage.waitMicros;
    fields[at + BEGUN] = begun;
    fields[at + ARRIVED] = arrived;
    fields[at + SENT] = arrived - passage.networkMicros;
  }

  leased(slot: number, handle: number, nowMicros: number): void {
    const fields = this.#fields;
    const at = slot * FIELDS;
    if (fields[at + FIRST_LEASED] === UNKNOWN) fields[at + FIRST_LEASED] = nowMicros;
    fields[at + HANDLE] = handle;
    fields[at + LEASED] = nowMicros;
    fields[at + LEFT] = UNKNOWN;
    fields[at + DELIVERED] = UNKNOWN;
    fields[at + STARTED] = UNKNOWN;
  }

  /** Whether the last lease's handling has not begun. */
  isLeasedUnbegun(slot: number): boolean {
    const at = slot * FIELDS;
    return this.#fields[at + LEASED] !== UNKNOWN && this.#fields[at + STARTED] === UNKNOWN;
  }

  delivered(slot: number, handle: number, passage: Passages | null, nowMicros: number): void {
    const fields = this.#fields;
    const at = slot * FIELDS;
    if (fields[at + HANDLE] !== handle) return;
    fields[at + DELIVERED] = nowMicros;
    if (passage !== null) fields[at + LEFT] = nowMicros - passage.serviceMicros - passage.waitMicros - passage.networkMicros;
  }

  started(slot: number, handle: number, nowMicros: number): void {
    const at = slot * FIELDS;
    if (this.#fields[at + HANDLE] === handle) this.#fields[at + STARTED] = nowMicros;
  }

  /** The message is handled well for the first time: its time is told apart and added up. */
  end(slot: number, handle: number, nowMicros: number): void {
    if (!this.#sums.isKept) return;
    const fields = this.#fields;
    const stages = this.#stages;
    for (let stage = 0; stage < STAGES; stage++) stages[stage] = 0;
    const at = slot * FIELDS;
    const last = fields[at + HANDLE] === handle ? STARTED : FIRST_LEASED;
    const intendedMicros = fields[at + INTENDED]!;
    let from = intendedMicros;
    // No instant is before the one before it, whatever came in between: the stages always add up to the whole.
    for (let instant = FIRST_SENT; instant <= last; instant++) {
      const to = Math.min(fields[at + instant]!, nowMicros);
      if (to <= from) continue;
      const isPassageUnknown = instant === ACCEPTED && fields[at + SENT] === UNKNOWN;
      stages[isPassageUnknown ? Stage.network : STAGE_BEFORE[instant]!]! += to - from;
      from = to;
    }
    if (nowMicros > from) stages[Stage.handler]! += nowMicros - from;
    this.#sums.add(stages, nowMicros - intendedMicros);
  }
}
