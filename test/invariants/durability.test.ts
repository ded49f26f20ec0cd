import { describe, expect, it } from 'vitest';
import { DURABILITY, type FlushPolicy, STORAGE_FAULTS, type StorageFault } from '../../invariants/index.js';
import { lossClause } from '../../invariants/durability.js';

const policies: readonly FlushPolicy[] = ['always', 'interval', 'never'];

describe('what a broker may lose', () => {
  it('is nothing when only its process crashed, whatever the flush policy', () => {
    for (const flush of policies) expect(lossClause(flush, new Set<StorageFault>(['crash']))).toBeNull();
  });

  it('is nothing to a power loss or a failed sync when every reply waits for the disk', () => {
    expect(lossClause('always', new Set<StorageFault>(['power-loss', 'failed-sync']))).toBeNull();
  });

  it('has a clause wherever the table says that it may be lost, and none elsewhere', () => {
    for (const flush of policies) {
      for (const fault of STORAGE_FAULTS) expect(lossClause(flush, new Set([fault])) !== null).toBe(DURABILITY[flush][fault]);
    }
  });
});
