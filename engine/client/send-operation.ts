import type { OutcomeReason } from '../../history/index.js';
import type { Reply, Request } from '../broker/index.js';
import type { OutgoingMessage } from './options.js';
import type { PendingRequest } from './request-table.js';
import { ENTRY_BYTES, REQUEST_BYTES } from './wire-size.js';

/** What a send operation needs of its producer. */
export interface SendOwner {
  onSent(operation: SendOperation, reply: Reply): void;
  onSendLost(operation: SendOperation, reason: OutcomeReason): void;
  /** Its backoff is over. */
  retry(operation: SendOperation): void;
}

/** One or several messages on their way to one queue, over all their attempts. */
export class SendOperation implements PendingRequest {
  readonly messages: readonly OutgoingMessage[];
  readonly queue: number;
  readonly sizeBytes: number;
  /** The attempt under way: 1 for the first. */
  attempt = 1;
  /** An earlier attempt was sent and never answered, so the messages may be stored whatever a later attempt says. */
  mayBeStored = false;
  /** Mutant `retry-with-new-id`: added to the messages' ids. */
  traceShift = 0;
  /** What the attempt under way cost the retry budget, for each message. */
  retryCost = 0;
  /** What the circuit breaker calls the attempt under way. */
  admission = 0;
  readonly owner: SendOwner;

  constructor(owner: SendOwner, queue: number, messages: readonly OutgoingMessage[]) {
    this.owner = owner;
    this.queue = queue;
    this.messages = messages;
    let sizeBytes = REQUEST_BYTES;
    for (let index = 0; index < messages.length; index += 1) sizeBytes += ENTRY_BYTES + messages[index]!.body.length;
    this.sizeBytes = sizeBytes;
  }

  request(requestId: number): Request {
    const { traceShift } = this;
    if (this.messages.length === 1) {
      const { body, trace, delayMicros, properties = null } = this.messages[0]!;
      return { operation: 'send', requestId, queue: this.queue, body, trace: trace + traceShift, delayMicros, properties };
    }
    const entries = traceShift === 0 ? this.messages : this.messages.map((message) => ({ ...message, trace: message.trace + traceShift }));
    return { operation: 'sendBatch', requestId, queue: this.queue, entries };
  }

  onReply(reply: Reply): void {
    this.owner.onSent(this, reply);
  }

  onLost(reason: OutcomeReason, wasSent: boolean): void {
    if (wasSent) this.mayBeStored = true;
    this.owner.onSendLost(this, reason);
  }

  run(): void {
    this.owner.retry(this);
  }
}
