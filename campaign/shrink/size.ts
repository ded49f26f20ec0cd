import type { Scenario } from '../../scenarios/index.js';

/** How large a scenario is, by what a person has to read. */
export interface ScenarioSize {
  readonly faults: number;
  readonly messages: number;
  readonly machines: number;
  readonly queues: number;
}

/** Of a scenario whose workload is written out. */
export function sizeOf({ faults, dead = [], producers, consumers, queues }: Scenario): ScenarioSize {
  return {
    faults: faults.length + dead.length,
    messages: producers.reduce((sum, { sends }) => sum + (sends?.length ?? 0), 0),
    machines: 1 + producers.length + consumers.length,
    queues: queues.length,
  };
}
