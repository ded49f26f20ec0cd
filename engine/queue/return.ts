import { ExpireCause } from '../../history/index.js';

/**
 * How a message came back. `ended`: its channel did. `channel-timed-out`, `consumer-timed-out`: a delivery was not acknowledged in time, and its channel was closed, or its
 * consumer cancelled.
 */
export type Return = 'nack' | 'reject' | 'ended' | 'channel-timed-out' | 'consumer-timed-out';

/** What is to be told of those that no consumer gave back; null for the others. */
export const EXPIRES: Readonly<Record<Return, ExpireCause | null>> = {
  'nack': null, 'reject': null, 'ended': ExpireCause.ended, 'channel-timed-out': ExpireCause.channelTimedOut, 'consumer-timed-out': ExpireCause.consumerTimedOut,
};

/** Whether its consumer gave it back. */
export const isGivenBack = (how: Return): boolean => EXPIRES[how] === null;
