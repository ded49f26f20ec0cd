import { type Circumstance, LOSSES } from './circumstances.js';
import { type SimulatedConfiguration, STORAGE_FAULTS, type StorageFault } from './configuration.js';
import { KEPT, WEAK } from './durability.js';
import { meaningOf } from './fault-meanings.js';
import type { ClientContract, QueueContract, RunContract } from './run-contract.js';

/** What the broker's journal keeps of what it was given to keep. */
export function journalOf({ broker }: Pick<RunContract, 'broker'>): SimulatedConfiguration {
  return KEPT.sqs[broker.flush];
}

/** The row of the durability matrix for what this producer sends to this queue; null: it is not known which. */
export function durabilityOf(contract: Pick<RunContract, 'broker'>, queue: QueueContract | null, producer: ClientContract | null): SimulatedConfiguration {
  return producer?.asksNoConfirm === true ? WEAK['unconfirmed-publish'] : storedDurabilityOf(contract, queue, producer);
}

/** The same for what the queue has: whether its producer is told of it makes no difference to that. */
export function storedDurabilityOf({ broker }: Pick<RunContract, 'broker'>, queue: QueueContract | null, producer: ClientContract | null): SimulatedConfiguration {
  if (queue?.push === undefined) return KEPT.sqs[broker.flush];
  if (queue.push.isTransient === true) return WEAK['non-durable-queue'];
  // Quorum queues keep whatever they take: to them every message is persistent.
  if (queue.push.type === 'classic' && producer?.sendsTransient === true) return WEAK['transient-message'];
  return KEPT[queue.push.type][broker.flush];
}

/** The rows that the sends of a run come under, each once. */
export function durabilityRows(contract: RunContract): readonly SimulatedConfiguration[] {
  const producers = contract.clients.filter(({ role }) => role === 'producer');
  const rowsOf = (queue: QueueContract): SimulatedConfiguration[] =>
    producers.filter((producer) => mayReach(contract, producer, queue.name)).map((producer) => durabilityOf(contract, queue, producer));
  return [...new Set(contract.queues.flatMap((queue) => [...rowsOf(queue), ...(producers.length === 0 ? [durabilityOf(contract, queue, null)] : [])]))];
}

/** A producer that sends to an exchange may reach every queue, and what it sends to one may be moved to another. */
export function mayReach({ queues }: RunContract, producer: ClientContract, queue: string): boolean {
  const isQueue = queues.some(({ name }) => name === producer.queue);
  return producer.queue === queue || !isQueue || queues.some(({ deadLetter, push }) => deadLetter !== null || push?.hasDeadLetters === true);
}

/** The circumstance under which a recovery may come up short after these faults; null when it must bring back everything acknowledged. */
export function lossAfter({ fates, weakness }: SimulatedConfiguration, struck: ReadonlySet<StorageFault>): Circumstance | null {
  if (weakness !== null) return STORAGE_FAULTS.some((fault) => struck.has(fault) && fates[fault] === 'may-be-lost') ? weakness : null;
  for (const fault of LOSSES) if (struck.has(fault) && fates[fault] === 'may-be-lost') return fault;
  return null;
}

/** The same after one kind of fault that strikes the broker: one that ends its process is a crash to what does not outlive a restart. */
export function lossByFault(row: SimulatedConfiguration, fault: string): Circumstance | null {
  const { storage, restarts = false } = meaningOf(fault);
  const struck = storage ?? (restarts ? 'crash' : null);
  return struck === null ? null : lossAfter(row, new Set([struck]));
}
