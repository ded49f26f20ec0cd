import { HIGHEST_MICROS, type LatencyHistogram, SIGNIFICANT_DIGITS } from './latency-histogram.js';

/*
 * HdrHistogram's V2 encoding, which every port of that library reads. Ours, because the bytes of a result must not depend on
 * where it was made: the library compresses with whatever zlib it finds, and zlib's output differs between hosts. The
 * zlib stream here holds its data uncompressed, which is as valid and has one spelling.
 */
const V2_COOKIE = 0x1c849313;
const V2_COMPRESSED_COOKIE = 0x1c849314;
const HEADER_BYTES = 40;
/** A count or a run of zeros takes at most this many bytes (LEB128 of a number below 2^33). */
const MAX_WORD_BYTES = 5;

/** The histogram in HdrHistogram's compressed V2 encoding, base64. */
export function encodeHistogram(histogram: LatencyHistogram): string {
  const stream = zlibStored(encodeV2(histogram.count === 0 ? new Uint32Array(1) : histogram.bucketCounts()));
  const bytes = new Uint8Array(8 + stream.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, V2_COMPRESSED_COOKIE);
  view.setUint32(4, stream.length);
  bytes.set(stream, 8);
  return base64(bytes);
}

/** Header, then the counts: a positive number is a count, a negative one a run of so many zeros. */
function encodeV2(counts: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + counts.length * MAX_WORD_BYTES);
  let end = HEADER_BYTES;
  for (let i = 0; i < counts.length; ) {
    const zeros = zerosFrom(counts, i);
    // ZigZag: 0, -1, 1, -2 … become 0, 1, 2, 3 …; a single zero is a count.
    end = putVariable(bytes, end, zeros > 1 ? 2 * zeros - 1 : 2 * counts[i]!);
    i += Math.max(1, zeros);
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(0, V2_COOKIE);
  view.setUint32(4, end - HEADER_BYTES);
  // No shift of the bucket numbers.
  view.setUint32(8, 0);
  view.setUint32(12, SIGNIFICANT_DIGITS);
  putUint64(view, 16, 1);
  putUint64(view, 24, HIGHEST_MICROS);
  // Recorded integers are the values themselves.
  view.setFloat64(32, 1);
  return bytes.subarray(0, end);
}

function zerosFrom(counts: Uint32Array, start: number): number {
  let end = start;
  while (end < counts.length && counts[end] === 0) end++;
  return end - start;
}

function putUint64(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, Math.floor(value / 0x1_0000_0000));
  view.setUint32(offset + 4, value % 0x1_0000_0000);
}

/** LEB128, low seven bits first. */
function putVariable(bytes: Uint8Array, offset: number, value: number): number {
  let rest = value;
  let at = offset;
  while (rest >= 0x80) {
    bytes[at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[at++] = rest;
  return at;
}

const STORED_MAX_BYTES = 0xffff;

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
function zlibStored(data: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(data.length / STORED_MAX_BYTES));
  const bytes = new Uint8Array(2 + blocks * 5 + data.length + 4);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x7801);
  let at = 2;
  for (let block = 0; block < blocks; block++) {
    const part = data.subarray(block * STORED_MAX_BYTES, (block + 1) * STORED_MAX_BYTES);
    bytes[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    bytes.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, adler32(data));
  return bytes;
}

function adler32(data: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 0x10000 + low;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((left > 1 ? bytes[i + 1]! : 0) << 8) | (left > 2 ? bytes[i + 2]! : 0);
    parts.push(
      DIGITS[word >> 18]! + DIGITS[(word >> 12) & 63]! + (left > 1 ? DIGITS[(word >> 6) & 63]! : '=') + (left > 2 ? DIGITS[word & 63]! : '='),
    );
  }
  return parts.join('');
}
