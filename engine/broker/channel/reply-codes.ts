/**
 * How AMQP says no. A soft error closes the channel, a hard one the connection; 312 and its like only stand in a return.
 * (AMQP 0-9-1 reference, constants.)
 */
export const REPLY_CODES = {
  NO_ROUTE: { code: 312, closes: 'nothing' },
  CONTENT_TOO_LARGE: { code: 311, closes: 'channel' },
  NO_CONSUMERS: { code: 313, closes: 'channel' },
  CONNECTION_FORCED: { code: 320, closes: 'connection' },
  INVALID_PATH: { code: 402, closes: 'connection' },
  ACCESS_REFUSED: { code: 403, closes: 'channel' },
  NOT_FOUND: { code: 404, closes: 'channel' },
  RESOURCE_LOCKED: { code: 405, closes: 'channel' },
  PRECONDITION_FAILED: { code: 406, closes: 'channel' },
  FRAME_ERROR: { code: 501, closes: 'connection' },
  SYNTAX_ERROR: { code: 502, closes: 'connection' },
  COMMAND_INVALID: { code: 503, closes: 'connection' },
  CHANNEL_ERROR: { code: 504, closes: 'connection' },
  UNEXPECTED_FRAME: { code: 505, closes: 'connection' },
  RESOURCE_ERROR: { code: 506, closes: 'connection' },
  NOT_ALLOWED: { code: 530, closes: 'connection' },
  NOT_IMPLEMENTED: { code: 540, closes: 'connection' },
  INTERNAL_ERROR: { code: 541, closes: 'connection' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly closes: 'nothing' | 'channel' | 'connection' }>>;

export type ReplyName = keyof typeof REPLY_CODES;

/** Thrown inside an operation of a channel that cannot be carried out; nothing has changed. The channel, or the connection, is closed with it. */
export class ChannelFailure extends Error {
  readonly code = 'QL_BROKER_CHANNEL_FAILURE';
  readonly replyCode: number;
  readonly closes: 'channel' | 'connection';

  constructor(reply: Exclude<ReplyName, 'NO_ROUTE'>, text: string) {
    super(`${reply} - ${text}`);
    this.name = 'ChannelFailure';
    this.replyCode = REPLY_CODES[reply].code;
    this.closes = REPLY_CODES[reply].closes;
  }
}
