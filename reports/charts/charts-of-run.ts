import type { RunResult } from '../run-result.js';
import { backlogChart } from './backlog.js';
import { breakdownOverTimeChart } from './breakdown-over-time.js';
import type { Chart } from './chart.js';
import { consumersChart } from './consumers.js';
import { consumersOverTimeChart } from './consumers-over-time.js';
import { attemptsChart, deliveriesChart } from './deliveries.js';
import { groupsChart } from './groups.js';
import { latencyDistributionChart } from './latency-distribution.js';
import { latencyHeatChart } from './latency-heat.js';
import { latencyOverTimeChart, sendLatencyChart } from './latency-over-time.js';
import { repeatedWorkChart } from './repeated-work.js';
import { throughputChart } from './throughput.js';
import { timeBreakdownChart } from './time-breakdown.js';
import { utilisationChart } from './utilisation.js';

/** Charts that answer one question together. */
export interface ChartGroup {
  readonly id: 'traffic' | 'latency' | 'time' | 'work';
  readonly title: string;
  readonly charts: readonly Chart[];
}

/** Every chart of a run, in the order in which a page shows them. */
export const chartGroups = (result: RunResult): ChartGroup[] => [
  { id: 'traffic', title: 'What went through', charts: [throughputChart(result), backlogChart(result), repeatedWorkChart(result), deliveriesChart(result), ...attemptsChart(result)] },
  { id: 'latency', title: 'How long it took', charts: [latencyOverTimeChart(result), latencyHeatChart(result), latencyDistributionChart(result), sendLatencyChart(result)] },
  { id: 'time', title: 'Where the time went', charts: [timeBreakdownChart(result), breakdownOverTimeChart(result), utilisationChart(result)] },
  { id: 'work', title: 'Who did the work', charts: [consumersChart(result), consumersOverTimeChart(result), ...groupsChart(result)] },
];

/** The charts of all groups. */
export const chartsOfRun = (result: RunResult): Chart[] => chartGroups(result).flatMap(({ charts }) => charts);
