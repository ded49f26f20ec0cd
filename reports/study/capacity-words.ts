import { findMeasure, unitOf } from '../../measures/index.js';
import type { CapacityResult, Probe } from '../run-result.js';
import { formatRate } from '../words/numbers.js';
import { figureText } from '../words/figure-text.js';
import { busyWords } from '../words/study.js';

/** From here on a part is called saturated. */
const SATURATED = 0.9;

/** What is sought, taken apart as far as showing it needs. */
export function untilOf({ until }: CapacityResult): { readonly figure: string; readonly unit: ReturnType<typeof unitOf> } {
  const [, figure = until] = /^\s*(.*?)\s*[<>=]/.exec(until) ?? [];
  const [, aggregate, measure = figure] = /^(\w+)\s*\(\s*([\w-]+)\s*\)$/.exec(figure) ?? [];
  const family = findMeasure(measure)?.family ?? 'count';
  return { figure, unit: unitOf(family, (aggregate ?? (family === 'rate' ? 'rate' : 'count')) as Parameters<typeof unitOf>[1]) };
}

export function capacityHeadline({ sustained, exceeded, until }: CapacityResult): string {
  if (sustained === null) return `Not even ${formatRate(exceeded?.ratePerSecond ?? 0)} keeps ${until}.`;
  if (exceeded === null) return `${formatRate(sustained.ratePerSecond)} still keeps ${until}: nothing was found that it cannot take.`;
  return `${formatRate(sustained.ratePerSecond)} is the highest rate that keeps ${until}.`;
}

/** Why no more is possible. */
export function capacityReasons({ sustained, exceeded, fewest, faults = 0, probes }: CapacityResult): string[] {
  const why = exceeded === null ? [] : [`At ${formatRate(exceeded.ratePerSecond)} ${exceeded.reason}.`];
  if (sustained !== null) return [...why, ...limitedBy(exceeded ?? sustained)];
  const lowest = probes[0]?.busiest[0];
  return [
    ...why,
    ...(fewest === null ? [] : [`Lower rates were not tried: a run would send fewer than ${fewest} messages, which says nothing. A longer duration would tell.`]),
    ...(lowest === undefined || lowest.utilisation >= SATURATED
      ? limitedBy(exceeded)
      : [`Less load does not help: even there the busiest is ${busyWords(lowest)}. What takes the time is not waiting for something that is full, but the work itself${faults === 0 ? '' : `, or ${faults === 1 ? 'the fault of the scenario, which strikes' : `the ${faults} faults of the scenario, which strike`} at every rate`}.`]),
  ];
}

function limitedBy(at: Probe | null): string[] {
  const [busiest] = at?.busiest ?? [];
  if (busiest === undefined) return [];
  return [busiest.utilisation >= SATURATED
    ? `What saturates there: ${busyWords(busiest)} busy.`
    : `Nothing is full all the time; what fills first is ${busyWords(busiest)}.`];
}

export const CAPACITY_HEAD = (figure: string): string[] => ['rate', figure, 'acknowledged', 'kept', 'busiest', 'why not'];

export function probeWords({ ratePerSecond, value, throughput, isKept, busiest, reason }: Probe, unit: ReturnType<typeof unitOf>): string[] {
  return [formatRate(Number(ratePerSecond.toPrecision(5))), value === null ? '-' : figureText(value, unit), formatRate(throughput), isKept ? 'yes' : 'no', busiest[0] === undefined ? '-' : busyWords(busiest[0]), reason === '' ? '-' : reason];
}

/** The command that runs the scenario at the rate that was found; null when there is none, or no setting says it. */
export function capacityCommand({ scenario, sustained, seeds }: CapacityResult): string | null {
  const settings = sustained?.settings ?? null;
  if (settings === null) return null;
  const words = [scenario.file, '--seed', seeds[0] ?? '1', ...settings.flatMap((setting) => ['--set', setting])];
  return ['npx queuelab run', ...words].map((word, index) => (index === 0 || /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
