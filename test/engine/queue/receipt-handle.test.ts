import { describe, expect, it } from 'vitest';
import { handleOf, isHandle, MAX_SERIAL, messageIdOf, serialOf } from '../../../engine/queue/receipt-handle.js';

describe('receipt handle', () => {
  it('holds message id and serial exactly, up to the largest', () => {
    for (const [id, serial] of [[1, 1], [7, MAX_SERIAL], [2 ** 33 - 1, MAX_SERIAL]] as const) {
      const handle = handleOf(id, serial);
      expect([messageIdOf(handle), serialOf(handle), isHandle(handle)]).toEqual([id, serial, true]);
    }
  });

  it('is told from garbage', () => {
    for (const garbage of [0, 5, -1, 1.5, NaN, Infinity, 2 ** 53, 3 * 2 ** 20]) expect(isHandle(garbage)).toBe(false);
  });
});
