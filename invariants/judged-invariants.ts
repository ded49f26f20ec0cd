import { INVARIANTS, type InvariantId } from './catalogue.js';
import { isPromised } from './contracts/promised.js';
import type { RunContract } from './contracts/run-contract.js';
import type { Invariant } from './invariant.js';

/** Those that something in the run can put to the test, and that its queues promise. By contract: many runs are held to the same one. */
const concerned = new WeakMap<RunContract, ReadonlySet<InvariantId>>();

function concernedBy(contract: RunContract): ReadonlySet<InvariantId> {
  let ids = concerned.get(contract);
  if (ids === undefined) concerned.set(contract, ids = new Set(INVARIANTS.filter(({ id, concerns }) => concerns(contract) && isPromised(id, contract)).map(({ id }) => id)));
  return ids;
}

/** The invariants that have a verdict in a run: those that concern it, and those of which the scenario expects something. */
export function judgedInvariants(contract: RunContract, isExpected: (id: InvariantId) => boolean): readonly Invariant<InvariantId>[] {
  const ids = concernedBy(contract);
  return INVARIANTS.filter(({ id }) => ids.has(id) || isExpected(id));
}
