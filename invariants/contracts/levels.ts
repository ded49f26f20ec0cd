import type { PushContract } from './run-contract.js';

/** Whether a queue serves some messages before others. */
export const isLevelled = ({ priorities, upperLaneAbove }: PushContract): boolean => priorities !== null || upperLaneAbove !== undefined;

/** The level of a message that was published with this priority; -1: with none. In a queue with two lanes 1 is the upper one. */
export function levelIn({ priorities, upperLaneAbove }: PushContract, priority: number): number {
  if (priorities === null) return upperLaneAbove !== undefined && priority > upperLaneAbove ? 1 : 0;
  return Math.min(priority < 0 ? priorities.usual : priority, priorities.highest);
}
