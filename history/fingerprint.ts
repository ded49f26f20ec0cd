import { EventNotFiniteError } from './errors.js';
import { A_AT, ACTOR_AT, B_AT, C_AT, COPY_AT, DEST_AT, type EventChunk, MESSAGE_AT, PEER_AT } from './event-chunk.js';
import { EVENTS, type EventKind } from './events.js';

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/** Which of the two words of a number holds its low bits: the fingerprint is the same on every machine. */
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** Where the words of the numbers begin. */
const TIME_LOW = LOW;
const TIME_HIGH = HIGH;
const A_LOW = 2 * A_AT + LOW;
const A_HIGH = 2 * A_AT + HIGH;
const B_LOW = 2 * B_AT + LOW;
const B_HIGH = 2 * B_AT + HIGH;
const C_LOW = 2 * C_AT + LOW;
const C_HIGH = 2 * C_AT + HIGH;

/** Exponent bits in the high word of a number: all set in NaN and the infinities, and then one more reaches the sign bit. */
const EXPONENT = 0x7ff00000;
const EXPONENT_ONE = 0x00100000;

/**
 * 128 bits over a sequence of rows, in integer arithmetic, so every engine computes the same. It detects change; it does not
 * resist an attacker.
 *
 * The state is four 32-bit lanes in a ring. Word `w` enters lane `i` as `h[i] = rotl(h[i] xor w, R[i]) * C[i] + h[i - 1]`, with R = 13, 15,
 * 17, 19: what a word changes reaches another lane with each word that follows. A row enters as `time.lo time.hi kind actor |
 * a.lo a.hi b.lo b.hi | message copy peer dest | c.lo c.hi`, four lanes at a time, and then `h3 += h2; h4 += h3`. Each step can be undone, so two
 * histories that differ in one word of one row, whatever follows, never meet again; all others meet by chance. The digest
 * adds the number of rows and ends as MurmurHash3_x86_128 does (Austin Appleby, public domain).
 */
export class Fingerprint {
  // The first digits of pi.
  #h1 = 0x243f6a88;
  #h2 = 0x85a308d3 | 0;
  #h3 = 0x13198a2e;
  #h4 = 0x03707344;
  #rows = 0;

  /**
   * Folds rows `from` (included) to `to` (excluded). How a history is cut into calls makes no difference.
   * @throws EventNotFiniteError when a row carries NaN or an infinity: the bits of NaN differ between machines.
   *
   * Written out because it runs for every event: fourteen calls are more than an engine inlines, and twice as slow.
   */
  foldRows(chunk: EventChunk, from: number, to: number): void {
    const { kind, words } = chunk;
    let h1 = this.#h1;
    let h2 = this.#h2;
    let h3 = this.#h3;
    let h4 = this.#h4;
    let exponents = 0;
    let x: number;
    for (let row = from; row < to; row++) {
      const at = 2 * row;
      const timeHigh = words[TIME_HIGH + at]!;
      const aHigh = words[A_HIGH + at]!;
      const bHigh = words[B_HIGH + at]!;
      const cHigh = words[C_HIGH + at]!;
      exponents |= ((timeHigh & EXPONENT) + EXPONENT_ONE) | ((aHigh & EXPONENT) + EXPONENT_ONE);
      exponents |= ((bHigh & EXPONENT) + EXPONENT_ONE) | ((cHigh & EXPONENT) + EXPONENT_ONE);

      x = h1 ^ words[TIME_LOW + at]!;
      h1 = (Math.imul((x << 13) | (x >>> 19), C1) + h4) | 0;
      x = h2 ^ timeHigh;
      h2 = (Math.imul((x << 15) | (x >>> 17), C2) + h1) | 0;
      x = h3 ^ kind[row]!;
      h3 = (Math.imul((x << 17) | (x >>> 15), C3) + h2) | 0;
      x = h4 ^ words[ACTOR_AT + row]!;
      h4 = (Math.imul((x << 19) | (x >>> 13), C4) + h3) | 0;

      x = h1 ^ words[A_LOW + at]!;
      h1 = (Math.imul((x << 13) | (x >>> 19), C1) + h4) | 0;
      x = h2 ^ aHigh;
      h2 = (Math.imul((x << 15) | (x >>> 17), C2) + h1) | 0;
      x = h3 ^ words[B_LOW + at]!;
      h3 = (Math.imul((x << 17) | (x >>> 15), C3) + h2) | 0;
      x = h4 ^ bHigh;
      h4 = (Math.imul((x << 19) | (x >>> 13), C4) + h3) | 0;

      x = h1 ^ words[MESSAGE_AT + row]!;
      h1 = (Math.imul((x << 13) | (x >>> 19), C1) + h4) | 0;
      x = h2 ^ words[COPY_AT + row]!;
      h2 = (Math.imul((x << 15) | (x >>> 17), C2) + h1) | 0;
      x = h3 ^ words[PEER_AT + row]!;
      h3 = (Math.imul((x << 17) | (x >>> 15), C3) + h2) | 0;
      x = h4 ^ words[DEST_AT + row]!;
      h4 = (Math.imul((x << 19) | (x >>> 13), C4) + h3) | 0;

      x = h1 ^ words[C_LOW + at]!;
      h1 = (Math.imul((x << 13) | (x >>> 19), C1) + h4) | 0;
      x = h2 ^ cHigh;
      h2 = (Math.imul((x << 15) | (x >>> 17), C2) + h1) | 0;
      h3 = (h3 + h2) | 0;
      h4 = (h4 + h3) | 0;
    }
    if (exponents < 0) failNotFinite(chunk, from, to);
    this.#h1 = h1;
    this.#h2 = h2;
    this.#h3 = h3;
    this.#h4 = h4;
    this.#rows += to - from;
  }

