/**
 * A body begins with the message's trace number and its place among its producer's messages, each as so many digits. All of it is printable ASCII,
 * which every broker takes (SQS refuses control characters: InvalidMessageContents).
 */
const DIGITS = 4;
export const MIN_BODY_BYTES = 2 * DIGITS;
/** Four digits of this base are enough for the {@link TraceCounter} of any run that fits into memory. */
const BASE = 94;
const FIRST_DIGIT = 0x21;

const FILLER_BYTES = 65_536;

/** Room for the numbers, and then filler: cheap to copy, different at every offset, the same in every run. */
const pattern = makePattern();

function makePattern(): Uint8Array {
  const bytes = new Uint8Array(MIN_BODY_BYTES + FILLER_BYTES);
  let state = 0x9e3779b9;
  for (let index = MIN_BODY_BYTES; index < bytes.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = FIRST_DIGIT + ((state >>> 24) % BASE);
  }
  return bytes;
}

/** Small bodies are cut from blocks of so many bytes: an array of its own costs more than all that is written into it. */
const BLOCK_BYTES = 32_768;
const MAX_CUT_BYTES = 2048;
/** Bodies begin at whole words of their block, so that they are filled word by word. */
const WORD_BYTES = 4;
const patternWords = new Int32Array(pattern.buffer);
let block = new ArrayBuffer(0);
let blockWords = new Int32Array(block);
let usedWords = 0;

/** The bytes of one message. Sizes below {@link MIN_BODY_BYTES} are raised to it. */
export function makeBody(trace: number, ordinal: number, sizeBytes: number): Uint8Array {
  const size = Math.max(MIN_BODY_BYTES, sizeBytes);
  const body = size > MAX_CUT_BYTES ? longBody(size) : cutBody(size);
  writeNumber(body, 0, trace);
  writeNumber(body, DIGITS, ordinal);
  return body;
}

function longBody(size: number): Uint8Array {
  const body = new Uint8Array(size);
  for (let offset = MIN_BODY_BYTES; offset < body.length; offset += FILLER_BYTES) {
    body.set(pattern.subarray(MIN_BODY_BYTES, Math.min(pattern.length, MIN_BODY_BYTES + body.length - offset)), offset);
  }
  return body;
}

/** The last word may reach beyond the body: the next one begins behind it. */
function cutBody(size: number): Uint8Array {
  const words = Math.ceil(size / WORD_BYTES);
  if (usedWords + words > blockWords.length) {
    block = new ArrayBuffer(BLOCK_BYTES);
    blockWords = new Int32Array(block);
    usedWords = 0;
  }
  for (let word = MIN_BODY_BYTES / WORD_BYTES; word < words; word += 1) blockWords[usedWords + word] = patternWords[word]!;
  const body = new Uint8Array(block, usedWords * WORD_BYTES, size);
  usedWords += words;
  return body;
}

/** Which of its producer's messages this is, counting from 1. */
export function ordinalOf(body: Uint8Array): number {
  let number = 0;
  for (let at = MIN_BODY_BYTES - 1; at >= DIGITS; at -= 1) number = number * BASE + body[at]! - FIRST_DIGIT;
  return number;
}

/** The lowest digit comes first. */
function writeNumber(bytes: Uint8Array, offset: number, number: number): void {
  let rest = number;
  for (let at = offset; at < offset + DIGITS; at += 1) {
    const higher = Math.floor(rest / BASE);
    bytes[at] = FIRST_DIGIT + rest - higher * BASE;
    rest = higher;
  }
}
