import type { Happening, RunContract } from './run-contract.js';

/** Which runs an invariant concerns that is about one kind of queue, one setting, or something that may happen. */

export const queuesThatPush = ({ queues }: RunContract): boolean => queues.some(({ push }) => push !== undefined);

export const queuesThatAreAsked = ({ queues }: RunContract): boolean => queues.some(({ push }) => push === undefined);

/** Some queue that clients ask may come to its limit of messages in flight. */
export const fullFlight = (contract: RunContract): boolean => queuesThatAreAsked(contract) && mayHappen('full-flight')(contract);

export const fifoQueues = ({ queues }: RunContract): boolean => queues.some(({ kind }) => kind === 'fifo');

/** Fairness is among groups. */
export const fairQueues = ({ queues, neverHappens = [] }: RunContract): boolean => queues.some(({ isFair }) => isFair === true) && !neverHappens.includes('group');

/** Some queue has a rule, or an exchange, for dead letters: without one nothing moves. */
export const deadLetters = ({ queues }: RunContract): boolean => queues.some(({ deadLetter, push }) => deadLetter !== null || push?.hasDeadLetters === true || push?.deliveryLimit !== undefined);

/** Some queue keeps its dead letters until they are confirmed. */
export const keptDeadLetters = ({ queues }: RunContract): boolean => queues.some(({ push }) => push?.keepsDeadLetters === true);

export const receiveLimits = ({ queues }: RunContract): boolean => queues.some(({ deadLetter, push }) => deadLetter !== null || push?.deliveryLimit !== undefined);

/** Some queue may let go of a message that nobody acknowledged. */
export const droppingQueues = ({ queues, clients, neverHappens = [] }: RunContract): boolean => !neverHappens.includes('end-of-retention') || clients.some(({ expirationMicros }) => expirationMicros !== undefined)
  || queues.some(({ drops, push }) => push !== undefined && (drops === undefined || drops.ttlMicros !== null || drops.maxLength !== null || (drops.maxBytes ?? null) !== null || drops.rejecters.length > 0 || drops.mayBeDeleted));

/** Some classic queue may hold messages that expire. */
export const messagesWithTimesToLive = ({ queues, clients }: RunContract): boolean =>
  queues.some(({ push, drops }) => push?.keepsPosition === true && (clients.some(({ expirationMicros }) => expirationMicros !== undefined) || (drops?.ttlMicros ?? null) !== null));

/** Some queue goes by itself, and the history shows when. */
export const passingQueues = ({ queues }: RunContract): boolean =>
  queues.some(({ drops }) => drops?.goesWith !== undefined || (drops?.expiresMicros !== undefined && drops.isUseSeen === true));

export const consumersOfPriorities = ({ queues }: RunContract): boolean => queues.some(({ push }) => push?.consumerPriorities !== undefined && push.singleActive === null);

export const exclusiveConsumers = ({ queues }: RunContract): boolean => queues.some(({ push }) => push?.exclusiveConsumers !== undefined);

/** Some delivery may be held for longer than its consumer may, or the setting that says how long is there and never reached. */
export const consumerTimeouts = ({ queues, neverHappens = [] }: RunContract): boolean => !neverHappens.includes('consumer-timeout') && queues.some(({ push }) => push?.consumerTimeout !== undefined);

/** Some message may grow too old for its queue. */
export const ageingMessages = ({ queues, clients, neverHappens = [] }: RunContract): boolean => !neverHappens.includes('end-of-retention')
  || clients.some(({ expirationMicros }) => expirationMicros !== undefined) || queues.some(({ drops }) => (drops?.ttlMicros ?? null) !== null);

export const guardedClients = ({ clients }: RunContract): boolean =>
  clients.some(({ retryBudget, breakerOpenMicros }) => retryBudget !== undefined || breakerOpenMicros !== undefined);

export const rowKeepers = ({ clients }: RunContract): boolean => clients.some(({ keepsRows }) => keepsRows === true);

export const mayHappen = (happening: Happening) => ({ neverHappens = [] }: RunContract): boolean => !neverHappens.includes(happening);
