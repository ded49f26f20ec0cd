import { EVERY_SERVER } from '../queue/index.js';
import type { BrokerNode } from './node.js';
import type { ReceiveRequest } from './protocol.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { isWithin } from './settings-check.js';

const MICROS_PER_SECOND = 1_000_000;

/**
 * ReceiveMessage. A short poll answers at once with what is there; a long poll waits for the first message that can be
 * delivered. At the limit of messages in flight a short poll is refused and a long poll just waits (SQS: OverLimit).
 */
export class ReceiveOperation {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  receive(session: Session, request: ReceiveRequest, served: ServedQueue, now: number): void {
    const { requestId, maxMessages } = request;
    const { queueLimits, limits } = this.#node.config;
    const { settings, policy } = served.queue.state;
    if (!(Number.isInteger(maxMessages) && maxMessages >= 1 && maxMessages <= queueLimits.maxMessagesPerReceive)) {
      return this.#node.refuse(session, requestId, 'invalidMaxMessages', maxMessages);
    }
    const timeoutMicros = request.timeoutMicros ?? settings.visibilityTimeoutMicros;
    if (!isWithin(timeoutMicros, queueLimits.visibilityTimeoutMicros)) {
      return this.#node.refuse(session, requestId, 'invalidTimeout', timeoutMicros / MICROS_PER_SECOND);
    }
    const waitMicros = request.waitMicros ?? settings.receiveWaitMicros;
    if (!isWithin(waitMicros, queueLimits.receiveWaitMicros)) {
      return this.#node.refuse(session, requestId, 'invalidWait', waitMicros / MICROS_PER_SECOND);
    }
    const attemptId = request.attemptId ?? null;
    if (attemptId !== null && (policy.attemptWindowMicros === null || !queueLimits.messageLabel.test(attemptId))) {
      return this.#node.refuse(session, requestId, 'invalidAttemptId', attemptId);
    }
    const { batch } = this.#node;
    const reach = waitMicros > 0 ? served.queue.drawReach() : EVERY_SERVER;
    if (attemptId === null) served.queue.receive(maxMessages, timeoutMicros, session.client, now, batch, waitMicros > 0, reach);
    else served.queue.receiveAttempt(attemptId, maxMessages, timeoutMicros, session.client, now, batch);
    if (batch.length > 0 || waitMicros === 0) {
      const isAtLimit = batch.length === 0 && policy.atMaxInFlight === 'refused' && served.queue.state.leasedCount >= settings.maxInFlight;
      if (isAtLimit) this.#node.refuse(session, requestId, 'tooManyInFlight');
      else {
        if (batch.length === 0) this.#node.onEmptyReceive(session, served.queue);
        this.#node.deliver(session, requestId, timeoutMicros, batch);
      }
    } else if (served.waitingPolls >= limits.maxWaitingPolls) this.#node.refuse(session, requestId, 'overloaded');
    else {
      const { pollCutShort, waitsAdded } = this.#node.mutations;
      const deadline = now + (pollCutShort ? Math.ceil(waitMicros / 2) : waitsAdded && request.waitMicros !== null ? waitMicros + settings.receiveWaitMicros : waitMicros);
      served.wait({ session, requestId, maxMessages, timeoutMicros, waitMicros, attemptId, reach, deadline }, now);
    }
  }
}
