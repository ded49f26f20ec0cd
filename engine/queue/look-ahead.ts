import { NONE } from './links.js';
import type { MessageExtras } from './message-extras.js';

/**
 * The oldest messages of a queue, so many of them: a receive finds no others (SQS: a FIFO queue looks through its first 120 000 messages for
 * groups that are free). All messages are strung together by sequence number; the horizon is the last one that is seen.
 */
export class LookAhead {
  readonly #limit: number;
  readonly #extras: MessageExtras;
  readonly #onSeen: (slot: number) => void;
  readonly #onUnseen: (slot: number) => void;
  #oldest = NONE;
  #newest = NONE;
  #count = 0;
  /** {@link NONE} while every message is seen. */
  #horizon = NONE;

  /** `onSeen`, `onUnseen`: the horizon moved over a message. Not called for a message that is just being added or removed. */
  constructor(limit: number, extras: MessageExtras, onSeen: (slot: number) => void, onUnseen: (slot: number) => void) {
    this.#limit = limit;
    this.#extras = extras;
    this.#onSeen = onSeen;
    this.#onUnseen = onUnseen;
  }

  sees(slot: number): boolean {
    const { sequence } = this.#extras;
    return this.#horizon === NONE || (sequence[slot] as number) <= (sequence[this.#horizon] as number);
  }

  add(slot: number): void {
    this.#link(slot);
    this.#count++;
    if (this.#count <= this.#limit) return;
    const { earlier } = this.#extras;
    if (this.#horizon === NONE) {
      this.#horizon = earlier[this.#newest] as number;
      if (this.#newest !== slot) this.#onUnseen(this.#newest);
    } else if (this.sees(slot)) {
      const pushedOut = this.#horizon;
      this.#horizon = earlier[pushedOut] as number;
      this.#onUnseen(pushedOut);
    }
  }

  remove(slot: number): void {
    const { earlier, later } = this.#extras;
    const wasSeen = this.sees(slot);
    const behindHorizon = this.#horizon === NONE ? NONE : (later[this.#horizon] as number);
    const before = earlier[slot] as number;
    const behind = later[slot] as number;
    if (before === NONE) this.#oldest = behind;
    else later[before] = behind;
    if (behind === NONE) this.#newest = before;
    else earlier[behind] = before;
    this.#count--;
    if (this.#horizon === NONE || !wasSeen) {
      if (this.#count <= this.#limit) this.#horizon = NONE;
      return;
    }
    this.#horizon = this.#count <= this.#limit ? NONE : behindHorizon;
    this.#onSeen(behindHorizon);
  }

  #link(slot: number): void {
    const { earlier, later, sequence } = this.#extras;
    let before = this.#newest;
    while (before !== NONE && (sequence[before] as number) > (sequence[slot] as number)) before = earlier[before] as number;
    const behind = before === NONE ? this.#oldest : (later[before] as number);
    earlier[slot] = before;
    later[slot] = behind;
    if (before === NONE) this.#oldest = slot;
    else later[before] = slot;
    if (behind === NONE) this.#newest = slot;
    else earlier[behind] = slot;
  }
}
