import type { Holder } from './holder.js';
import type { ChannelFailure } from './reply-codes.js';

/** The connection of a channel, as the channel knows it. */
export interface ChannelOwner extends Holder {
  /** A delivery was not acknowledged in time. */
  closeOverdue(channel: number, failure: ChannelFailure): void;
}
