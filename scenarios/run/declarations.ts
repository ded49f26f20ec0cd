import { argumentsOf, type Declaration, type PushSettings } from '../../engine/index.js';
import type { ConsumerSpec, ExchangeSpec, Scenario } from '../model.js';
import { personalityOf } from './broker.js';

/** What a consumer that declares its queue says of it, and of the exchanges and bindings that lead to it, whenever it connects. */
export function declarationsOf(scenario: Scenario, { queue: name, declares = false }: ConsumerSpec): readonly Declaration[] {
  const push = scenario.queues.find((queue) => queue.name === name)?.push;
  if (!declares || push === undefined) return [];
  const { type, isExclusive = false, isDurable, autoDelete, ...settings } = push;
  const defaults = personalityOf(scenario).broker.queueDefaults.push as PushSettings;
  const sources = (scenario.exchanges ?? []).filter(({ bindings }) => bindings.some((binding) => leadsTo(name, binding)));
  const exchanges = sources.map(({ name: exchange, type: kind, alternate, internal, autoDelete: goes = false }): Declaration =>
    ({ operation: 'exchangeDeclare', name: exchange, type: kind, durable: true, autoDelete: goes, internal, alternateExchange: alternate }));
  const bindings = sources.flatMap(({ name: source, bindings: all }) => all.filter((binding) => leadsTo(name, binding))
    .map(({ key, headers }): Declaration => ({ operation: 'queueBind', source, destination: name, key, arguments: headers })));
  const args = argumentsOf(type, { isDurable, autoDelete, ...settings }, defaults);
  return [{ operation: 'queueDeclare', name, durable: isDurable, exclusive: isExclusive, autoDelete, arguments: args }, ...exchanges, ...bindings];
}

const leadsTo = (queue: string, { target }: ExchangeSpec['bindings'][number]): boolean => target.kind === 'queue' && target.name === queue;
