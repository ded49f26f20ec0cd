import type { ResourceResult, RunResult } from '../../scenarios/index.js';

/** How busy something was, as a share of the time while there was load: the mean over runs. */
export interface Busy extends Pick<ResourceResult, 'name' | 'kind'> {
  readonly utilisation: number;
}

const MAX_LISTED = 8;

/** What was busy in some runs, the busiest first. Machines that are alike and numbered are one: `worker-1` to `worker-9` are `worker`. Of the message groups of a queue, the busiest of each run counts. */
export function busiestOf(results: readonly RunResult[]): Busy[] {
  const groups = new Map<string, { readonly kind: ResourceResult['kind']; sum: number; count: number }>();
  for (const { measures } of results) {
    const queues = new Set<string>();
    for (const { name, kind, utilisation } of measures.resources ?? []) {
      const key = kind === 'group' ? name.replace(/^(.*) group .*$/, 'busiest group of $1') : name.replace(/-\d+(?= )/g, '').replace(/(→ .*)-\d+$/, '$1');
      if (kind === 'group' && queues.has(key)) continue;
      queues.add(key);
      const group = groups.get(key) ?? { kind, sum: 0, count: 0 };
      group.sum += utilisation;
      group.count++;
      groups.set(key, group);
    }
  }
  return [...groups]
    .map(([name, { kind, sum, count }]) => ({ name, kind, utilisation: Number((sum / count).toFixed(4)) }))
    .sort((left, right) => right.utilisation - left.utilisation || (left.name < right.name ? -1 : 1))
    .slice(0, MAX_LISTED);
}
