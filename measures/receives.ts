import { type EventChunk, NO_DEADLINE_MICROS } from '../history/index.js';

/** Tells apart the receives that got messages: the leases of one follow each other in one instant. What is pushed to a consumer was not asked for. */
export class Receives {
  #atMicros = -1;
  #consumer = 0;
  #queue = 0;

  /** Whether this lease is the first of a receive. */
  begins({ peer, dest, c: timeoutMicros }: EventChunk, row: number, nowMicros: number): boolean {
    if (timeoutMicros[row]! >= NO_DEADLINE_MICROS) return false;
    if (nowMicros === this.#atMicros && peer[row] === this.#consumer && dest[row] === this.#queue) return false;
    this.#atMicros = nowMicros;
    this.#consumer = peer[row]!;
    this.#queue = dest[row]!;
    return true;
  }
}
