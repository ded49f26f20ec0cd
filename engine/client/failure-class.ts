import { OutcomeReason } from '../../history/index.js';

/**
 * Why an attempt failed, as far as it matters for trying again. `timeout`: no answer in time. `connection`: it was lost before the answer. `throttling`: the
 * broker answered that it has too much to do. `nack`: a queue refused the message for now. What is wrong with the request itself (4xx) is in no class: that
 * is never tried again.
 */
export const FAILURE_CLASSES = ['timeout', 'connection', 'throttling', 'nack'] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** Of an attempt without an answer. */
export const classOfLoss = (reason: OutcomeReason): FailureClass => (reason === OutcomeReason.timeout ? 'timeout' : 'connection');
