import type { RunResult } from '../run-result.js';

/** A part of the end-to-end latency as reports show it: one or several stages of the result. */
export interface StageGroup {
  readonly label: string;
  readonly stages: readonly string[];
}

/** In the order in which a message goes through them. */
export const stageGroups: readonly StageGroup[] = [
  { label: 'client wait', stages: ['producerWait', 'sendRetries', 'consumerWait'] },
  { label: 'network', stages: ['network'] },
  { label: 'broker wait', stages: ['brokerWait'] },
  { label: 'broker CPU', stages: ['brokerCpu'] },
  { label: 'disk', stages: ['disk'] },
  { label: 'queue wait', stages: ['queueWait', 'delay'] },
  { label: 'earlier deliveries', stages: ['earlierDeliveries'] },
  { label: 'handler', stages: ['handler'] },
];

export interface StageShare {
  readonly label: string;
  readonly meanMicros: number;
  readonly share: number;
  readonly slowestMeanMicros: number;
  readonly slowestShare: number;
}

/** Where the time goes; empty when nothing was handled well, or the result does not say. */
export function stageShares({ measures }: RunResult): StageShare[] {
  const { breakdown } = measures;
  if (breakdown === undefined || breakdown.count === 0) return [];
  const sum = (names: readonly string[], field: 'meanMicros' | 'slowestMeanMicros'): number =>
    breakdown.stages.reduce((total, stage) => total + (names.includes(stage.name) ? stage[field] : 0), 0);
  const known = stageGroups.flatMap(({ stages }) => stages);
  const other = breakdown.stages.map(({ name }) => name).filter((name) => !known.includes(name));
  const groups = other.length === 0 ? stageGroups : [...stageGroups, { label: 'other', stages: other }];
  const all = breakdown.stages.map(({ name }) => name);
  const total = sum(all, 'meanMicros');
  const slowestTotal = sum(all, 'slowestMeanMicros');
  return groups.map(({ label, stages }) => {
    const meanMicros = sum(stages, 'meanMicros');
    const slowestMeanMicros = sum(stages, 'slowestMeanMicros');
    return { label, meanMicros, share: share(meanMicros, total), slowestMeanMicros, slowestShare: share(slowestMeanMicros, slowestTotal) };
  });
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
