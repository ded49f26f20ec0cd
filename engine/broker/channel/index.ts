export { ChannelNode } from './channel-node.js';
export type { ChannelConfig, ExchangeDeclaration } from './config.js';
export * from './protocol.js';
export { REPLY_CODES, type ReplyName } from './reply-codes.js';
