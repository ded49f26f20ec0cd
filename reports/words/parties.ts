import type { ConsumerResult, GroupResult, ResourceResult, RunResult } from '../run-result.js';
import { queuesWithGroups } from './groups.js';
import { jainIndex } from './jain.js';
import { formatDuration, formatShare } from './numbers.js';
import { stageShares } from './stages.js';

/** Consumers that are alike but for their number: `worker-1` to `worker-9` are the group `worker`. */
export interface ConsumerGroup {
  readonly name: string;
  readonly members: readonly ConsumerResult[];
  readonly handled: number;
  /** Jain's index of how evenly its members shared its work: 1 for evenly, 1 / n when one of n did all. */
  readonly fairness: number;
}

/** In the order in which the groups first appear. */
export function consumerGroups(consumers: readonly ConsumerResult[]): ConsumerGroup[] {
  const groups = new Map<string, ConsumerResult[]>();
  for (const consumer of consumers) {
    const name = consumer.name.replace(/-\d+$/, '');
    groups.set(name, [...(groups.get(name) ?? []), consumer]);
  }
  return [...groups].map(([name, members]) => ({ name, members, handled: sumOf(members), fairness: jainIndex(members.map(({ handled }) => handled)) }));
}

const sumOf = (consumers: readonly ConsumerResult[]): number => consumers.reduce((total, { handled }) => total + handled, 0);

/** Groups that are told of in words. */
const MAX_TOLD = 6;

/** How evenly the consumers of each group shared its work, and how much each group did: sentences. */
export function fairness(consumers: readonly ConsumerResult[]): string[] {
  const groups = consumerGroups(consumers);
  const total = sumOf(consumers);
  const between = groups.length < 2 ? [] : [`Of all that was handled, ${groups.slice(0, MAX_TOLD).map(({ name, handled }) => `${name} did ${formatShare(handled, total)}`).join(', ')}.`];
  const within = groups.slice(0, MAX_TOLD).filter(({ members }) => members.length > 1).map((group) => evenness(group, groups.length > 1));
  return consumers.length < 2 ? ['One consumer did all the work.'] : [...between, ...within];
}

function evenness({ name, members, handled, fairness: index }: ConsumerGroup, isOneOfSeveral: boolean): string {
  const most = members.reduce((left, right) => (right.handled > left.handled ? right : left));
  const least = members.reduce((left, right) => (right.handled <= left.handled ? right : left));
  const shares = `${most.name} did ${formatShare(most.handled, handled)} of it, ${least.name} ${formatShare(least.handled, handled)}`;
  const how = index > 0.98 ? 'evenly' : index > 0.9 ? 'fairly evenly' : 'unevenly';
  return `The consumers${isOneOfSeveral ? ` of ${name}` : ''} shared the work ${how} (${shares}; Jain's index ${Number(index.toFixed(3))}).`;
}

const SATURATED = 0.9;
const BUSY = 0.6;

/** Which resource holds the run back, in a sentence or two; null when the result does not say what was busy. */
export function bottleneck(result: RunResult): string | null {
  const { resources } = result.measures;
  if (resources === undefined || resources.length === 0) return null;
  const first = resources[0]!;
  const peak = resources.reduce((left, right) => (right.peak > left.peak ? right : left));
  if (first.utilisation >= SATURATED) return `The bottleneck is ${named(first)}: busy ${formatShare(first.utilisation, 1)} of the time.${first.kind === 'group' ? ' Messages of one group are worked on in turn: more groups would help, more consumers would not.' : ''}`;
  const saturatedNow = peak.peak >= SATURATED ? ` At its busiest, ${named(peak)} was busy ${formatShare(peak.peak, 1)} of the time.` : '';
  if (first.utilisation >= BUSY) return `The busiest resource is ${named(first)}: ${formatShare(first.utilisation, 1)} of the time.${saturatedNow}`;
  const waited = longWait(result);
  if (waited !== null) return `${waited} No resource was busy all the time: the busiest, ${named(first)}, for ${formatShare(first.utilisation, 1)} of it.${saturatedNow}`;
  return `Nothing was short: the busiest resource, ${named(first)}, was busy ${formatShare(first.utilisation, 1)} of the time.${saturatedNow}`;
}

/** From this share of the end-to-end latency on, waiting in the queue is what there is to tell. */
const DOMINATES = 0.5;

/** That messages mostly waited in their queue, and which group longest; null when they did not. */
function longWait(result: RunResult): string | null {
  const stage = stageShares(result).find(({ label }) => label === 'queue wait');
  if (stage === undefined || stage.share < DOMINATES) return null;
  const longest = queuesWithGroups(result.measures.groups ?? []).flatMap(({ groups }) => [...groups])
    .reduce<GroupResult | null>((left, right) => (left === null || right.waitMeanMicros > left.waitMeanMicros ? right : left), null);
  const group = longest === null ? '' : `; messages of the group ${longest.name} in ${longest.queue} waited longest, ${formatDuration(longest.waitMeanMicros)} in the mean`;
  return `Messages mostly waited in the queue: ${formatShare(stage.share, 1)} of their time${group}.`;
}

const named = ({ name, servers }: ResourceResult): string => (servers === 1 ? name : `${name} (${servers} of them)`);
