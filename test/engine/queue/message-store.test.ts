import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONE } from '../../../engine/queue/links.js';
import { MessageStore } from '../../../engine/queue/message-store.js';

describe('message store', () => {
  it('finds every message that is there and none that is not, through growth and removals', () => {
    fc.assert(fc.property(fc.array(fc.nat(3000), { minLength: 1, maxLength: 3000, size: 'max' }), fc.constantFrom(0, 2 ** 31 - 1500, 2 ** 33 - 4000), (ids, base) => {
      const store = new MessageStore();
      const model = new Map<number, number>();
      for (const id of ids) {
        const messageId = base + id + 1;
        const slot = model.get(messageId);
        if (slot === undefined) model.set(messageId, store.add(messageId, id, 1, new Uint8Array(1), null));
        else {
          store.remove(slot);
          model.delete(messageId);
        }
      }
      for (let id = 0; id <= 3001; id++) expect(store.find(base + id)).toBe(model.get(base + id) ?? NONE);
      expect(store.size).toBe(model.size);
    }), { numRuns: 8 });
  });

  it('uses slots again, so its columns follow what is alive', () => {
    const store = new MessageStore();
    for (let id = 1; id <= 100_000; id++) store.remove(store.add(id, id, 1, new Uint8Array(8), null));
    expect(store.state.length).toBe(128);
    expect(store.liveBytes).toBe(0);
  });
});
