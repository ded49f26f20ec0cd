import type { FaultSpec } from '../../sim/index.js';
import type { StoryStep } from '../../scenarios/index.js';

const targetsOf = ({ target }: FaultSpec): string => (typeof target === 'string' ? target : target.join('+'));

/**
 * The faults of an explicit schedule that had to do with a breach: those that its story tells of, which are on machines that the
 * message met. A breach without a story may be due to every fault before it.
 */
export function strikingFaults(schedule: readonly FaultSpec[], untilMicros: number, story: readonly StoryStep[]): FaultSpec[] {
  const before = schedule.filter(({ at }) => at <= untilMicros);
  if (story.length === 0) return before;
  const told = new Set(story.filter(({ event }) => event === 'fault-begin').map(({ atMicros, actor }) => `${atMicros} ${actor}`));
  return before.filter((fault) => told.has(`${fault.at} ${targetsOf(fault)}`));
}

/** Their kinds, each once, in the order of the alphabet. */
export function strikingKinds(schedule: readonly FaultSpec[], untilMicros: number, story: readonly StoryStep[]): string[] {
  return [...new Set(strikingFaults(schedule, untilMicros, story).map(({ fault }) => fault))].sort();
}