  /** Folds four words as a row of its own. */
  foldWords(w1: number, w2: number, w3: number, w4: number): void {
    this.#h1 = (Math.imul(rotl(this.#h1 ^ w1, 13), C1) + this.#h4) | 0;
    this.#h2 = (Math.imul(rotl(this.#h2 ^ w2, 15), C2) + this.#h1) | 0;
    this.#h3 = (Math.imul(rotl(this.#h3 ^ w3, 17), C3) + this.#h2) | 0;
    this.#h4 = (Math.imul(rotl(this.#h4 ^ w4, 19), C4) + this.#h3) | 0;
    this.#rows++;
  }

  /** Folds a text: its length, then its UTF-16 code units, four at a time. */
  foldText(text: string): void {
    this.foldWords(text.length, 0, 0, 0);
    for (let i = 0; i < text.length; i += 4) {
      this.foldWords(unit(text, i), unit(text, i + 1), unit(text, i + 2), unit(text, i + 3));
    }
  }

  /** The four words of the digest of what was folded so far; folding may go on afterwards. */
  digest(): readonly [number, number, number, number] {
    const rowsLow = this.#rows % 0x1_0000_0000 | 0;
    const rowsHigh = Math.floor(this.#rows / 0x1_0000_0000);
    let h1 = this.#h1 ^ rowsLow;
    let h2 = this.#h2 ^ rowsHigh;
    let h3 = this.#h3 ^ rowsLow;
    let h4 = this.#h4 ^ rowsHigh;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = mix(h2 + h1);
    h3 = mix(h3 + h1);
    h4 = mix(h4 + h1);
    h1 = (mix(h1) + h2 + h3 + h4) | 0;
    return [h1 >>> 0, (h2 + h1) >>> 0, (h3 + h1) >>> 0, (h4 + h1) >>> 0];
  }

  /** The digest as 32 hexadecimal digits. */
  hex(): string {
    return this.digest()
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
  }
}

function rotl(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

/** MurmurHash3's finaliser: every bit of the input reaches every bit of the output. */
function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function unit(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function failNotFinite(chunk: EventChunk, from: number, to: number): never {
  const { time, kind, a, b, c } = chunk;
  let row = from;
  while (row < to - 1 && Number.isFinite(time[row]! + a[row]! + b[row]! + c[row]!)) row++;
  throw new EventNotFiniteError(EVENTS[kind[row] as EventKind].name, time[row]!);
}
