import type { ConsumerResult, ResourceResult, RunResult } from '../run-result.js';
import { jainIndex } from './jain.js';
import { formatShare } from './numbers.js';

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
export function bottleneck({ measures }: RunResult): string | null {
  const { resources } = measures;
  if (resources === undefined || resources.length === 0) return null;
  const first = resources[0]!;
  const peak = resources.reduce((left, right) => (right.peak > left.peak ? right : left));
  if (first.utilisation >= SATURATED) return `The bottleneck is ${named(first)}: busy ${formatShare(first.utilisation, 1)} of the time.`;
  const saturatedNow = peak.peak >= SATURATED ? ` At its busiest, ${named(peak)} was busy ${formatShare(peak.peak, 1)} of the time.` : '';
  if (first.utilisation >= BUSY) return `The busiest resource is ${named(first)}: ${formatShare(first.utilisation, 1)} of the time.${saturatedNow}`;
  return `Nothing was short: the busiest resource, ${named(first)}, was busy ${formatShare(first.utilisation, 1)} of the time.${saturatedNow}`;
}

const named = ({ name, servers }: ResourceResult): string => (servers === 1 ? name : `${name} (${servers} of them)`);
