import { EventNotFiniteError } from './errors.js';
import type { EventChunk } from './event-chunk.js';
import { EVENTS, type EventKind } from './events.js';

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;
const EXPONENT = 0x7ff00000;

/** Which of the two words of a Float64Array entry holds its low bits: the fingerprint is the same on every machine. */
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** Words that a row adds: time, kind, five numbers, a, b, c, and two zeros that fill the last block. */
const WORDS_PER_ROW = 16;

/**
 * 128 bits over a sequence of rows: MurmurHash3_x86_128 (Austin Appleby, public domain) over the rows as 32-bit words,
 * each row being `time.lo time.hi kind actor | peer dest message copy | a.lo a.hi b.lo b.hi | c.lo c.hi 0 0`. Integer
 * arithmetic only, so every engine computes the same. It detects change; it does not resist an attacker.
 */
export class Fingerprint {
  #h1: number;
  #h2: number;
  #h3: number;
  #h4: number;
  #words = 0;

  constructor(seed = 0) {
    this.#h1 = this.#h2 = this.#h3 = this.#h4 = seed | 0;
  }

  /**
   * Folds rows `from` (included) to `to` (excluded). How a history is cut into calls makes no difference.
   * @throws EventNotFiniteError when a row carries NaN or an infinity.
   */
  foldRows(chunk: EventChunk, from: number, to: number): void {
    const { kind, actor, peer, dest, message, copy, timeWords, aWords, bWords, cWords } = chunk;
    let h1 = this.#h1;
    let h2 = this.#h2;
    let h3 = this.#h3;
    let h4 = this.#h4;
    for (let row = from; row < to; row++) {
      const low = 2 * row + LOW;
      const high = 2 * row + HIGH;
      const timeHigh = timeWords[high]!;
      const aHigh = aWords[high]!;
      const bHigh = bWords[high]!;
      const cHigh = cWords[high]!;
      if (notFinite(timeHigh) || notFinite(aHigh) || notFinite(bHigh) || notFinite(cHigh)) failNotFinite(chunk, row);

      h1 = step1(h1, timeWords[low]!, h2);
      h2 = step2(h2, timeHigh, h3);
      h3 = step3(h3, kind[row]!, h4);
      h4 = step4(h4, actor[row]!, h1);

      h1 = step1(h1, peer[row]!, h2);
      h2 = step2(h2, dest[row]!, h3);
      h3 = step3(h3, message[row]!, h4);
      h4 = step4(h4, copy[row]!, h1);

      h1 = step1(h1, aWords[low]!, h2);
      h2 = step2(h2, aHigh, h3);
      h3 = step3(h3, bWords[low]!, h4);
      h4 = step4(h4, bHigh, h1);

      h1 = step1(h1, cWords[low]!, h2);
      h2 = step2(h2, cHigh, h3);
      h3 = step3(h3, 0, h4);
      h4 = step4(h4, 0, h1);
    }
    this.#h1 = h1;
    this.#h2 = h2;
    this.#h3 = h3;
    this.#h4 = h4;
    this.#words += (to - from) * WORDS_PER_ROW;
  }

  /** Folds one block of four 32-bit words. */
  foldBlock(w1: number, w2: number, w3: number, w4: number): void {
    this.#h1 = step1(this.#h1, w1, this.#h2);
    this.#h2 = step2(this.#h2, w2, this.#h3);
    this.#h3 = step3(this.#h3, w3, this.#h4);
    this.#h4 = step4(this.#h4, w4, this.#h1);
    this.#words += 4;
  }

  /** Folds a text: its length, then its UTF-16 code units, four to a block. */
  foldText(text: string): void {
    this.foldBlock(text.length, 0, 0, 0);
    for (let i = 0; i < text.length; i += 4) {
      this.foldBlock(unit(text, i), unit(text, i + 1), unit(text, i + 2), unit(text, i + 3));
    }
  }

  /** The four words of the digest of what was folded so far; folding may go on afterwards. */
  digest(): readonly [number, number, number, number] {
    const lengthBytes = this.#words * 4;
    // The length counts modulo 2^32, as in the reference.
    const length = lengthBytes % 0x1_0000_0000 | 0;
    let h1 = this.#h1 ^ length;
    let h2 = this.#h2 ^ length;
    let h3 = this.#h3 ^ length;
    let h4 = this.#h4 ^ length;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    h1 = mix(h1);
    h2 = mix(h2);
    h3 = mix(h3);
    h4 = mix(h4);
    h1 = (h1 + h2 + h3 + h4) | 0;
    return [h1 >>> 0, (h2 + h1) >>> 0, (h3 + h1) >>> 0, (h4 + h1) >>> 0];
  }

  /** The digest as 32 hexadecimal digits. */
  hex(): string {
    return this.digest()
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
  }
}

function rotl(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

function step1(h: number, word: number, next: number): number {
  return (Math.imul(rotl(h ^ Math.imul(rotl(Math.imul(word, C1), 15), C2), 19) + next, 5) + 0x561ccd1b) | 0;
}

function step2(h: number, word: number, next: number): number {
  return (Math.imul(rotl(h ^ Math.imul(rotl(Math.imul(word, C2), 16), C3), 17) + next, 5) + 0x0bcaa747) | 0;
}

function step3(h: number, word: number, next: number): number {
  return (Math.imul(rotl(h ^ Math.imul(rotl(Math.imul(word, C3), 17), C4), 15) + next, 5) + 0x96cd1c35) | 0;
}

function step4(h: number, word: number, next: number): number {
  return (Math.imul(rotl(h ^ Math.imul(rotl(Math.imul(word, C4), 18), C1), 13) + next, 5) + 0x32ac3b17) | 0;
}

/** The reference's finaliser: every bit of the input reaches every bit of the output. */
function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function unit(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function notFinite(highWord: number): boolean {
  return (highWord & EXPONENT) === EXPONENT;
}

function failNotFinite(chunk: EventChunk, row: number): never {
  throw new EventNotFiniteError(EVENTS[chunk.kind[row] as EventKind].name, chunk.time[row]!);
}
