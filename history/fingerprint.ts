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
 * The state is four 32-bit lanes. Word `w` enters lane `i` as `h = rotl((h xor rotl(w * C[i], 15)) * C[i + 1], R[i])`, with R = 13, 15, 17,
 * 19. A row enters as `time.lo time.hi kind actor | a.lo a.hi b.lo b.hi | message copy peer dest | c.lo c.hi`, four lanes at a time,
 * and then the lanes are stirred: `h1 += h2; h2 ^= h3; h3 += h4; h4 ^= h1`. Each of these steps can be undone, so two
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
    let k: number, x: number;
    for (let row = from; row < to; row++) {
      const at = 2 * row;
      exponents |= ((words[TIME_HIGH + at]! & EXPONENT) + EXPONENT_ONE) | ((words[A_HIGH + at]! & EXPONENT) + EXPONENT_ONE);
      exponents |= ((words[B_HIGH + at]! & EXPONENT) + EXPONENT_ONE) | ((words[C_HIGH + at]! & EXPONENT) + EXPONENT_ONE);

      k = Math.imul(words[TIME_LOW + at]!, C1);
      x = Math.imul(h1 ^ ((k << 15) | (k >>> 17)), C2);
      h1 = (x << 13) | (x >>> 19);
      k = Math.imul(words[TIME_HIGH + at]!, C2);
      x = Math.imul(h2 ^ ((k << 15) | (k >>> 17)), C3);
      h2 = (x << 15) | (x >>> 17);
      k = Math.imul(kind[row]!, C3);
      x = Math.imul(h3 ^ ((k << 15) | (k >>> 17)), C4);
      h3 = (x << 17) | (x >>> 15);
      k = Math.imul(words[ACTOR_AT + row]!, C4);
      x = Math.imul(h4 ^ ((k << 15) | (k >>> 17)), C1);
      h4 = (x << 19) | (x >>> 13);

      k = Math.imul(words[A_LOW + at]!, C1);
      x = Math.imul(h1 ^ ((k << 15) | (k >>> 17)), C2);
      h1 = (x << 13) | (x >>> 19);
      k = Math.imul(words[A_HIGH + at]!, C2);
      x = Math.imul(h2 ^ ((k << 15) | (k >>> 17)), C3);
      h2 = (x << 15) | (x >>> 17);
      k = Math.imul(words[B_LOW + at]!, C3);
      x = Math.imul(h3 ^ ((k << 15) | (k >>> 17)), C4);
      h3 = (x << 17) | (x >>> 15);
      k = Math.imul(words[B_HIGH + at]!, C4);
      x = Math.imul(h4 ^ ((k << 15) | (k >>> 17)), C1);
      h4 = (x << 19) | (x >>> 13);

      k = Math.imul(words[MESSAGE_AT + row]!, C1);
      x = Math.imul(h1 ^ ((k << 15) | (k >>> 17)), C2);
      h1 = (x << 13) | (x >>> 19);
      k = Math.imul(words[COPY_AT + row]!, C2);
      x = Math.imul(h2 ^ ((k << 15) | (k >>> 17)), C3);
      h2 = (x << 15) | (x >>> 17);
      k = Math.imul(words[PEER_AT + row]!, C3);
      x = Math.imul(h3 ^ ((k << 15) | (k >>> 17)), C4);
      h3 = (x << 17) | (x >>> 15);
      k = Math.imul(words[DEST_AT + row]!, C4);
      x = Math.imul(h4 ^ ((k << 15) | (k >>> 17)), C1);
      h4 = (x << 19) | (x >>> 13);

      k = Math.imul(words[C_LOW + at]!, C1);
      x = Math.imul(h1 ^ ((k << 15) | (k >>> 17)), C2);
      h1 = (x << 13) | (x >>> 19);
      k = Math.imul(words[C_HIGH + at]!, C2);
      x = Math.imul(h2 ^ ((k << 15) | (k >>> 17)), C3);
      h2 = (x << 15) | (x >>> 17);
      h1 = (h1 + h2) | 0;
      h2 ^= h3;
      h3 = (h3 + h4) | 0;
      h4 ^= h1;
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
    const h4 = lane4(this.#h4, w4);
    const h3 = lane3(this.#h3, w3);
    const h2 = lane2(this.#h2, w2);
    this.#h1 = (lane1(this.#h1, w1) + h2) | 0;
    this.#h2 = h2 ^ h3;
    this.#h3 = (h3 + h4) | 0;
    this.#h4 = h4 ^ this.#h1;
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

function lane1(h: number, word: number): number {
  const k = Math.imul(word, C1);
  const x = Math.imul(h ^ ((k << 15) | (k >>> 17)), C2);
  return (x << 13) | (x >>> 19);
}

function lane2(h: number, word: number): number {
  const k = Math.imul(word, C2);
  const x = Math.imul(h ^ ((k << 15) | (k >>> 17)), C3);
  return (x << 15) | (x >>> 17);
}

function lane3(h: number, word: number): number {
  const k = Math.imul(word, C3);
  const x = Math.imul(h ^ ((k << 15) | (k >>> 17)), C4);
  return (x << 17) | (x >>> 15);
}

function lane4(h: number, word: number): number {
  const k = Math.imul(word, C4);
  const x = Math.imul(h ^ ((k << 15) | (k >>> 17)), C1);
  return (x << 19) | (x >>> 13);
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
