import { givenSettings, policyFor, rabbitmq, withPolicy } from '../../engine/index.js';
import type { PushSpec } from '../rabbitmq-model.js';
import type { Scenario } from '../model.js';
import { personalityOf } from './broker.js';

/** The settings of a RabbitMQ queue as its policies have them. `mayChange`: an operator sets or clears policies during the run, which may be for this queue. */
export function effectivePush({ policies = [], operators = [], version = '4.2' }: Scenario, name: string, push: PushSpec): { readonly push: PushSpec; readonly mayChange: boolean } {
  const { type, ...declared } = push;
  const policy = policyFor(policies, { kind: type, name });
  const given = givenSettings(declared, rabbitmq(version).broker.queueDefaults.push!);
  const mayChange = operators.some(({ actions }) => actions.some(({ action }) =>
    action.kind === 'clearPolicy' || (action.kind === 'setPolicy' && new RegExp(action.policy.pattern).test(name))));
  return { push: { type, ...withPolicy(declared, given, policy, type === 'quorum') }, mayChange };
}

/** How long a delivery of a queue may go without an acknowledgement; null: for ever. `push` as its policies have it. */
export function consumerTimeout(scenario: Scenario, push: PushSpec): number | null {
  const { queuePolicies, channels } = personalityOf(scenario).broker;
  if (queuePolicies[push.type]?.push?.onConsumerTimeout === 'nothing') return null;
  const { consumerTimeoutMicros = channels?.consumerTimeoutMicros ?? null } = scenario;
  const { consumerTimeoutMicros: own = consumerTimeoutMicros } = push;
  return own ?? channels?.noTimeoutMicros ?? null;
}
