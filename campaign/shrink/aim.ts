import { EventKind } from '../../history/index.js';
import type { MessageTracks } from './message-tracks.js';

/** Kinds of events that are the experiment's own: a fault begins at its time by itself. */
const OF_THE_EXPERIMENT: ReadonlySet<number> = new Set([EventKind.faultBegin, EventKind.faultEnd, EventKind.drainBegin, EventKind.drainEnd]);
/** Times that are tried for one fault. */
const MOST_TIMES = 6;

/** A fault that struck in the middle of something, in a run that failed. */
export interface Hit {
  readonly atMicros: number;
  /** The message of the failure; 0 for none. */
  readonly message: number;
  readonly tracks: MessageTracks;
}

/** How many of these times, which rise, are no later. */
function countUntil(times: readonly number[], micros: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= micros) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * When a fault has to strike in another run, in which things happen at other times, to meet what it met in the first one: as long after the
 * same step of the message, or after an event of the kind that came last before it. The most promising first.
 */
export function aimedAt({ atMicros, message, tracks }: Hit, other: MessageTracks, otherMessage: number): number[] {
  const steps = tracks.ofMessage(message);
  const done = countUntil(steps, atMicros);
  const sameStep = done === 0 ? undefined : other.ofMessage(otherMessage)[done - 1];
  const bySteps = sameStep === undefined ? [] : [sameStep + atMicros - steps[done - 1]!];
  const times = [...bySteps, ...afterLikeEvents(tracks, atMicros, other)].map((time) => Math.max(0, time));
  return [...new Set(times)].filter((time) => time !== atMicros).slice(0, MOST_TIMES);
}

function afterLikeEvents(tracks: MessageTracks, atMicros: number, other: MessageTracks): number[] {
  let kind = 0;
  let last = -1;
  for (const candidate of tracks.kinds) {
    if (OF_THE_EXPERIMENT.has(candidate)) continue;
    const times = tracks.ofKind(candidate);
    const time = times[countUntil(times, atMicros) - 1] ?? -1;
    if (time > last) [kind, last] = [candidate, time];
  }
  if (last < 0) return [];
  const like = other.ofKind(kind);
  const near = countUntil(like, atMicros);
  return like.slice(Math.max(0, near - MOST_TIMES), near + 1).reverse().map((time) => time + atMicros - last);
}
