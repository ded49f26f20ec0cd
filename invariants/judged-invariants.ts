import { INVARIANTS, type InvariantId } from './catalogue.js';
import type { RunContract } from './contracts/run-contract.js';
import type { Invariant } from './invariant.js';

/** The invariants that have a verdict in a run: those that concern it, and those of which the scenario expects something. */
export function judgedInvariants(contract: RunContract, isExpected: (id: InvariantId) => boolean): readonly Invariant<InvariantId>[] {
  return INVARIANTS.filter(({ id, concerns }) => concerns(contract) || isExpected(id));
}
