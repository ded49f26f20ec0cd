import type { TopLevelSpec } from 'vega-lite';
import { chartConfig } from './config.js';
import { legendGrid } from './legend-grid.js';
import { palette } from './palette.js';
import { shortenMiddle } from './shorten.js';
import { textWidth } from './text-width.js';

/** A bar with its name on the left and its value in words at its end. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** Of several bars of a name: which one, as the legend calls it. */
  readonly series?: string;
}

export interface Bars {
  readonly bars: readonly Bar[];
  /** Title of the axis of values, with its unit. */
  readonly title: string;
  /** Title of the axis of names. */
  readonly names: string;
  readonly format: string;
  /** Where the axis of values has marks; by default at round numbers. */
  readonly ticks?: readonly number[];
}

const NAMES_WIDTH = 132;
const PLOT_WIDTH = 382;
/** Room for the value beside the longest bar, as a share of the plot: at least, and at most. */
const TEXT_SHARE = 0.3;
const MAX_TEXT_SHARE = 0.8;
const TEXT_DISTANCE = 4;
/** Letters are larger on a phone (14 and 12.5), and some typefaces wider than reckoned: what fits at these sizes fits everywhere. */
const PHONE_NAME_SIZE = 16;
const PHONE_TEXT_SIZE = 14.5;
const NAME_DISTANCE = 6;
const ROW_HEIGHT = 19;
/** From here on numbers take so much room that few of them stand beside one another on a phone. */
const LONG_NUMBERS = 10_000;

/** A name cut in the middle to what there is room for beside a bar. */
export function barName(name: string): string {
  let short = name;
  for (let characters = name.length; characters > 2 && textWidth(short, PHONE_NAME_SIZE) > NAMES_WIDTH - NAME_DISTANCE; characters--) short = shortenMiddle(name, characters - 1);
  return short;
}

/** The value at the right edge: every bar has room for its text there. */
function edgeOf(bars: readonly Bar[]): number {
  const edge = bars.reduce((farthest, { value, text }) => {
    const share = (textWidth(text, PHONE_TEXT_SIZE) + TEXT_DISTANCE) / PLOT_WIDTH;
    return Math.max(farthest, value / (1 - Math.min(share, MAX_TEXT_SHARE)), value / (1 - TEXT_SHARE));
  }, 0);
  return edge === 0 ? 1 / (1 - TEXT_SHARE) : edge;
}

/** Horizontal bars, in the order given. */
export function barChart({ bars, title, names, format, ticks }: Bars): TopLevelSpec {
  const labels = [...new Set(bars.map(({ label }) => label))];
  const series = [...new Set(bars.flatMap((bar) => (bar.series === undefined ? [] : [bar.series])))];
  const highest = bars.reduce((high, { value }) => Math.max(high, value), 0);
  const y = {
    field: 'label', type: 'nominal', sort: labels, title: names, scale: { paddingInner: series.length > 1 ? 0.3 : 0.35 },
    axis: { minExtent: NAMES_WIDTH, maxExtent: NAMES_WIDTH, labelColor: palette.ink, labelLimit: 0, grid: false, titleAnchor: 'start', titleAngle: 0, titleAlign: 'left', titleX: -NAMES_WIDTH, titleY: -8 },
  };
  const x = { field: 'value', type: 'quantitative', title, scale: { domain: [0, edgeOf(bars)], nice: false }, axis: { format, tickCount: highest < LONG_NUMBERS ? 5 : 3, ...(format === 'd' || format === ',d' ? { tickMinStep: 1 } : {}), ...(ticks === undefined ? {} : { values: [...ticks] }) } };
  const offset = series.length > 1 ? { yOffset: { field: 'series', sort: series } } : {};
  const color = series.length > 1
    ? { color: { field: 'series', type: 'nominal', sort: series, scale: { domain: series, range: [palette.lineA, palette.lineB] }, legend: { orient: 'bottom', ...legendGrid(series, { plotWidth: PLOT_WIDTH }), title: null, symbolType: 'square' } } }
    : { color: { value: palette.lineA } };
  return {
    width: PLOT_WIDTH,
    height: Math.max(60, bars.length * ROW_HEIGHT),
    padding: { left: 6, right: 6, top: 22, bottom: 6 },
    data: { values: bars.map((bar) => ({ ...bar })) },
    layer: [
      { name: 'bar', mark: { type: 'bar' }, encoding: { y, x, ...offset, ...color } },
      { name: 'bar-text', mark: { type: 'text', align: 'left', baseline: 'middle', dx: TEXT_DISTANCE, fontSize: 11.5, color: palette.ink }, encoding: { y, x, ...offset, text: { field: 'text', type: 'nominal' } } },
    ],
    config: { ...chartConfig, axisY: { domain: false, ticks: false } },
  } as unknown as TopLevelSpec;
}
