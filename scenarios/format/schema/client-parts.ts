import * as z from 'zod';
import { COUNT, DURATION } from '../quantities/index.js';
import { quantity } from './quantity.js';
import { choice } from './word.js';

/** Machines that one entry of `producers:` or `consumers:` may stand for. */
export const MAX_COUNT = 1_000;
/** Entries of `queues:`, `producers:` and `consumers:`, each. */
export const MAX_ENTRIES = 1_000;

export const count = quantity(COUNT, {
  min: 1,
  max: MAX_COUNT,
  description: 'How many of them there are, each on a machine of its own, called NAME-1, NAME-2 and so on. A single one is called NAME.',
}).prefault('1');

/** What a client does when an answer does not come. */
export const retry = z.strictObject({
  timeout: quantity(DURATION, { above: 0, description: 'How long one attempt waits for its answer.' }).prefault('3s'),
  attempts: quantity(COUNT, { min: 1, max: 1_000_000, description: 'Attempts in all; 1 never retries.' }).prefault('3'),
  backoffBase: quantity(DURATION, { min: 0, description: 'Wait before the second attempt; it doubles with each further one.' }).prefault('100ms'),
  backoffCap: quantity(DURATION, { min: 0, description: 'The longest wait between attempts.' }).prefault('20s'),
  jitter: choice(['full', 'none'], 'full: wait a random time up to the backoff. none: wait exactly the backoff.').prefault('full'),
}).meta({ description: 'What the client does when an answer does not come in time.' }).prefault({});
