export { MIN_BODY_BYTES } from './body.js';
export { type ConsumerContext, ConsumerWorkload } from './consumer.js';
export { Handlings, type LoggedSend, type WorkloadLog } from './handlings.js';
export type { HandlingFate, ListedSend } from './listed-send.js';
export { type ActionTime, type Alert, type OperatorContext, type OperatorLog, type OperatorSettings, OperatorWorkload, type PerformedAction, type PlannedAction } from './operator.js';
export { type ProducerContext, ProducerWorkload } from './producer.js';
export type { BufferSettings, ConsumerSettings, GroupSettings, HandlerSettings, ProducerSettings, PublishSettings, SubscriptionSettings } from './settings.js';
export { Sink } from './sink.js';
export { TraceCounter } from './trace-counter.js';
