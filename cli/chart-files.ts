import { resolve } from 'node:path';
import type { RunResult } from '../scenarios/index.js';
import { UsageError } from './errors.js';
import { writeOutput } from './write-output.js';

/** A chart that is to be written, and where. */
export interface ChartFile {
  readonly id: string;
  readonly file: string;
}

/** `id=file`, taken apart. @throws UsageError */
export function parseCharts(given: readonly string[]): ChartFile[] {
  return given.map((text) => {
    const [, id, file] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
    if (id === undefined || file === undefined) throw new UsageError(`--chart ${text}: say which chart and where to, as throughput=throughput.svg.`);
    return { id, file };
  });
}

/** A chart that was drawn. */
export interface DrawnChart extends ChartFile {
  readonly svg: string;
}

/**
 * Draws before anything is written.
 *
 * @throws UsageError when there is not one run, or it has no such chart, or nothing to draw in it
 */
export async function drawCharts(charts: readonly ChartFile[], results: readonly RunResult[]): Promise<DrawnChart[]> {
  const [result] = results;
  if (charts.length === 0 || result === undefined) return [];
  if (results.length > 1) throw new UsageError(`--chart draws one run, and there are ${results.length}: say which with --run or --seed.`);
  const { chartIds, standaloneChart } = await import('../reports/index.js');
  const drawn: DrawnChart[] = [];
  for (const { id, file } of charts) {
    const chart = await standaloneChart(result, id);
    if (chart === null) throw new UsageError(`--chart ${id}: there is no such chart. There are ${chartIds(result).join(', ')}.`);
    if ('nothing' in chart) throw new UsageError(`--chart ${id}: ${chart.nothing}`);
    drawn.push({ id, file, svg: chart.svg });
  }
  return drawn;
}

export async function writeCharts(charts: readonly DrawnChart[], cwd: string): Promise<void> {
  for (const { file, svg } of charts) await writeOutput(resolve(cwd, file), `${svg}\n`);
}
