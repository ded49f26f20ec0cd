import { DEFAULT_REDELIVERY_BOUND_MICROS, type QueueContract, type RunContract } from '../../invariants/index.js';
import type { Scenario } from '../model.js';

const PARTS_PER_MILLION = 1e6;
/** The one fault that changes the rate of the monotonic clock; jumps and strobes make the wall clock wrong. */
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

/** Drifts of the broker's clock may overlap and then add up; the sum of all bounds whatever does. */
function largestDrift(scenario: Scenario): number {
  let drift = 0;
  for (const fault of scenario.faults) {
    const targets = typeof fault.target === 'string' ? [fault.target] : fault.target;
    const { drift: ppm } = fault;
    const isOfBroker = fault.fault === DRIFT_FAULT && targets.includes(scenario.broker.name);
    if (isOfBroker && typeof ppm === 'number') drift += Math.abs(ppm) / PARTS_PER_MILLION;
  }
  return drift;
}
