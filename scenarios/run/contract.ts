import { DEFAULT_REDELIVERY_BOUND_MICROS, type QueueContract, type RunContract } from '../../invariants/index.js';
import type { Scenario } from '../model.js';

const PARTS_PER_MILLION = 1e6;
/** A strobe makes the wall clock wrong, not the monotonic one. */
const DRIFT_FAULT = 'clock-drift';

/** What the scenario's configuration promises, as the judge needs it. */
export function contractOf(scenario: Scenario): RunContract {
  return {
    personality: scenario.personality,
    strict: true,
    broker: { name: scenario.broker.name, flush: scenario.broker.flush },
    queues: scenario.queues.map((queue) => queueContract(scenario, queue.name)),
    redeliveryBoundMicros: DEFAULT_REDELIVERY_BOUND_MICROS,
    clockDrift: largestDrift(scenario),
  };
}

function queueContract(scenario: Scenario, name: string): QueueContract {
  const { deadLetter } = scenario.queues.find((queue) => queue.name === name)!;
  const kinds = scenario.consumers.filter((consumer) => consumer.queue === name).map((consumer) => consumer.handler.kind);
  return { name, deadLetter, handlers: [...new Set(kinds)] };
}

function largestDrift(scenario: Scenario): number {
  let drift = 0;
  for (const fault of scenario.faults) {
    const ppm = fault['drift'];
    if (fault.fault === DRIFT_FAULT && typeof ppm === 'number') drift = Math.max(drift, Math.abs(ppm) / PARTS_PER_MILLION);
  }
  return drift;
}
