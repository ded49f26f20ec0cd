import { type Circumstance, CIRCUMSTANCES } from './circumstances.js';
import type { StorageFault } from './configuration.js';
import { mayRefuse } from './refusals.js';
import { type EffectPromise, handlerPromise } from './handlers.js';
import { durabilityRows, journalOf } from './loss.js';
import type { RunContract } from './run-contract.js';

/** Whatever the row of a send: what consumers did is in the journal, too. */
const mayBeLost = (fault: StorageFault) => (contract: RunContract): boolean => journalOf(contract).fates[fault] === 'may-be-lost';
const isWeak = (weakness: Circumstance) => (contract: RunContract): boolean => durabilityRows(contract).some((row) => row.weakness === weakness);
const someHandlers = (promises: readonly EffectPromise[]) => ({ queues }: RunContract): boolean =>
  queues.some(({ handlers }) => handlers.length > 0 && promises.includes(handlerPromise(handlers)));

/** Whether the configuration lets a circumstance come about at all; whether it does is up to the faults that strike. Total. */
const POSSIBLE: Readonly<Record<Circumstance, (contract: RunContract) => boolean>> = {
  'power-loss': mayBeLost('power-loss'),
  'failed-sync': mayBeLost('failed-sync'),
  'disk-replaced': mayBeLost('disk-replaced'),
  'corruption': mayBeLost('corruption'),
  'transient-message': isWeak('transient-message'),
  'non-durable-queue': isWeak('non-durable-queue'),
  'unconfirmed-publish': isWeak('unconfirmed-publish'),
  'unroutable': ({ clients }) => clients.some(({ mayMissQueues }) => mayMissQueues === true),
  'dead-letter-refused': ({ queues }) => queues.some(({ push }) => push?.hasDeadLetters === true && !push.keepsDeadLetters)
    && queues.some(mayRefuse),
  'dual-write': ({ clients }) => clients.some(({ writesApart }) => writesApart === true),
  'standard-queue': ({ strict }) => !strict,
  'drifting-clock': ({ clockDrift }) => clockDrift > 0,
  'disturbed-clock': () => true,
  'wrong-clock': () => true,
  'superseded-handle': ({ queues }) => queues.some(({ kind, push }) => kind !== 'fifo' && push === undefined),
  'sends-side-by-side': ({ queues }) => queues.some(({ kind, keepsGroupOrder }) => kind === 'fifo' && keepsGroupOrder !== true),
  'put-aside': ({ queues }) => queues.some(({ kind, deadLetter }) => kind === 'fifo' && deadLetter !== null),
  'worked-side-by-side': ({ queues }) => queues.some(({ kind, isWorkedInTurn }) => kind === 'fifo' && isWorkedInTurn !== true),
  'plain-handler': someHandlers(['none']),
  'not-idempotent': someHandlers(['none', 'at-most-once']),
  'late-acknowledgement': someHandlers(['at-most-once']),
  'several-copies': someHandlers(['none', 'at-most-once']),
};

/** What may attend a breach in runs of this configuration. */
export function possibleCircumstances(contract: RunContract): readonly Circumstance[] {
  return (Object.keys(CIRCUMSTANCES) as Circumstance[]).filter((circumstance) => POSSIBLE[circumstance](contract));
}
