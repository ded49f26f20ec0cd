import type { ProducerSpec, Scenario } from '../model.js';

type Publish = NonNullable<ProducerSpec['publish']>;

/**
 * Whether what a producer publishes may find no queue, and be dropped without a word: not `mandatory`, and published to a key without a queue, or to
 * an exchange that does not lead everything somewhere. Queues that may go while the run lasts are no queues.
 */
export function mayMissQueues(scenario: Scenario, { exchange, routingKeys, mandatory }: Publish): boolean {
  if (mandatory) return false;
  if (exchange === '') return routingKeys.some((key) => !staysThere(scenario, key));
  return !leadsSomewhere(scenario, exchange, new Set());
}

const staysThere = ({ queues }: Scenario, name: string): boolean =>
  queues.some((queue) => queue.name === name && queue.push?.autoDelete !== true && queue.push?.isExclusive !== true && (queue.push?.expiresMicros ?? null) === null);

/** Every message that comes to this exchange gets to a queue: by a binding that asks for nothing, or by the alternate exchange. */
function leadsSomewhere(scenario: Scenario, name: string, seen: Set<string>): boolean {
  const exchange = scenario.exchanges?.find((candidate) => candidate.name === name);
  if (exchange === undefined || seen.has(name)) return false;
  seen.add(name);
  const takesAll = exchange.bindings.some(({ target, key }) => (exchange.type === 'fanout' || (exchange.type === 'topic' && key === '#'))
    && (target.kind === 'queue' ? staysThere(scenario, target.name) : leadsSomewhere(scenario, target.name, seen)));
  return takesAll || (exchange.alternate !== null && leadsSomewhere(scenario, exchange.alternate, seen));
}
