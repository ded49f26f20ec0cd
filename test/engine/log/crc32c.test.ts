import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c, crc32cOfView } from '../../../engine/log/crc32c.js';

/** The definition, bit by bit. */
function reference(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
  }
  return ~crc >>> 0;
}

const ascending = Uint8Array.from({ length: 32 }, (_, index) => index);

describe('CRC-32C', () => {
  it.each([
    ['"123456789"', new TextEncoder().encode('123456789'), 0xe3069283],
    ['nothing', new Uint8Array(0), 0],
    // RFC 3720, B.4
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 bytes of ones', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['0 to 31', ascending, 0x46dd794e],
    ['31 to 0', ascending.toReversed(), 0x113fdb5c],
  ])('of %s', (_name, bytes, expected) => {
    expect(crc32c(bytes, 0, bytes.length)).toBe(expected);
    expect(crc32cOfView(new DataView(bytes.buffer), 0, bytes.length)).toBe(expected);
  });

  it('of any part of any bytes, in one piece or in two, is the definition', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(), fc.nat(), fc.nat(), (bytes, one, two, three) => {
      const [from, middle, to] = [one, two, three].map((value) => value % (bytes.length + 1)).sort((left, right) => left - right) as [number, number, number];
      const expected = reference(bytes.subarray(from, to));
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      expect(crc32c(bytes, from, to)).toBe(expected);
      expect(crc32cOfView(view, from, to)).toBe(expected);
      expect(crc32c(bytes, middle, to, crc32c(bytes, from, middle))).toBe(expected);
      expect(crc32cOfView(view, middle, to, crc32cOfView(view, from, middle))).toBe(expected);
    }), { numRuns: 300 });
  });
});
