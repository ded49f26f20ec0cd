import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyChecksum } from '../../../engine/client/body-checksum.js';
import { Recorder } from '../../../history/index.js';

const sink = new Recorder({ time: { now: 0 }, keep: 'off' });
const checksum = (body: Uint8Array): number => bodyChecksum(sink, body);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 });

describe('the checksum of a body', () => {
  it('is the same for the same bytes, wherever in memory they lie', () => {
    fc.assert(fc.property(bytes, fc.nat(20), (body, offset) => {
      const elsewhere = new Uint8Array(200).fill(7);
      elsewhere.set(body, offset);
      expect(checksum(elsewhere.subarray(offset, offset + body.length))).toBe(checksum(body));
    }));
  });

  it('differs where one bit does', () => {
    fc.assert(fc.property(bytes, fc.nat(), (body, at) => {
      const damaged = body.slice();
      damaged[at % body.length]! ^= 1 << (at % 8);
      expect(checksum(damaged)).not.toBe(checksum(body));
    }), { numRuns: 1000 });
  });

  it('differs where one body is longer by zeros, or its bytes change places', () => {
    const seen = new Set(Array.from({ length: 100 }, (_, length) => checksum(new Uint8Array(length))));
    expect(seen.size).toBe(100);
    const order = Uint8Array.from({ length: 64 }, (_, index) => index);
    for (let at = 0; at + 16 < 64; at++) {
      const swapped = order.slice();
      [swapped[at], swapped[at + 16]] = [swapped[at + 16]!, swapped[at]!];
      seen.add(checksum(swapped));
    }
    expect(seen.size).toBe(148);
  });

  it('tells a hundred thousand bodies apart, as good as any 32 bits would', () => {
    const seen = new Set<number>();
    const body = new Uint8Array(64).fill(33);
    for (let number = 0; number < 100_000; number++) {
      new DataView(body.buffer).setUint32(0, number);
      seen.add(checksum(body));
    }
    // 1.2 pairs are expected to meet by chance.
    expect(seen.size).toBeGreaterThan(99_990);
  });

  it('is not taken where nobody listens', () => {
    expect(bodyChecksum(Object.assign(new Recorder({ time: { now: 0 }, keep: 'off' }), { isDeaf: true }), Uint8Array.of(1, 2))).toBe(0);
  });
});
