import { type Circumstance, type Clause, CIRCUMSTANCES } from './circumstances.js';
import { durabilityRows, journalOf, lossByFault } from './loss.js';
import type { RunContract } from './run-contract.js';

/** A fault as a schedule says it: its kind, whom it strikes, and its parameters. */
export interface FaultInQuestion {
  readonly fault: string;
  readonly target: string | readonly string[];
}

/** What the contract of a run says of acknowledged sends under a fault. */
export type Survival =
  | { readonly verdict: 'must-survive' }
  | { readonly verdict: 'may-lose'; readonly circumstance: Circumstance; readonly clause: Clause };

const MUST_SURVIVE: Survival = { verdict: 'must-survive' };

/**
 * Whether acknowledged sends must survive a fault, or may be lost to it. Only what strikes the broker can lose them: a client
 * stores nothing.
 *
 * @example
 * survives(contract, { fault: 'power-loss', target: 'broker' }) // with flush: interval: { verdict: 'may-lose', … }
 */
export function survives(contract: RunContract, fault: FaultInQuestion): Survival {
  const targets = typeof fault.target === 'string' ? [fault.target] : fault.target;
  if (!targets.includes(contract.broker.name)) return MUST_SURVIVE;
  // What is sent without confirms is never acknowledged.
  const weak = durabilityRows(contract).filter(({ weakness }) => weakness !== null && weakness !== 'unconfirmed-publish');
  const circumstance = [journalOf(contract), ...weak].map((row) => lossByFault(row, fault.fault)).find((loss) => loss !== null) ?? null;
  return circumstance === null ? MUST_SURVIVE : { verdict: 'may-lose', circumstance, clause: CIRCUMSTANCES[circumstance] };
}
