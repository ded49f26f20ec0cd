import type { Scenario } from '../model.js';
import { flushOfQueues } from './rabbitmq-build.js';
import type { Written } from './written-tree.js';

type Tree = Readonly<Record<string, Written>>;

/** What may stand behind `broker`. */
const LATER: ReadonlySet<string> = new Set(['network', 'exchanges', 'queues']);

/** Says how the broker syncs where the schema's default was left out and another is implied by the types of the queues. */
export function withFlush(tree: Tree, { personality, version, broker: { flush }, queues }: Scenario): Tree {
  const written = (tree['broker'] ?? {}) as Tree;
  if (personality !== 'rabbitmq' || written['flush'] !== undefined || flush === flushOfQueues(queues.map(({ push }) => push?.type), version)) return tree;
  const broker = { flush, ...written };
  if (tree['broker'] !== undefined) return { ...tree, broker };
  const entries = Object.entries(tree);
  const at = entries.findIndex(([key]) => LATER.has(key));
  return Object.fromEntries([...entries.slice(0, at), ['broker', broker], ...entries.slice(at)]);
}
