import type { RunResult } from '../run-result.js';
import { backlogChart } from './backlog.js';
import type { Chart } from './chart.js';
import { latencyDistributionChart } from './latency-distribution.js';
import { latencyOverTimeChart } from './latency-over-time.js';
import { throughputChart } from './throughput.js';

/** Every chart of a run, in the order in which a page shows them. */
export const chartsOfRun = (result: RunResult): Chart[] => [
  throughputChart(result), backlogChart(result), latencyOverTimeChart(result), latencyDistributionChart(result),
];
