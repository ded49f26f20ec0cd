import type { HeatResult } from './result.js';

/** Columns that a heat map has at most: more cannot be told apart. */
const MAX_COLUMNS = 100;
/** Fine buckets of one row: two rows to a doubling. */
const BUCKETS_PER_ROW = 8;

/** A table of counts, per step and fine bucket of a logarithmic scale. */
export interface FineCounts {
  readonly counts: Uint32Array;
  readonly buckets: number;
  /** Of the buckets that are not empty in every step. */
  readonly lowest: number;
  readonly highest: number;
  readonly highestOf: (bucket: number) => number;
}

/** Makes a coarse table of a fine one: so many steps to a column, eight buckets to a row, no empty rows below and above. */
export function heatOf(fine: FineCounts, steps: number, stepMicros: number): HeatResult {
  const { counts, buckets, highestOf } = fine;
  const perColumn = Math.ceil(steps / MAX_COLUMNS);
  const lowest = Math.floor(fine.lowest / BUCKETS_PER_ROW);
  const highest = Math.floor(fine.highest / BUCKETS_PER_ROW);
  const shown = Math.max(0, highest - lowest + 1);
  const table = Array.from({ length: Math.ceil(steps / perColumn) }, () => new Array<number>(shown).fill(0));
  for (let step = 0; step < steps; step++) {
    const column = table[Math.floor(step / perColumn)]!;
    for (let bucket = fine.lowest; bucket <= fine.highest; bucket++) column[Math.floor(bucket / BUCKETS_PER_ROW) - lowest]! += counts[step * buckets + bucket]!;
  }
  return {
    stepMicros: stepMicros * perColumn,
    boundsMicros: Array.from({ length: shown + (shown === 0 ? 0 : 1) }, (_, row) => lowerBound((lowest + row) * BUCKETS_PER_ROW, highestOf)),
    counts: table,
  };
}

const lowerBound = (bucket: number, highestOf: (bucket: number) => number): number => (bucket === 0 ? 0 : highestOf(bucket - 1) + 1);
