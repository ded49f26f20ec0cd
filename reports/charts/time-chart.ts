import type { TopLevelSpec } from 'vega-lite';
import { type Layer, type Line, PLOT_HEIGHT, PLOT_WIDTH } from './chart.js';
import { chartConfig } from './config.js';
import { faultLayers } from './fault-layers.js';
import { areaLayers } from './area-layers.js';
import { type Band, bandLayers } from './band-layers.js';
import { lineLayers } from './line-layers.js';
import { palette } from './palette.js';
import { timeAxis } from './time-axis.js';
import type { TimeFrame } from './time-frame.js';

export interface TimeChartOptions {
  /** Draws areas one upon the other instead of lines, in these colours by label. */
  readonly stacked?: Readonly<Record<string, string>>;
  /** Behind the lines, in their order. */
  readonly bands?: readonly Band[];
}

/** Lines over virtual time, with the faults shaded and named and the beginning of the drain marked. */
export function timeChart({ virtualMicros, drainBeganMicros, faults }: TimeFrame, lines: readonly Line[], y: object, { stacked, bands = [] }: TimeChartOptions = {}): TopLevelSpec {
  const axis = timeAxis(virtualMicros);
  const x = {
    title: axis.title,
    scale: { domain: [0, axis.end], nice: false, zero: false },
    axis: { values: [...axis.ticks], grid: false, labelOverlap: true },
  };
  const bandsInUnit = bands.map((band) => ({ ...band, points: band.points.map((point) => ({ ...point, x: round(point.x / axis.unitMicros) })) }));
  const inUnit = lines.map((line) => ({ ...line, points: line.points.map((point) => ({ x: round(point.x / axis.unitMicros), y: point.y })) }));
  return {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    layer: [
      ...faultLayers(faults, virtualMicros),
      ...drainLayers(drainBeganMicros / axis.unitMicros, axis.end, x),
      ...bandLayers(bandsInUnit, { x, y }),
      ...(stacked === undefined ? lineLayers(inUnit, { x, y }) : areaLayers(inUnit, { x, y }, stacked)),
    ],
    resolve: { axis: { x: 'shared', y: 'shared' } },
    config: chartConfig,
  };
}

const round = (value: number): number => Number(value.toPrecision(7));

/** A line where producers stop and faults are healed, unless the run ends there. */
function drainLayers(began: number, end: number, x: object): Layer[] {
  if (began <= 0 || began > end * 0.995) return [];
  const isLate = began > end * 0.85;
  const encoding = { x: { field: 'x', type: 'quantitative', ...x } };
  const layers = [
    {
      name: 'drain',
      data: { values: [{ x: began }] },
      mark: { type: 'rule', color: palette.axis, strokeDash: [3, 3] },
      encoding: { ...encoding, y: { value: 0 }, y2: { value: 'height' } },
    },
    {
      name: 'drain-label',
      data: { values: [{ x: began }] },
      mark: { type: 'text', text: 'drain', color: palette.muted, fontSize: 11, align: isLate ? 'right' : 'left', baseline: 'top', dx: isLate ? -4 : 4, dy: 3 },
      encoding: { ...encoding, y: { value: 0 } },
    },
  ];
  return layers as unknown as Layer[];
}
