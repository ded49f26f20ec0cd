import type { OutcomeReason } from '../../history/index.js';
import type { Reply, Request } from '../broker/index.js';
import { isServiceError } from './failure-class.js';
import type { PendingRequest } from './request-table.js';
import { REQUEST_BYTES } from './wire-size.js';

export interface PollOwner {
  onPollReply(reply: Reply): void;
  onPollLost(reason: OutcomeReason): void;
}

/** The receive of a consumer; one at a time, so one object serves them all. */
export class PollRequest implements PendingRequest {
  readonly sizeBytes = REQUEST_BYTES;
  readonly #owner: PollOwner;
  readonly #maxMessages: number;
  readonly #timeoutMicros: number | null;
  readonly #waitMicros: number | null;
  /** What attempt ids begin with; null: there are none. */
  readonly #attemptPrefix: string | null;
  /** Receives that were answered so far. */
  #answered = 0;

  constructor(owner: PollOwner, maxMessages: number, timeoutMicros: number | null, waitMicros: number | null, attemptPrefix: string | null) {
    this.#owner = owner;
    this.#maxMessages = maxMessages;
    this.#timeoutMicros = timeoutMicros;
    this.#waitMicros = waitMicros;
    this.#attemptPrefix = attemptPrefix;
  }

  request(requestId: number): Request {
    return {
      operation: 'receive', requestId, queue: 0,
      maxMessages: this.#maxMessages, timeoutMicros: this.#timeoutMicros, waitMicros: this.#waitMicros,
      attemptId: this.#attemptPrefix === null ? null : `${this.#attemptPrefix}${this.#answered}`,
    };
  }

  onReply(reply: Reply): void {
    // A service that failed may have leased messages all the same.
    if (reply.operation !== 'error' || !isServiceError(reply.error)) this.#answered += 1;
    this.#owner.onPollReply(reply);
  }

  onLost(reason: OutcomeReason): void {
    this.#owner.onPollLost(reason);
  }
}
