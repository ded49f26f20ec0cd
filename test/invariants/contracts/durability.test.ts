import { describe, expect, it } from 'vitest';
import { LOSS_FAULTS, STORAGE_FAULTS, type StorageFault } from '../../../invariants/contracts/configuration.js';
import { CONFIGURATIONS } from '../../../invariants/contracts/durability-matrix.js';
import { DURABILITY } from '../../../invariants/contracts/durability.js';
import { lossAfter } from '../../../invariants/contracts/loss.js';
import { PRECONDITIONS } from '../../../invariants/contracts/preconditions.js';

const rows = Object.values(DURABILITY);

describe('what a broker may lose', () => {
  it('is nothing when only its process crashed, whatever the flush policy', () => {
    for (const row of rows) expect(lossAfter(row, new Set<StorageFault>(['crash']))).toBeNull();
  });

  it('is nothing to a power loss or a failed sync when every reply waits for the disk', () => {
    expect(lossAfter(DURABILITY.always, new Set<StorageFault>(['power-loss', 'failed-sync']))).toBeNull();
  });

  it('has a circumstance wherever the matrix says that it may be lost, and none elsewhere', () => {
    for (const row of rows) {
      for (const fault of STORAGE_FAULTS) expect(lossAfter(row, new Set([fault])) !== null).toBe(row.fates[fault] === 'may-be-lost');
    }
  });

  it('is what any of the faults allows that struck', () => {
    expect(lossAfter(DURABILITY.always, new Set<StorageFault>(['crash', 'corruption']))).toBe('corruption');
    expect(lossAfter(DURABILITY.never, new Set<StorageFault>(['crash', 'power-loss', 'corruption']))).toBe('power-loss');
  });
});

describe('the matrix', () => {
  it('has a row for each configuration that is simulated and each that is not, and no row twice', () => {
    const names = CONFIGURATIONS.map(({ system, setting }) => `${system} | ${setting}`);
    expect(new Set(names).size).toBe(names.length);
    expect(CONFIGURATIONS.filter(({ isSimulated }) => isSimulated).map(({ setting }) => setting)).toEqual(['flush: always', 'flush: interval', 'flush: never']);
    expect(names.length).toBe(3 + 17);
  });

  it('leaves nothing open in what is simulated', () => {
    for (const { fates } of rows) for (const fault of LOSS_FAULTS) expect(['kept', 'may-be-lost', 'not-applicable']).toContain(fates[fault]);
  });

  it('uses every precondition', () => {
    const used = CONFIGURATIONS.flatMap(({ fates }) => Object.values(fates).flatMap((fate) => (typeof fate === 'string' ? [] : [fate.dependsOn])));
    expect([...new Set(used)].sort()).toEqual(Object.keys(PRECONDITIONS).sort());
  });

  it('agrees with itself: what a node loses to its own power loss it loses when all lose power', () => {
    for (const { fates } of CONFIGURATIONS) if (fates['power-loss'] === 'may-be-lost') expect(fates['total-power-loss']).toBe('may-be-lost');
  });
});
