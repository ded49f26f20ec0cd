import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkedBytes } from '../../../sim/disk/chunked-bytes.js';

const sizes = fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 65_500, max: 65_600 }), fc.nat({ max: 200_000 }));
const operation = fc.record({
  kind: fc.constantFrom('write' as const, 'truncate' as const, 'flip' as const),
  offset: sizes,
  size: sizes,
  value: fc.integer({ min: 1, max: 255 }),
});

describe('ChunkedBytes', () => {
  it('is an array of bytes, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), sizes, sizes, (operations, from, size) => {
        const bytes = new ChunkedBytes();
        let model = new Uint8Array(0);
        for (const { kind, offset, size: length, value } of operations) {
          if (kind === 'write') {
            const data = Uint8Array.from({ length }, (_, index) => value + index * 31);
            const grown = new Uint8Array(Math.max(model.length, offset + length));
            grown.set(model);
            grown.set(data, offset);
            model = grown;
            bytes.write(offset, data);
          } else if (kind === 'truncate') {
            const cut = new Uint8Array(offset);
            cut.set(model.subarray(0, offset));
            model = cut;
            bytes.truncate(offset);
          } else if (offset < model.length) {
            model[offset] = model[offset]! ^ (1 << value % 8);
            bytes.flipBit(offset, value % 8);
          }
        }
        expect(bytes.lengthBytes).toBe(model.length);
        expect(Buffer.compare(bytes.read(0, model.length + 10), model)).toBe(0);
        expect(Buffer.compare(bytes.read(from, size), model.subarray(from, from + size))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
