import type { Scenario } from '../../../scenarios/index.js';
import { type Pass, tryEach } from '../pass.js';

/** Queues that no client names, with what leads to them; and dead-letter settings alone. */
export const removeQueues: Pass = {
  name: 'remove queues',
  run: (scenario, attempt) => tryEach(scenario, scenario.queues.map(({ name }) => name), attempt, without),
};

function without(scenario: Scenario, name: string): Scenario | null {
  const isNamed = [...scenario.producers, ...scenario.consumers].some(({ queue }) => queue === name);
  const isOperated = (scenario.operators ?? []).some(({ watch, actions }) =>
    watch?.queue === name || actions.some(({ action }) => action.queue === name || (action.kind === 'redrive' && action.to === name)));
  if (isNamed || isOperated || scenario.queues.length === 1) return null;
  const queues = scenario.queues
    .filter((queue) => queue.name !== name)
    .map((queue) => (queue.deadLetter?.queue === name ? { ...queue, deadLetter: null } : queue));
  const { exchanges } = scenario;
  if (exchanges === undefined) return { ...scenario, queues };
  type Binding = (typeof exchanges)[number]['bindings'][number];
  const isElsewhere = ({ target }: Binding): boolean => target.kind !== 'queue' || target.name !== name;
  return { ...scenario, queues, exchanges: exchanges.map((exchange) => ({ ...exchange, bindings: exchange.bindings.filter(isElsewhere) })) };
}
