import type { StoryStep } from '../run-result.js';

/** Of what may be told, the part that is kept for the beginning of a life, and for its end. */
const HEAD_SHARE = 1 / 3;
const TAIL_SHARE = 1 / 6;

/** A step that is told, or how many are left out. */
export type ToldStep = StoryStep | number;

/**
 * A story of at most `most` steps: of a long one its beginning, what led to the breach at `breachMicros`, and its end. What is left out
 * between them is counted.
 */
export function toldSteps(story: readonly StoryStep[], most: number, breachMicros: number): ToldStep[] {
  const kept = keptSteps(story, most, breachMicros);
  const told: ToldStep[] = [];
  for (const [index, step] of story.entries()) {
    const last = told.at(-1);
    if (kept.has(index)) told.push(step);
    else if (typeof last === 'number') told[told.length - 1] = last + 1;
    else told.push(1);
  }
  return told;
}

function keptSteps(story: readonly StoryStep[], most: number, breachMicros: number): ReadonlySet<number> {
  const { length } = story;
  const head = Math.floor(most * HEAD_SHARE);
  const tail = Math.floor(most * TAIL_SHARE);
  const later = story.findIndex(({ atMicros }) => atMicros > breachMicros);
  const breach = later === -1 ? length : later;
  const kept = new Set<number>();
  const keep = (from: number, to: number): void => {
    for (let index = Math.max(0, from); index < Math.min(to, length); index += 1) kept.add(index);
  };
  keep(0, head);
  keep(breach - (most - head - tail), breach);
  keep(length - tail, length);
  // Where these overlap there is room: for more of the beginning.
  for (let index = head; kept.size < Math.min(most, length); index += 1) kept.add(index);
  return kept;
}
