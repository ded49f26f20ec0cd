import type { GroupResult } from '../run-result.js';
import { jainIndex } from './jain.js';
import { counted, formatCount, formatDuration, formatShare } from './numbers.js';

/** The message groups of one queue. */
export interface QueueGroups {
  readonly queue: string;
  readonly groups: readonly GroupResult[];
  /** Jain's index of their mean waits: 1 when all wait alike, 1 / n when one alone waits. */
  readonly waitFairness: number;
  /** Jain's index of how much of what it sent each group has had acknowledged. */
  readonly serviceFairness: number;
}

/** Queues with several message groups, in the order in which they first had one. */
export function queuesWithGroups(groups: readonly GroupResult[]): QueueGroups[] {
  const byQueue = new Map<string, GroupResult[]>();
  for (const group of groups) byQueue.set(group.queue, [...(byQueue.get(group.queue) ?? []), group]);
  return [...byQueue].filter(([, members]) => members.length > 1).map(([queue, members]) => ({
    queue, groups: members,
    waitFairness: jainIndex(members.filter(({ received }) => received > 0).map(({ waitMeanMicros }) => waitMeanMicros)),
    serviceFairness: jainIndex(members.map(served)),
  }));
}

/** What was acknowledged as a share of what was sent: groups that ask for more get more. */
const served = ({ acknowledged, placed }: GroupResult): number => (placed === 0 ? 0 : acknowledged / placed);

/** Queues that are told of in words. */
const MAX_TOLD = 6;

/** How evenly the groups of each queue were served: sentences. */
export const groupFairness = (groups: readonly GroupResult[]): string[] => queuesWithGroups(groups).slice(0, MAX_TOLD).flatMap(fairnessOf);

function fairnessOf({ queue, groups, waitFairness, serviceFairness }: QueueGroups): string[] {
  const waited = groups.filter(({ received }) => received > 0);
  const head = `${queue} has ${counted(groups.length, 'message group')}.`;
  if (waited.length === 0) return [`${head} None was received.`];
  const longest = waited.reduce((left, right) => (right.waitMeanMicros > left.waitMeanMicros ? right : left));
  const shortest = waited.reduce((left, right) => (right.waitMeanMicros <= left.waitMeanMicros ? right : left));
  const starved = groups.length - waited.length;
  return [
    head,
    `A message waited ${formatDuration(shortest.waitMeanMicros)} in ${shortest.name} and ${formatDuration(longest.waitMeanMicros)} in ${longest.name} until it was received, in the mean: ${how(waitFairness)} (Jain's index of the waits ${rounded(waitFairness)}).`,
    ...(starved === 0 ? [] : [`Of ${counted(starved, 'group')} nothing was received.`]),
    `Of what was sent to each, ${shares(groups)} was acknowledged (Jain's index ${rounded(serviceFairness)}).`,
  ];
}

function shares(groups: readonly GroupResult[]): string {
  const all = groups.map(served);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? formatShare(least, 1) : `between ${formatShare(least, 1)} and ${formatShare(most, 1)}`;
}

/** `12.3s, up to 40s`. */
export function groupWords({ received, placed, waitMeanMicros, waitMaxMicros }: GroupResult): string {
  return received === 0 ? `none of ${formatCount(placed)}` : `${formatDuration(waitMeanMicros)}, up to ${formatDuration(waitMaxMicros)}`;
}

const how = (index: number): string => (index > 0.98 ? 'evenly' : index > 0.9 ? 'fairly evenly' : 'unevenly');
const rounded = (index: number): number => Number(index.toFixed(3));
