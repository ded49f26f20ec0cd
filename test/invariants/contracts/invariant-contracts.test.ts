import { describe, expect, it } from 'vitest';
import { CIRCUMSTANCES, INVARIANT_CONTRACTS, INVARIANTS } from '../../../invariants/index.js';

describe('the contracts of the invariants', () => {
  it('name every invariant, in the order of the catalogue', () => {
    expect(Object.keys(INVARIANT_CONTRACTS)).toEqual(INVARIANTS.map(({ id }) => id));
  });

  it('name no circumstance twice, and leave none unused', () => {
    const used = Object.values(INVARIANT_CONTRACTS).flatMap(({ excusedBy }) => {
      expect(new Set(excusedBy).size).toBe(excusedBy.length);
      return excusedBy;
    });
    expect([...new Set(used)].sort()).toEqual(Object.keys(CIRCUMSTANCES).sort());
  });

  it('excuse nothing of a standard queue where the field says that it must hold there', () => {
    for (const { systems, excusedBy } of Object.values(INVARIANT_CONTRACTS)) {
      if (systems['sqs-standard'] === 'must' && systems.strict === 'must') expect(excusedBy.filter((circumstance) => circumstance === 'standard-queue')).toEqual([]);
    }
  });
});
