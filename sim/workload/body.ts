/** A body begins with the message's trace number and its place among its producer's messages. */
export const MIN_BODY_BYTES = 8;

const FILLER_BYTES = 65_536;

/** Room for the numbers, and then filler: cheap to copy, different at every offset, the same in every run. */
const pattern = makePattern();

function makePattern(): Uint8Array {
  const bytes = new Uint8Array(MIN_BODY_BYTES + FILLER_BYTES);
  let state = 0x9e3779b9;
  for (let index = MIN_BODY_BYTES; index < bytes.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** Small bodies are cut from blocks of so many bytes: an array of its own costs more than all that is written into it. */
const BLOCK_BYTES = 32_768;
const MAX_CUT_BYTES = 2048;
/** Up to here a loop is faster than the view that `set` needs. */
const MAX_LOOPED_BYTES = 128;
let block = new ArrayBuffer(0);
let used = 0;

/** The bytes of one message. Sizes below {@link MIN_BODY_BYTES} are raised to it. */
export function makeBody(trace: number, ordinal: number, sizeBytes: number): Uint8Array {
  const body = room(Math.max(MIN_BODY_BYTES, sizeBytes));
  writeUint32(body, 0, trace);
  writeUint32(body, 4, ordinal);
  if (body.length <= MAX_LOOPED_BYTES) for (let at = MIN_BODY_BYTES; at < body.length; at += 1) body[at] = pattern[at]!;
  else fill(body);
  return body;
}

function fill(body: Uint8Array): void {
  for (let offset = MIN_BODY_BYTES; offset < body.length; offset += FILLER_BYTES) {
    body.set(pattern.subarray(MIN_BODY_BYTES, Math.min(pattern.length, MIN_BODY_BYTES + body.length - offset)), offset);
  }
}

function room(size: number): Uint8Array {
  if (size > MAX_CUT_BYTES) return new Uint8Array(size);
  if (used + size > block.byteLength) {
    block = new ArrayBuffer(BLOCK_BYTES);
    used = 0;
  }
  const body = new Uint8Array(block, used, size);
  used += size;
  return body;
}

/** Which of its producer's messages this is, counting from 1. */
export function ordinalOf(body: Uint8Array): number {
  return (body[4]! | (body[5]! << 8) | (body[6]! << 16) | (body[7]! << 24)) >>> 0;
}

function writeUint32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value & 255;
  bytes[offset + 1] = (value >>> 8) & 255;
  bytes[offset + 2] = (value >>> 16) & 255;
  bytes[offset + 3] = (value >>> 24) & 255;
}
