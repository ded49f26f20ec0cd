import type { TopLevelSpec } from 'vega-lite';
import type { ComparedRow, Comparison } from '../run-result.js';
import { type Chart, emptyTable, PLOT_WIDTH } from './chart.js';
import { chartConfig } from './config.js';
import { legendGrid } from './legend-grid.js';
import { palette } from './palette.js';

const NAMES_WIDTH = 132;
const ROW_HEIGHT = 20;
/** Beyond this a difference is drawn at the edge. */
const MAX_PERCENT = 200;

const VERDICTS = ['improved', 'regressed', 'changed', 'no change', 'within noise', 'inconclusive'];

/** How far each figure of a variant is from that of the first, in percent, with intervals. A figure that was 0 has no percent. */
export function compareDifferencesChart(comparison: Comparison, variant: number): Chart {
  const rows = comparison.rows.filter((row) => row.variant === variant && row.base !== 0);
  const name = comparison.variants[variant]?.name ?? '';
  return {
    id: `compare-differences-${variant}`,
    title: `Difference of ${name} from ${comparison.variants[0]?.name ?? ''}`,
    isOverTime: false,
    description: `The difference of each figure in percent, with its interval; left of 0 is less, right is more.`,
    drawing: rows.length === 0 ? { nothing: 'No figure of the first variant is other than 0.' } : drawing(rows),
    table: rows.length === 0 ? emptyTable : {
      columns: [{ label: 'figure', unit: 'text' }, { label: 'difference', unit: 'share' }, { label: 'from', unit: 'share' }, { label: 'to', unit: 'share' }, { label: 'verdict', unit: 'text' }],
      rows: rows.map(({ figure, base, difference, verdict }) => [figure, difference.value / base, difference.low === null ? null : difference.low / base, difference.high === null ? null : difference.high / base, verdict]),
    },
  };
}

const percent = (part: number, base: number): number => Number(Math.max(-MAX_PERCENT, Math.min(MAX_PERCENT, (part / base) * 100)).toPrecision(5));

function drawing(rows: readonly ComparedRow[]): TopLevelSpec {
  const labels = rows.map(({ figure }) => figure);
  const values = rows.map(({ figure, base, difference: { value, low, high }, verdict }) => ({
    figure, value: percent(value, base), low: low === null ? null : percent(low, base), high: high === null ? null : percent(high, base),
    verdict: verdict.replace('-', ' '),
  }));
  const ends = values.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const reach = Math.max(1, ...ends.map(Math.abs)) * 1.05;
  const y = {
    field: 'figure', type: 'nominal', sort: labels, title: 'figure',
    axis: { minExtent: NAMES_WIDTH, maxExtent: NAMES_WIDTH, labelColor: palette.ink, labelLimit: 0, grid: true, titleAnchor: 'start', titleAngle: 0, titleAlign: 'left', titleX: -NAMES_WIDTH, titleY: -8 },
  };
  const x = { field: 'value', type: 'quantitative', title: 'difference (%)', scale: { domain: [-reach, reach], nice: false }, axis: { tickCount: 7 } };
  const legend = { orient: 'bottom', ...legendGrid(VERDICTS, { plotWidth: PLOT_WIDTH - NAMES_WIDTH + 60 }) };
  const color = {
    field: 'verdict', type: 'nominal', title: null,
    scale: { domain: VERDICTS, range: [palette.lineC, palette.lineB, palette.lineA, palette.axis, palette.axis, palette.axis] },
    legend,
  };
  return {
    width: PLOT_WIDTH - NAMES_WIDTH + 60,
    height: rows.length * ROW_HEIGHT,
    padding: { left: 6, right: 6, top: 22, bottom: 6 },
    data: { values },
    layer: [
      { name: 'zero', mark: { type: 'rule', color: palette.ink }, encoding: { x: { datum: 0, type: 'quantitative' } } },
      { name: 'interval', transform: [{ filter: 'datum.low !== null' }], mark: { type: 'rule', strokeWidth: 2 }, encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color } },
      { name: 'difference', mark: { type: 'point', filled: true, size: 50, opacity: 1 }, encoding: { y, x, color, shape: { field: 'verdict', type: 'nominal', title: null, scale: { domain: VERDICTS, range: ['triangle-up', 'triangle-down', 'diamond', 'square', 'circle', 'cross'] }, legend } } },
    ],
    config: chartConfig,
  } as unknown as TopLevelSpec;
}
