import type { QueueSpec, Scenario } from '../../../scenarios/index.js';
import type { Dice } from './dice.js';

/** What a FIFO queue may say of deduplication and throughput: limits by group go with a scope of groups alone. */
const FIFO_MODES: readonly Partial<QueueSpec>[] = [
  { deduplicationScope: 'queue', throughputLimit: 'perQueue' },
  { deduplicationScope: 'messageGroup', throughputLimit: 'perQueue' },
  { deduplicationScope: 'messageGroup', throughputLimit: 'perMessageGroupId' },
];
const MOST_IN_FLIGHT = 200;

/** Draws what an owner is free to set of a queue, and what changes the way through the engine that its messages take. */
export function drawQueues(scenario: Scenario, dice: Dice): Scenario {
  return { ...scenario, queues: scenario.queues.map((queue) => drawQueue(queue, dice)) };
}

function drawQueue(queue: QueueSpec, dice: Dice): QueueSpec {
  // Queues that push have other settings, and their consumers say how much they hold.
  if (queue.push !== undefined) return queue;
  const limited = dice.chance(0.2) ? { ...queue, maxInFlight: dice.amount(1, MOST_IN_FLIGHT) } : queue;
  if (queue.kind === 'fifo') return dice.chance(0.5) ? { ...limited, ...dice.pick(FIFO_MODES) } : limited;
  return dice.chance(0.5) ? { ...limited, isFair: dice.chance(0.5) } : limited;
}
