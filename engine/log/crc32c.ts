/** Castagnoli's polynomial, bits reversed (RFC 3720, section 12.1). */
const POLYNOMIAL = 0x82f63b78;

/**
 * Sixteen tables of 256 entries: `TABLES[256 * k + n]` is the checksum of byte `n` followed by `k` zero bytes, so that sixteen
 * bytes are folded with sixteen independent look-ups (slicing; M. Kounavis and F. Berry, ISCC 2005). Sixteen measured 10 to 40 %
 * faster than eight from 64 bytes on; shorter rests go byte by byte.
 */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(16 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
    tables[byte] = crc;
  }
  for (let index = 256; index < tables.length; index++) {
    const shorter = tables[index - 256]!;
    tables[index] = (shorter >>> 8) ^ tables[shorter & 255]!;
  }
  return tables;
}

/**
 * CRC-32C of `bytes[from, to)`, as an unsigned 32-bit integer. The check value of "123456789" is 0xE3069283.
 *
 * @param before checksum of what comes before: `crc32c(b, 0, n)` equals `crc32c(b, m, n, crc32c(b, 0, m))`
 */
export function crc32c(bytes: Uint8Array, from: number, to: number, before = 0): number {
  // A view costs more than it gains for a few bytes.
  if (to - from >= 256) return crc32cOfView(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), from, to, before);
  const t = TABLES;
  let crc = ~before;
  let at = from;
  for (const last = to - 8; at <= last; at += 8) {
    const word = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc =
      t[1792 | (word & 255)]! ^ t[1536 | ((word >>> 8) & 255)]! ^ t[1280 | ((word >>> 16) & 255)]! ^ t[1024 | (word >>> 24)]! ^
      t[768 | bytes[at + 4]!]! ^ t[512 | bytes[at + 5]!]! ^ t[256 | bytes[at + 6]!]! ^ t[bytes[at + 7]!]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}

/** {@link crc32c} of the memory of a view: the fastest form for long runs of bytes. */
export function crc32cOfView(view: DataView, from: number, to: number, before = 0): number {
  const t = TABLES;
  let crc = ~before;
  let at = from;
  for (const last = to - 16; at <= last; at += 16) {
    const a = view.getInt32(at, true) ^ crc;
    const b = view.getInt32(at + 4, true);
    const c = view.getInt32(at + 8, true);
    const d = view.getInt32(at + 12, true);
    crc =
      t[3840 | (a & 255)]! ^ t[3584 | ((a >>> 8) & 255)]! ^ t[3328 | ((a >>> 16) & 255)]! ^ t[3072 | (a >>> 24)]! ^
      t[2816 | (b & 255)]! ^ t[2560 | ((b >>> 8) & 255)]! ^ t[2304 | ((b >>> 16) & 255)]! ^ t[2048 | (b >>> 24)]! ^
      t[1792 | (c & 255)]! ^ t[1536 | ((c >>> 8) & 255)]! ^ t[1280 | ((c >>> 16) & 255)]! ^ t[1024 | (c >>> 24)]! ^
      t[768 | (d & 255)]! ^ t[512 | ((d >>> 8) & 255)]! ^ t[256 | ((d >>> 16) & 255)]! ^ t[d >>> 24]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t[(crc ^ view.getUint8(at)) & 255]!;
  return ~crc >>> 0;
}
