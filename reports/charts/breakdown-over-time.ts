import type { RunResult } from '../run-result.js';
import { formatDuration } from '../words/numbers.js';
import { stageGroups } from '../words/stages.js';
import { type Chart, emptyTable } from './chart.js';
import { timeTable } from './lines-over-time.js';
import { lineStyles, palette } from './palette.js';
import { resample } from './resample.js';
import { timeChart } from './time-chart.js';
import { frameOf } from './time-frame.js';

const PREFIX = 'time:';
/** Groups with a colour of their own; the rest share one. */
const MAX_GROUPS = lineStyles.length - 1;

interface Stretch {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly total: number;
}

/** The mean time in each stage of the messages that were handled in each step, one upon the other. */
export function breakdownOverTimeChart(result: RunResult): Chart {
  const { atMicros, stretches } = stretchesOf(result);
  const chart = { id: 'breakdown-over-time', title: 'Where the time goes, over time', isOverTime: true };
  const totals = atMicros.map((_, step) => stretches.reduce((sum, { values }) => sum + (values[step] ?? 0), 0));
  const highest = totals.reduce((high, total) => Math.max(high, total), 0);
  if (highest === 0) return { ...chart, description: 'No message was handled.', drawing: { nothing: 'No message was handled, or this result does not say where its time went.' }, table: emptyTable };
  const colors = Object.fromEntries(stretches.map(({ label }, index) => [label, lineStyles[index]?.color ?? palette.axis]));
  const percent = (value: number | null, total: number): number => (total === 0 ? 0 : Number((((value ?? 0) / total) * 100).toPrecision(4)));
  const lines = stretches.map(({ label, values }) => ({ label, points: values.map((value, step) => ({ x: atMicros[step]!, y: percent(value, totals[step]!) })) }));
  return {
    ...chart,
    description: `Share of the time of the messages handled in each step by the stage where it went, one upon the other. Most of it went to ${stretches[0]!.label}; the mean was at most ${formatDuration(highest)}.`,
    drawing: timeChart(frameOf(result), lines, { title: 'share of the time (%, stacked)', scale: { domain: [0, 100], nice: false }, axis: { values: [0, 25, 50, 75, 100] } }, { stacked: colors }),
    table: timeTable(atMicros, stretches, 'micros'),
  };
}

/** The groups that took most, first, and what is left as `other`. */
function stretchesOf(result: RunResult): { readonly atMicros: readonly number[]; readonly stretches: readonly Stretch[] } {
  const endMicros = result.run.virtualMicros;
  let atMicros: readonly number[] = [];
  const groups = stageGroups.map(({ label, stages }) => {
    const present = stages.map((stage) => `${PREFIX}${stage}`).filter((name) => result.series.values[name] !== undefined);
    const parts = present.map((name) => resample(result.series, name, { merge: 'mean', zeroIsMissing: false, endMicros }));
    if (parts.length > 0) atMicros = parts[0]!.atMicros;
    const values = (parts[0]?.values ?? []).map((_, step) => parts.reduce((sum, part) => sum + (part.values[step] ?? 0), 0));
    return { label, values, total: values.reduce((sum, value) => sum + value, 0) };
  }).filter(({ total }) => total > 0).sort((left, right) => right.total - left.total);
  if (groups.length <= MAX_GROUPS + 1) return { atMicros, stretches: groups };
  const rest = groups.slice(MAX_GROUPS);
  const values = atMicros.map((_, step) => rest.reduce((sum, group) => sum + (group.values[step] ?? 0), 0));
  return { atMicros, stretches: [...groups.slice(0, MAX_GROUPS), { label: 'all other', values, total: 0 }] };
}
