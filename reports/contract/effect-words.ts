import type { ScenarioContract } from '../../scenarios/index.js';

type Queue = ScenarioContract['queues'][number];

/** What the handlers of a queue promise of its effects, in a sentence or two. */
export function effectWords(handlers: Queue['handlers'], effects: Queue['effects']): string {
  if (handlers.length === 0) return 'Effects: nobody consumes this queue.';
  const [first] = handlers;
  if (handlers.length > 1 || first === undefined) {
    return `Effects: nothing is promised. Its handlers are of several kinds (${handlers.map(({ kind }) => kind).join(', ')}), and each undoes what the other is careful about.`;
  }
  const how = `A handler here is ${first.kind}: it ${first.order}; ${first.because}.`;
  if (effects === 'exactly-once') return `Effects: exactly once. ${how}`;
  if (effects === 'at-most-once') return `Effects: at most once for each stored copy, so some may be missing. ${how}`;
  return `Effects: at least once, so some may be repeated. ${how}`;
}
