export { Broker, type QueueDepth, QueueSettingsError } from './broker.js';
export type { BrokerConfig, BrokerLimits, BrokerOptions, QueueDeclaration, QueueLimits, Range } from './config.js';
export type { AttributeDefinition, AttributeTable } from './attribute-table.js';
export type { ErrorDefinition, ErrorKind, ErrorTable } from './errors.js';
export type * from './admin-protocol.js';
export * from './channel/index.js';
export { messageBytes } from './message-rules.js';
export type * from './protocol.js';
export { REPLY_BYTES } from './wire-size.js';
