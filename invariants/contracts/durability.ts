import type { Circumstance } from './circumstances.js';
import type { SimulatedConfiguration } from './configuration.js';
import type { FlushPolicy } from './run-contract.js';

/** A disk that is replaced or damaged held the only copy. A broker that nobody reaches keeps what it has. */
const ONE_COPY = { crash: 'kept', 'disk-replaced': 'may-be-lost', corruption: 'may-be-lost', 'leader-partitioned': 'kept' } as const;
const SYNCED = { 'power-loss': 'kept', 'failed-sync': 'kept', 'total-power-loss': 'kept' } as const;
const UNSYNCED = { 'power-loss': 'may-be-lost', 'failed-sync': 'may-be-lost', 'total-power-loss': 'may-be-lost' } as const;

/** A killed process leaves its page cache to the system, a power loss takes what was not synced. */
const JOURNAL: Readonly<Record<FlushPolicy, SimulatedConfiguration['fates']>> = {
  always: { ...ONE_COPY, ...SYNCED }, interval: { ...ONE_COPY, ...UNSYNCED }, never: { ...ONE_COPY, ...UNSYNCED },
};

/** Sends that every restart of the broker may take. */
const UNTIL_RESTART = { crash: 'may-be-lost', ...UNSYNCED, 'disk-replaced': 'may-be-lost', corruption: 'may-be-lost', 'leader-partitioned': 'not-applicable' } as const;

function kept(system: string, setting: string): Readonly<Record<FlushPolicy, SimulatedConfiguration>> {
  const row = (flush: FlushPolicy): SimulatedConfiguration => ({ system, setting: `${setting}flush: ${flush}`, fates: JOURNAL[flush], weakness: null });
  return { always: row('always'), interval: row('interval'), never: row('never') };
}

const weak = (system: string, setting: string, weakness: Circumstance, fates: SimulatedConfiguration['fates'] = UNTIL_RESTART): SimulatedConfiguration =>
  ({ system, setting, fates, weakness });

/** Queues whose acknowledged sends are in the journal: what may take them is up to the flush policy. */
export const KEPT = {
  sqs: kept('SQS queue, standard or FIFO', ''),
  classic: kept('RabbitMQ classic queue', 'durable, persistent messages, confirms, '),
  quorum: kept('RabbitMQ quorum queue', 'one member, confirms, '),
} as const;

/** Sends that their own settings give away. */
export const WEAK = {
  'transient-message': weak('RabbitMQ classic queue', 'messages with persistent: false', 'transient-message'),
  'non-durable-queue': weak('RabbitMQ classic queue', 'durable: false', 'non-durable-queue'),
  'unconfirmed-publish': weak('RabbitMQ, any queue', 'publishes with confirm: false', 'unconfirmed-publish', { ...UNTIL_RESTART, 'leader-partitioned': 'may-be-lost' }),
} as const;

/** The rows that queuelab runs: one broker with one disk. */
export const DURABILITY: readonly SimulatedConfiguration[] = [...Object.values(KEPT).flatMap((rows) => Object.values(rows)), ...Object.values(WEAK)];
