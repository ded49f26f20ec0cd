const FIRST_CAPACITY = 1024;

/**
 * How messages between machines came to where they were handled, beside the history and not in it: the world notes each right
 * before it is handled, and whoever follows the history asks for the one that led to an event.
 */
export class Passages {
  readonly #nextEvent: () => number;
  #event = new Float64Array(FIRST_CAPACITY);
  #at = new Float64Array(FIRST_CAPACITY);
  #network = new Float64Array(FIRST_CAPACITY);
  #wait = new Float64Array(FIRST_CAPACITY);
  #service = new Float64Array(FIRST_CAPACITY);
  #length = 0;
  /** The last one that led to the event asked for, or before the first: -1. */
  #current = -1;

  /** @param nextEvent how many events the history has so far. */
  constructor(nextEvent: () => number) {
    this.#nextEvent = nextEvent;
  }

  /** For the world. */
  passed(nowMicros: number, networkMicros: number, waitMicros: number, serviceMicros: number): void {
    const at = this.#length;
    if (at === this.#event.length) this.#grow();
    this.#event[at] = this.#nextEvent();
    this.#at[at] = nowMicros;
    this.#network[at] = networkMicros;
    this.#wait[at] = waitMicros;
    this.#service[at] = serviceMicros;
    this.#length = at + 1;
  }

  /**
   * Goes to the one that led to an event; events are asked for in order. False when none did: nothing was handled at that time
   * before the event.
   */
  seek(event: number, atMicros: number): boolean {
    let current = this.#current;
    while (current + 1 < this.#length && this.#event[current + 1]! <= event) current++;
    this.#current = current;
    return current >= 0 && this.#at[current] === atMicros;
  }

  get networkMicros(): number {
    return this.#network[this.#current]!;
  }

  get waitMicros(): number {
    return this.#wait[this.#current]!;
  }

  get serviceMicros(): number {
    return this.#service[this.#current]!;
  }

  /** Forgets those that can have led only to events before this one. */
  forgetBefore(event: number): void {
    let keep = this.#current < 0 ? 0 : this.#current;
    while (keep + 1 < this.#length && this.#event[keep + 1]! <= event) keep++;
    if (keep === 0) return;
    for (const column of [this.#event, this.#at, this.#network, this.#wait, this.#service]) column.copyWithin(0, keep, this.#length);
    this.#length -= keep;
    this.#current = this.#length === 0 ? -1 : 0;
  }

  #grow(): void {
    const longer = (old: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const array = new Float64Array(2 * old.length);
      array.set(old);
      return array;
    };
    this.#event = longer(this.#event);
    this.#at = longer(this.#at);
    this.#network = longer(this.#network);
    this.#wait = longer(this.#wait);
    this.#service = longer(this.#service);
  }
}
