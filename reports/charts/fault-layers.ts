import type { FaultSpan } from '../words/faults.js';
import type { Layer } from './chart.js';
import { type FaultLanes, faultLanes } from './fault-lanes.js';
import { palette } from './palette.js';

/** A name, and below it the bar. */
const LANE_HEIGHT = 20;
const BAR_HEIGHT = 4;
/** Between the lowest lane and the plot. */
const LANE_GAP = 2;

/** Faults as shaded stretches behind the lines, with their names above the plot. Goes below all other layers. */
export function faultLayers(spans: readonly FaultSpan[], endMicros: number): Layer[] {
  const lanes = faultLanes(spans, endMicros);
  if (lanes.lanes === 0) return [];
  const pixels = { type: 'quantitative', scale: null, axis: null } as const;
  const across = { x: { field: 'left', ...pixels }, x2: { field: 'right' } } as const;
  const top = (lane: number): number => (lane - lanes.lanes) * LANE_HEIGHT - LANE_GAP;
  return [
    {
      name: 'fault-shade',
      data: { values: mergedBars(lanes) },
      mark: { type: 'rect', color: palette.fault, opacity: 0.15 },
      encoding: { ...across, y: { value: 0 }, y2: { value: 'height' } },
    },
    {
      name: 'fault-bar',
      data: { values: lanes.bars.map((bar) => ({ left: bar.left, right: bar.right, top: top(bar.lane) + LANE_HEIGHT - BAR_HEIGHT - 1, bottom: top(bar.lane) + LANE_HEIGHT - 1 })) },
      mark: { type: 'rect', color: palette.fault, opacity: 1 },
      encoding: { ...across, y: { field: 'top', ...pixels }, y2: { field: 'bottom' } },
    },
    {
      name: 'fault-label',
      data: { values: lanes.labels.map(({ lane, x, align, text }) => ({ x, y: top(lane) + (LANE_HEIGHT - BAR_HEIGHT) / 2, text, align })) },
      mark: { type: 'text', color: palette.ink, fontSize: 11.5, baseline: 'middle', align: { expr: 'datum.align' } },
      encoding: { x: { field: 'x', ...pixels }, y: { field: 'y', ...pixels }, text: { field: 'text', type: 'nominal' } },
    },
  ];
}

/** Stretches in which any fault goes on, so that overlapping faults do not add up to a darker shade. */
function mergedBars({ bars }: FaultLanes): { left: number; right: number }[] {
  const merged: { left: number; right: number }[] = [];
  for (const { left, right } of [...bars].sort((a, b) => a.left - b.left)) {
    const previous = merged[merged.length - 1];
    if (previous !== undefined && left <= previous.right) previous.right = Math.max(previous.right, right);
    else merged.push({ left, right });
  }
  return merged;
}
