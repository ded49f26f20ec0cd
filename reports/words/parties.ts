import type { ConsumerResult, ResourceResult, RunResult } from '../run-result.js';
import { formatShare } from './numbers.js';

/** Jain's index of how evenly the consumers shared the work, 1 for evenly; and in words. */
export function fairness(consumers: readonly ConsumerResult[]): { readonly index: number; readonly words: string } {
  const sum = consumers.reduce((total, { handled }) => total + handled, 0);
  const squares = consumers.reduce((total, { handled }) => total + handled * handled, 0);
  const index = squares === 0 ? 1 : (sum * sum) / (consumers.length * squares);
  if (consumers.length < 2) return { index, words: 'One consumer did all the work.' };
  const most = consumers.reduce((left, right) => (right.handled > left.handled ? right : left));
  const least = consumers.reduce((left, right) => (right.handled < left.handled ? right : left));
  const shares = `${most.name} did ${formatShare(most.handled, sum)} of it, ${least.name} ${formatShare(least.handled, sum)}`;
  const how = index > 0.98 ? 'evenly' : index > 0.9 ? 'fairly evenly' : 'unevenly';
  return { index, words: `The consumers shared the work ${how} (${shares}; Jain's index ${Number(index.toFixed(3))}).` };
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
