import type { TopLevelSpec } from 'vega-lite';
import type { HeatResult, RunResult } from '../run-result.js';
import { faultSpans } from '../words/faults.js';
import { formatCount, formatDuration } from '../words/numbers.js';
import { type Chart, emptyTable, PLOT_HEIGHT, PLOT_WIDTH, type Table } from './chart.js';
import { chartConfig } from './config.js';
import { durationEncoding } from './duration-axis.js';
import { faultLayers } from './fault-layers.js';
import { legendGrid } from './legend-grid.js';
import { legendOf } from './line-layers.js';
import { heatColors } from './palette.js';
import { timeAxis } from './time-axis.js';

/** Counts from one number to another, drawn in one colour. */
interface CountClass {
  readonly from: number;
  readonly label: string;
  readonly color: string;
}

interface Patch {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** How many messages took how long, at each time. */
export function latencyHeatChart(result: RunResult): Chart {
  const heat = result.series.heat?.['endToEnd'];
  const chart = { id: 'latency-heat', title: 'End-to-end latency, heat map', isOverTime: true };
  const patches = heat === undefined ? [] : patchesOf(heat, result.run.virtualMicros);
  if (patches.length === 0) return { ...chart, description: 'No message was handled.', drawing: { nothing: 'No message was handled, or this result has no heat map.' }, table: emptyTable };
  const most = patches.reduce((high, patch) => (patch.count > high.count ? patch : high));
  return {
    ...chart,
    description: `How many messages took how long, by the time at which they were handled: the stronger the colour, the more. Most in one field: ${formatCount(most.count)}, that took ${formatDuration(most.low)} to ${formatDuration(most.high)}.`,
    drawing: drawing(result, patches),
    table: table(patches),
  };
}

function patchesOf({ stepMicros, boundsMicros, counts }: HeatResult, endMicros: number): Patch[] {
  return counts.flatMap((column, at) => column.flatMap((count, row) => {
    const from = at * stepMicros;
    // What took no time at all lies in the lowest row of a logarithmic scale.
    return count === 0 ? [] : [{ from, to: Math.min(from + stepMicros, Math.max(endMicros, from + 1)), low: Math.max(1, boundsMicros[row]!), high: Math.max(2, boundsMicros[row + 1]!), count }];
  }));
}

function drawing(result: RunResult, patches: readonly Patch[]): TopLevelSpec {
  const axis = timeAxis(result.run.virtualMicros);
  const x = { type: 'quantitative', title: axis.title, scale: { domain: [0, axis.end], nice: false, zero: false }, axis: { values: [...axis.ticks], grid: false, labelOverlap: true } };
  const y = { type: 'quantitative', ...durationEncoding('latency', patches.flatMap(({ low, high }) => [low, high - 1])) };
  const classes = classesUpTo(patches.reduce((high, { count }) => Math.max(high, count), 1));
  const classOf = (count: number): string => classes.findLast(({ from }) => count >= from)!.label;
  return {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    layer: [
      ...faultLayers(faultSpans(result), result.run.virtualMicros),
      {
        name: 'heat',
        data: { values: patches.map(({ from, to, low, high, count }) => ({ from: tidy(from / axis.unitMicros), to: tidy(to / axis.unitMicros), low, high, messages: classOf(count) })) },
        mark: { type: 'rect', opacity: 1 },
        encoding: {
          x: { field: 'from', ...x }, x2: { field: 'to' }, y: { field: 'low', ...y }, y2: { field: 'high' },
          color: {
            field: 'messages', type: 'nominal', sort: null, scale: { domain: classes.map(({ label }) => label), range: classes.map(({ color }) => color) },
            legend: { ...legendOf([]), ...legendGrid(classes.map(({ label }) => label), { most: classes.length }), title: 'messages', symbolType: 'square', symbolSize: 140, symbolStrokeWidth: 0 },
          },
        },
      },
    ],
    config: chartConfig,
  } as unknown as TopLevelSpec;
}

/** Five classes or fewer, from 1 to the highest count, each as many times as large as the one before. */
function classesUpTo(highest: number): CountClass[] {
  const factor = Math.max(1.5, (highest + 1) ** (1 / heatColors.length));
  const starts = [...new Set(heatColors.map((_, index) => Math.round(factor ** index)))].filter((from) => from <= highest);
  return starts.map((from, index) => {
    const to = (starts[index + 1] ?? highest + 1) - 1;
    const color = heatColors[starts.length === 1 ? 2 : Math.round((index * (heatColors.length - 1)) / (starts.length - 1))]!;
    return { from, label: to <= from ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`, color };
  });
}

const tidy = (value: number): number => Number(value.toPrecision(7));

const table = (patches: readonly Patch[]): Table => ({
  columns: [
    { label: 'at', unit: 'micros' }, { label: 'until', unit: 'micros' }, { label: 'took from', unit: 'micros' }, { label: 'took below', unit: 'micros' },
    { label: 'messages', unit: 'messages' },
  ],
  rows: patches.map(({ from, to, low, high, count }) => [from, to, low, high, count]),
});
