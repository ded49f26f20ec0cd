import type { Clause } from '../contract.js';

/** Why effects may be repeated or missing, by what the handlers do. */

export const PLAIN_HANDLER: Clause = {
  when: 'plain handlers, or handlers of several kinds on one queue',
  because: 'A plain handler has its effect before it acknowledges: when the acknowledgement is late or lost, the redelivery repeats the effect.',
};

export const NOT_IDEMPOTENT: Clause = {
  when: 'handlers that are not all idempotent',
  because: 'Only idempotent handlers promise it: a plain one repeats its effect at a redelivery, and one that acknowledges first has no second delivery when it crashes before its effect.',
};

export const SEVERAL_COPIES: Clause = {
  when: 'ack-first handlers, and a send whose retries stored several copies',
  because: 'The producer tried again after an unanswered attempt and the broker stored several copies; acknowledging first limits the effects of each copy.',
};
