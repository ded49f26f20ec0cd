import type { ConsumerTimeoutContract } from '../../invariants/index.js';
import type { Scenario } from '../model.js';
import type { PushSpec } from '../rabbitmq-model.js';
import { personalityOf } from './broker.js';
import { consumerTimeout, effectivePush } from './effective-push.js';

/** How long a delivery of a queue may go without an acknowledgement, whatever operators set meanwhile. */
export function consumerTimeouts(scenario: Scenario, name: string, declared: PushSpec): ConsumerTimeoutContract {
  const { push, mayChange } = effectivePush(scenario, name, declared);
  const { onConsumerTimeout } = personalityOf(scenario).broker.queuePolicies[push.type]!.push!;
  const own = [push, declared].map(({ consumerTimeoutMicros }) => consumerTimeoutMicros);
  const possible = mayChange ? [...own, undefined, ...policiesOf(scenario).map(({ definition }) => definition.consumerTimeoutMicros)] : own.slice(0, 1);
  const { consumerTimeoutMicros: _, ...rest } = declared;
  const ofQueue = possible.map((timeout) => consumerTimeout(scenario, timeout === undefined ? rest : { ...rest, consumerTimeoutMicros: timeout }) ?? Infinity);
  const ofConsumers = onConsumerTimeout === 'nothing' ? [] : scenario.consumers.flatMap(({ queue, subscription }) => (queue === name ? subscription?.timeoutMicros ?? [] : []));
  const micros = [...ofQueue, ...ofConsumers];
  return { leastMicros: Math.min(...micros), mostMicros: Math.max(...micros), ends: onConsumerTimeout === 'cancel-consumer' ? 'consumer' : 'channel' };
}

/** Those that are there, and those that operators set. */
const policiesOf = ({ policies = [], operators = [] }: Scenario): NonNullable<Scenario['policies']> =>
  [...policies, ...operators.flatMap(({ actions }) => actions.flatMap(({ action }) => (action.kind === 'setPolicy' ? [action.policy] : [])))];
