import { OutcomeReason } from '../../history/index.js';
import type { WireError } from '../broker/index.js';

/**
 * Why an attempt failed, as far as it matters for trying again. `timeout`: no answer in time. `connection`: it was lost before the answer. `throttling`: the
 * broker answered that it has too much to do. `service`: the service answered that it failed (HTTP 5xx), and whether the request was carried out nobody knows. `nack`: a queue
 * refused the message for now. What is wrong with the request itself (4xx) is in no class: that
 * is never tried again.
 */
export const FAILURE_CLASSES = ['timeout', 'connection', 'service', 'throttling', 'nack'] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** Of an attempt without an answer. */
export const classOfLoss = (reason: OutcomeReason): FailureClass => (reason === OutcomeReason.timeout ? 'timeout' : 'connection');

const FIRST_SERVICE_ERROR = 500;

/** Whether an answer leaves open what became of the request. */
export const isServiceError = ({ status }: WireError): boolean => status >= FIRST_SERVICE_ERROR;

/** Of an answer that says that the same request may succeed later, and what to say of it when it is not tried again. */
export function failureOf(error: WireError): { readonly failure: FailureClass; readonly reason: OutcomeReason } {
  if (isServiceError(error)) return { failure: 'service', reason: OutcomeReason.serviceError };
  return { failure: 'throttling', reason: OutcomeReason.overloaded };
}
