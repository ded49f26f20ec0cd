export { Alarm } from './alarm.js';
export { LeaseBatch } from './lease-batch.js';
export { NONE as NO_MESSAGE } from './links.js';
export { attributeBytes, type MessageAttribute, type MessageAttributes, type MessageProperties } from './message-properties.js';
export type { MessageStore } from './message-store.js';
export type { MoveTask, MoveTaskFailure, MoveTasks, MoveTaskStatus } from './move-tasks.js';
export { openQueues, type OpenQueuesOptions } from './open-queues.js';
export type { HandleRefusal } from './handle-check.js';
export { type Death, type DeathMark, type DeathReason, type Envelope, type EnvelopeHeaders, type EnvelopeValue, routingKeysOf } from './envelope.js';
export type { PushListener, PushQueue } from './push-queue.js';
export type { PushPolicy, PushSettings } from './push-settings.js';
export type { Queue } from './queue.js';
export type { QueueListener } from './queue-listener.js';
export type { QueueState } from './queue-state.js';
export type { Queues, QueuesOptions } from './queues.js';
export { EVERY_SERVER } from './replicas.js';
export { handleOf, messageIdOf, serialOf } from './receipt-handle.js';
export { timeToLiveOf } from './times-to-live.js';
export { JournalKindError } from './replay.js';
export { isGivenBack, type Return } from './return.js';
export {
  type DeadLetterSettings, firstDifference, type QueueKind, type QueuePolicies, type QueuePolicy, type QueueSettings, type RedriveAllowSettings, type ReplicaSettings,
  policyOf, QueueKindError, sameSettings, SETTING_NAMES,
} from './settings.js';
export { SnapshotVersionError } from './snapshot.js';
export { type MessageEvent, type MessageState, TRANSITIONS } from './states.js';
