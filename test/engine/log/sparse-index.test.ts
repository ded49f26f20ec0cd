import fc from 'fast-check';
import { expect, it } from 'vitest';
import { INDEX_INTERVAL_BYTES, SparseIndex } from '../../../engine/log/sparse-index.js';

it('finds an entry at or before each position, less than an interval and a batch before its batch', () => {
  const batch = fc.record({ count: fc.integer({ min: 1, max: 50 }), sizeBytes: fc.integer({ min: 64, max: 30_000 }) });
  fc.assert(fc.property(fc.array(batch, { minLength: 1, maxLength: 60 }), fc.nat(20), (batches, first) => {
    const index = new SparseIndex();
    const places: { position: number; offset: number }[] = [];
    let position = first;
    let offset = 32;
    for (const { count, sizeBytes } of batches) {
      index.note(position, offset);
      places.push({ position, offset });
      position += count;
      offset += sizeBytes;
    }
    expect(index.find(first - 1)).toBeNull();
    for (const place of places) {
      const found = index.find(place.position)!;
      expect(places).toContainEqual({ position: found.basePosition, offset: found.offset });
      expect(found.basePosition).toBeLessThanOrEqual(place.position);
      expect(place.offset - found.offset).toBeLessThan(INDEX_INTERVAL_BYTES);
    }
  }));
});

it('finds nothing in an empty segment', () => {
  expect(new SparseIndex().find(0)).toBeNull();
});
