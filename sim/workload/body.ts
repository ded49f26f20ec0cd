/** A body begins with the message's trace number and its place among its producer's messages. */
export const MIN_BODY_BYTES = 8;

const FILLER_BYTES = 65_536;

/** What follows is filler: cheap to copy, different at every offset, the same in every run. */
function makeFiller(): Uint8Array {
  const filler = new Uint8Array(FILLER_BYTES);
  let state = 0x9e3779b9;
  for (let index = 0; index < FILLER_BYTES; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    filler[index] = state >>> 24;
  }
  return filler;
}

const filler = makeFiller();

/** The bytes of one message. Sizes below {@link MIN_BODY_BYTES} are raised to it. */
export function makeBody(trace: number, ordinal: number, sizeBytes: number): Uint8Array {
  const body = new Uint8Array(Math.max(MIN_BODY_BYTES, sizeBytes));
  writeUint32(body, 0, trace);
  writeUint32(body, 4, ordinal);
  for (let offset = MIN_BODY_BYTES; offset < body.length; offset += FILLER_BYTES) {
    body.set(filler.subarray(0, Math.min(FILLER_BYTES, body.length - offset)), offset);
  }
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
