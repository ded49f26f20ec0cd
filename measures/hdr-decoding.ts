import { type Counted, HIGHEST_MICROS, SIGNIFICANT_DIGITS } from './latency-histogram.js';

/** Thrown for a histogram that is not as {@link encodeHistogram} writes it: the result that holds it was changed or cut off. */
export class HistogramError extends Error {
  readonly code = 'QL_MEASURE_HISTOGRAM';
  constructor(reason: string) {
    super(`A histogram cannot be read: ${reason}. The result that holds it was changed or cut off.`);
    this.name = 'HistogramError';
  }
}

const V2_COOKIE = 0x1c849313;
const V2_COMPRESSED_COOKIE = 0x1c849314;
const COMPRESSED_HEADER_BYTES = 8;
const HEADER_BYTES = 40;
/** Of the zlib stream: its header, and a stored block's. */
const ZLIB_BYTES = 2;
const BLOCK_BYTES = 5;
const MAX_BUCKETS = 100_000;
/** Seven bits a byte. */
const BASE = 128;

/**
 * The counts of a histogram by bucket, from HdrHistogram's compressed V2 encoding in base64, as results hold it.
 *
 * @throws HistogramError
 */
export function decodeCounts(text: string): Counted['counts'] {
  const bytes = bytesOf(text);
  if (word(bytes, 0) !== V2_COMPRESSED_COOKIE) throw new HistogramError('it does not begin as one');
  const data = storedBytes(bytes.subarray(COMPRESSED_HEADER_BYTES));
  if (data.length < HEADER_BYTES || word(data, 0) !== V2_COOKIE || word(data, 12) !== SIGNIFICANT_DIGITS) throw new HistogramError('its header is another');
  const length = word(data, 4);
  if (HEADER_BYTES + length > data.length || word(data, 24) !== Math.floor(HIGHEST_MICROS / 0x1_0000_0000)) throw new HistogramError('its range is another');
  return countsOf(data.subarray(HEADER_BYTES, HEADER_BYTES + length));
}

function countsOf(words: Uint8Array): Uint32Array {
  const counts: number[] = [];
  for (let at = 0; at < words.length; ) {
    let value = 0;
    for (let scale = 1, isMore = true; isMore && at < words.length; scale *= BASE) {
      const byte = words[at++]!;
      value += (byte % BASE) * scale;
      isMore = byte >= BASE;
    }
    // ZigZag: an odd number is a run of zeros.
    const zeros = value % 2 === 1 ? (value + 1) / 2 : 0;
    if (counts.length + Math.max(1, zeros) > MAX_BUCKETS) throw new HistogramError('it has too many buckets');
    if (zeros > 0) for (let n = 0; n < zeros; n++) counts.push(0);
    else counts.push(value / 2);
  }
  return Uint32Array.from(counts);
}

/** What the stored blocks of a zlib stream hold, one after the other. */
function storedBytes(stream: Uint8Array): Uint8Array {
  const parts: number[] = [];
  for (let at = ZLIB_BYTES; at + BLOCK_BYTES <= stream.length; ) {
    const last = stream[at];
    const size = stream[at + 1]! + 256 * stream[at + 2]!;
    if (last === undefined || last > 1 || at + BLOCK_BYTES + size > stream.length) throw new HistogramError('it is compressed, or ends early');
    for (let n = 0; n < size; n++) parts.push(stream[at + BLOCK_BYTES + n]!);
    at += BLOCK_BYTES + size;
    if (last === 1) return Uint8Array.from(parts);
  }
  throw new HistogramError('it ends early');
}

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) * 0x100_0000 + (bytes[at + 1] ?? 0) * 0x1_0000 + (bytes[at + 2] ?? 0) * 0x100 + (bytes[at + 3] ?? 0);

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function bytesOf(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const digit of digits) {
    const value = DIGITS.indexOf(digit);
    if (value === -1) throw new HistogramError('it is not base64');
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >>> held) & 0xff;
  }
  return bytes;
}
