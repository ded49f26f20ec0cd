import type { HeatResult } from './result.js';

/** Columns that a heat map has at most: more cannot be told apart. */
const MAX_COLUMNS = 100;
/** Fine buckets of one row: two rows to a doubling. */
const BUCKETS_PER_ROW = 8;

/** A table of counts, per step and fine bucket of a logarithmic scale. */
export interface FineCounts {
  readonly counts: Uint32Array;
  readonly buckets: number;
  readonly highestOf: (bucket: number) => number;
}

/** Makes a coarse table of a fine one: so many steps to a column, eight buckets to a row, no empty rows below and above. */
export function heatOf({ counts, buckets, highestOf }: FineCounts, steps: number, stepMicros: number): HeatResult {
  const perColumn = Math.ceil(steps / MAX_COLUMNS);
  const rows = Math.ceil(buckets / BUCKETS_PER_ROW);
  const table = Array.from({ length: Math.ceil(steps / perColumn) }, () => new Float64Array(rows));
  let lowest = rows;
  let highest = -1;
  for (let at = 0; at < steps * buckets; at++) {
    if (counts[at] === 0) continue;
    const row = Math.floor((at % buckets) / BUCKETS_PER_ROW);
    table[Math.floor(Math.floor(at / buckets) / perColumn)]![row]! += counts[at]!;
    if (row < lowest) lowest = row;
    if (row > highest) highest = row;
  }
  const shown = Math.max(0, highest - lowest + 1);
  return {
    stepMicros: stepMicros * perColumn,
    boundsMicros: Array.from({ length: shown + (shown === 0 ? 0 : 1) }, (_, row) => lowerBound((lowest + row) * BUCKETS_PER_ROW, highestOf)),
    counts: table.map((column) => Array.from(column.subarray(lowest, lowest + shown))),
  };
}

const lowerBound = (bucket: number, highestOf: (bucket: number) => number): number => (bucket === 0 ? 0 : highestOf(bucket - 1) + 1);
