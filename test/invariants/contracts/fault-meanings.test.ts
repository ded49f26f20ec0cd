import { expect, it } from 'vitest';
import { FAULT_MEANINGS } from '../../../invariants/index.js';
import { meaningOf } from '../../../invariants/contracts/fault-meanings.js';
import { FAULTS } from '../../../sim/index.js';

it('every kind of fault of the simulated world has a meaning, and no other', () => {
  expect(Object.keys(FAULT_MEANINGS).sort()).toEqual([...FAULTS.keys()].sort());
});

it('a kind that is not known hinders, and excuses no loss', () => {
  expect(meaningOf('gremlins')).toMatchObject({ storage: null, hinders: true });
  expect(meaningOf('constructor')).toMatchObject({ storage: null, hinders: true });
});
