import type { HandleResult, NameId } from './events.js';

/** One lease of the message: who had it, and what came of it as far as the story has gone. */
export interface StoryLease {
  /** 1 for the message's first lease, 2 for the second… over all its copies. */
  readonly ordinal: number;
  readonly consumer: NameId;
  readonly copy: number;
  readonly grantedMicros: number;
  /** Why its copy was ready again; null for the copy's first lease, and for one beside another that runs. */
  readonly since: StoryReturn | null;
  /** When it ended, whatever ended it; null while it runs. */
  endedMicros: number | null;
  /** When it ends by true time, if nothing happens before. */
  untilMicros: number;
  deliveredMicros: number | null;
  handleStartMicros: number | null;
  handled: { readonly atMicros: number; readonly result: HandleResult } | null;
  ackedMicros: number | null;
  nackedMicros: number | null;
}

/**
 * How a copy became ready again: its lease ran out, the channel that had it ended, the broker closed that or cancelled the consumer because a delivery was not acknowledged in time, it was given back, a recovery of the broker read it
 * from the journal, or a storage server had missed its deletion.
 */
export interface StoryReturn {
  readonly how: 'expired' | 'channel' | 'channel-timed-out' | 'consumer-timed-out' | 'released' | 'recovered' | 'reappeared';
  readonly atMicros: number;
  /** The lease that had ended, where one had. */
  readonly lease: StoryLease | null;
}
