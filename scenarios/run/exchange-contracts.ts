import { policyFor } from '../../engine/index.js';
import type { ExchangeContract } from '../../invariants/index.js';
import type { Scenario } from '../model.js';

/** The exchanges of the scenario, as the judge needs them. */
export function exchangeContracts(scenario: Scenario): ExchangeContract[] {
  return (scenario.exchanges ?? []).map(({ name, type, bindings, alternate }) => ({ name, type, bindings, alternates: alternate === null ? byPolicies(scenario, name) : [alternate] }));
}

/** What an exchange that was declared without an alternate one may get from policies, whenever in the run. */
function byPolicies({ policies = [], operators = [] }: Scenario, name: string): (string | null)[] {
  const declared = policyFor(policies, { kind: 'exchange', name })?.alternateExchange ?? null;
  const actions = operators.flatMap((operator) => operator.actions.map(({ action }) => action));
  const given = actions.flatMap((action) => (action.kind === 'setPolicy' && new RegExp(action.policy.pattern).test(name) ? [action.policy.definition.alternateExchange ?? null] : []));
  const others = policies.map(({ definition }) => definition.alternateExchange ?? null);
  const mayChange = given.length > 0 || actions.some(({ kind }) => kind === 'clearPolicy');
  return mayChange ? [...new Set([declared, ...given, ...others, null])] : [declared];
}
