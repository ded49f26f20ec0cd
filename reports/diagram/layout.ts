import type { StoryStep } from '../run-result.js';
import { machinesOf } from './machines.js';

/** Down the page by the order of events, with more room where more time passes, or by true time. */
export type TimeScale = 'event' | 'time';

export interface Placed {
  readonly step: StoryStep;
  readonly y: number;
}

export interface Layout {
  readonly columns: readonly string[];
  readonly steps: readonly Placed[];
  /** Steps of the story before and after those that are drawn. */
  readonly leftOutBefore: number;
  readonly leftOutAfter: number;
  readonly height: number;
}

/** What is drawn around the violation at most. */
const STEPS_BEFORE = 60;
const STEPS_AFTER = 20;
const TOP = 76;
const ROW = 21;
const MILLI = 1_000;
/** Room that a factor of ten in time adds. */
const PER_DECADE = 5;
const SCALED_HEIGHT = 900;
/** What lies closer than this cannot be read. */
const MIN_GAP = 2;
/** Room after what came before the violation, for its line and its words; and where in it the line is. */
export const VIOLATION_ROOM = 28;
export const VIOLATION_OFFSET = 14;

/** Where everything goes: a window of the story around an instant (its end, when there is none). */
export function layOut(story: readonly StoryStep[], atMicros: number | null, scale: TimeScale): Layout {
  const after = atMicros === null ? -1 : story.findIndex((step) => step.atMicros > atMicros);
  const middle = after === -1 ? story.length : after;
  const first = Math.max(0, middle - STEPS_BEFORE);
  const end = Math.min(story.length, middle + STEPS_AFTER);
  const shown = story.slice(first, end);
  const ys = scale === 'time' ? byTime(shown) : byEvent(shown);
  return {
    columns: machinesOf(shown),
    steps: shown.map((step, index) => ({ step, y: ys[index]! + (atMicros !== null && index >= middle - first ? VIOLATION_ROOM : 0) })),
    leftOutBefore: first,
    leftOutAfter: story.length - end,
    height: (ys[ys.length - 1] ?? TOP) + 40 + (atMicros === null ? 0 : VIOLATION_ROOM),
  };
}

function byEvent(steps: readonly StoryStep[]): number[] {
  let y = TOP;
  return steps.map((step, index) => {
    const gap = index === 0 ? 0 : step.atMicros - steps[index - 1]!.atMicros;
    y += index === 0 ? 0 : ROW + (gap > MILLI ? PER_DECADE * Math.log10(gap / MILLI) : 0);
    return Math.round(y);
  });
}

function byTime(steps: readonly StoryStep[]): number[] {
  const from = steps[0]?.atMicros ?? 0;
  const span = Math.max(1, (steps[steps.length - 1]?.atMicros ?? 0) - from);
  let least = TOP;
  return steps.map((step) => {
    const y = Math.max(least, TOP + ((step.atMicros - from) / span) * SCALED_HEIGHT);
    least = y + MIN_GAP;
    return Math.round(y);
  });
}
