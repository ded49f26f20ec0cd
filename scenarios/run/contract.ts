import { type ClientContract, DEFAULT_REDELIVERY_BOUND_MICROS, type QueueContract, type RunContract } from '../../invariants/index.js';
import type { Scenario } from '../model.js';

const PARTS_PER_MILLION = 1e6;
/** The one fault that changes the rate of the monotonic clock; jumps and strobes make the wall clock wrong. */
const DRIFT_FAULT = 'clock-drift';

/** What the scenario's configuration promises, as the judge needs it. */
export function contractOf(scenario: Scenario): RunContract {
  return {
    personality: scenario.personality,
    strict: scenario.queues.every(({ replicas = null }) => replicas === null),
    broker: { name: scenario.broker.name, flush: scenario.broker.flush },
    clients: clientContracts(scenario),
    queues: scenario.queues.map((queue) => queueContract(scenario, queue.name)),
    redeliveryBoundMicros: DEFAULT_REDELIVERY_BOUND_MICROS,
    recoveryBoundMicros: recoveryBound(scenario),
    clockDrift: largestDrift(scenario),
  };
}

const MICROS_PER_SECOND = 1_000_000;
/** Beyond what reading takes: the restart of a process, and checks. */
const RECOVERY_SLACK_MICROS = 60 * MICROS_PER_SECOND;

/** A recovery reads no more than the disk holds; twice that, for the disk serves others too. */
function recoveryBound({ broker: { disk } }: Scenario): number {
  return RECOVERY_SLACK_MICROS + (2 * disk.capacityBytes / disk.bandwidthBytesPerSecond) * MICROS_PER_SECOND;
}

/** Longest wait of a poll whose consumer leaves it to the queue (SQS: 20 s). */
const MAX_WAIT_MICROS = 20 * MICROS_PER_SECOND;
/** Latencies of the network and of the broker come on top. */
const QUIET_SLACK_MICROS = 10 * MICROS_PER_SECOND;

function clientContracts({ producers, consumers }: Scenario): ClientContract[] {
  const quiet = ({ timeoutMicros, backoffCapMicros }: Scenario['producers'][number]['retry'], waitMicros: number): number =>
    2 * (timeoutMicros + backoffCapMicros + waitMicros) + QUIET_SLACK_MICROS;
  return [
    ...producers.map(({ name, queue, startMicros, retry }): ClientContract =>
      ({ name, role: 'producer', queue, startMicros, quietMicros: quiet(retry, 0) })),
    // Who stops is not expected to go on.
    ...consumers.filter(({ stopMicros = null }) => stopMicros === null).map(({ name, queue, startMicros, retry, waitTimeMicros }): ClientContract =>
      ({ name, role: 'consumer', queue, startMicros, quietMicros: quiet(retry, Math.max(waitTimeMicros, MAX_WAIT_MICROS)) })),
  ];
}

function queueContract(scenario: Scenario, name: string): QueueContract {
  const { deadLetter, kind = 'standard', maxInFlight, retentionMicros, visibilityTimeoutMicros, deduplicationScope, isFair = true } =
    scenario.queues.find((queue) => queue.name === name)!;
  const consumers = scenario.consumers.filter((consumer) => consumer.queue === name);
  const producers = scenario.producers.filter((producer) => producer.queue === name);
  return {
    name, deadLetter, retentionMicros, kind,
    leaseMicros: [...new Set(consumers.map((consumer) => consumer.visibilityTimeoutMicros ?? visibilityTimeoutMicros))],
    handlers: [...new Set(consumers.map((consumer) => consumer.handler.kind))],
    ...(maxInFlight === undefined ? {} : { maxInFlight }), ...(deduplicationScope === undefined ? {} : { deduplicationScope }),
    isFair: isFair && kind === 'standard', keepsGroupOrder: producers.every(({ keepsGroupOrder = true }) => keepsGroupOrder),
  };
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
