import { isGivenBack, type Return } from '../../queue/index.js';
import type { Unacknowledged } from './unacknowledged.js';

/** By consumer, in the order of their tags, after messages that were got, one by one. There are queues that get back at once all that a channel held that is gone. */
export function groupsOf(deliveries: readonly Unacknowledged[], how: Return): readonly (readonly Unacknowledged[])[] {
  if (deliveries.length < 2) return deliveries.length === 0 ? [] : [deliveries];
  const groups = new Map<string, Unacknowledged[]>();
  for (const delivery of deliveries) {
    const { consumer, tag, queue } = delivery;
    const who = consumer === null ? `0 ${String(tag).padStart(16, '0')}` : `1 ${consumer.tag}`;
    const key = !isGivenBack(how) && queue.push.policy.endedChannelReturns === 'together' ? queue.name : `${queue.name} ${who}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [delivery]);
    else group.push(delivery);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key)!);
}
