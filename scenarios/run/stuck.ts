import type { Scenario } from '../model.js';
import { consumedQueues } from './consumed-queues.js';
import type { Laboratory } from './laboratory.js';

/** What was not done when the drain came to its bound, one sentence each. */
export function stuckIn(scenario: Scenario, laboratory: Laboratory, dead: ReadonlySet<string>): string[] {
  const consumed = consumedQueues(scenario, laboratory.world.kernel.now);
  const stuck: string[] = [];
  if (laboratory.broker === null) stuck.push(`The broker ${scenario.broker.name} is not up.`);
  for (const { name, ready, leased, delayed } of laboratory.depths()) {
    if (!consumed.has(name) || ready + leased + delayed === 0) continue;
    stuck.push(`The queue ${name} still holds ${ready} ready, ${leased} leased and ${delayed} delayed messages.`);
  }
  for (const producer of laboratory.producers) {
    if (!producer.isDone && !dead.has(producer.settings.name)) stuck.push(`The producer ${producer.settings.name} does not know the outcome of ${producer.outstanding} sends.`);
  }
  for (const consumer of laboratory.consumers) {
    if (consumer.outstanding > 0 && !dead.has(consumer.settings.name)) stuck.push(`The consumer ${consumer.settings.name} still holds ${consumer.outstanding} deliveries.`);
  }
  for (const operator of laboratory.operators) {
    if (!operator.isDone && !dead.has(operator.settings.name)) stuck.push(`The operator ${operator.settings.name} has not done all that was planned.`);
  }
  return stuck;
}
