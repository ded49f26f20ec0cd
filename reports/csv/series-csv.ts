import { stringify } from 'csv-stringify/sync';
import type { RunResult } from '../run-result.js';

const MICROS_PER_SECOND = 1_000_000;

/**
 * The time series of runs as CSV (RFC 4180): a header, then one row per run and time step. A series that a run does not have
 * is empty there. Times are seconds of virtual time; series keep the units they have in the result.
 */
export function seriesCsv(results: readonly RunResult[]): string {
  const names = [...new Set(results.flatMap((result) => Object.keys(result.series.values)))];
  const header = ['scenario', 'seed', 'at_seconds', ...names];
  // Cells that a spreadsheet would take for a formula are disarmed.
  return stringify([header, ...results.flatMap((result) => rowsOf(result, names))], { escape_formulas: true });
}

function rowsOf(result: RunResult, names: readonly string[]): string[][] {
  const { atMicros, values } = result.series;
  return atMicros.map((at, step) => [
    result.scenario.name,
    result.seed,
    String(at / MICROS_PER_SECOND),
    ...names.map((name) => cell(values[name]?.[step])),
  ]);
}

function cell(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : String(value);
}
