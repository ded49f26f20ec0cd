export { ChannelNode } from './channel-node.js';
export type { ChannelConfig, ExchangeDeclaration } from './config.js';
export * from './protocol.js';
export { givenSettings, withPolicy } from './effective-settings.js';
export { policyFor } from './policies.js';
export { APPLY_TO, type ApplyTo, OPERATOR_POLICY_KEYS, type KnownPolicyKeys, type Policy, POLICY_KEYS, type PolicyDefinition } from './policy.js';
export { argumentsOf } from './queue-arguments.js';
export { REPLY_CODES, type ReplyName } from './reply-codes.js';
export { isShortString, MAX_SHORT_STRING_BYTES, utf8Bytes } from './short-strings.js';
