import type { QueueSettings } from '../queue/index.js';
import type { ErrorKind } from './errors.js';
import type { BrokerNode } from './node.js';
import type { Reply, SendBatchRequest, SendEntry, SendRequest, WireError } from './protocol.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { REPLY_BYTES, REPLY_ENTRY_BYTES } from './wire-size.js';

/** SendMessage and SendMessageBatch. */
export class SendOperations {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  send(session: Session, request: SendRequest, served: ServedQueue, now: number): void {
    const refusal = this.#refusal(request, served.queue.state.settings);
    if (refusal !== null) {
      if (this.#node.mutations.storeBeforeValidation) this.#store(request, served, now);
      this.#node.refuse(session, request.requestId, refusal);
      return;
    }
    const messageId = this.#store(request, served, now);
    this.#answer(session, { operation: 'sendReply', requestId: request.requestId, messageId }, REPLY_BYTES);
  }

  sendBatch(session: Session, request: SendBatchRequest, served: ServedQueue, now: number): void {
    const { entries, requestId } = request;
    const { maxBatchEntries, maxBatchBytes } = this.#node.config.queueLimits;
    if (entries.length === 0) return this.#node.refuse(session, requestId, 'emptyBatch');
    if (entries.length > maxBatchEntries) return this.#node.refuse(session, requestId, 'tooManyEntries', entries.length);
    let bytes = 0;
    for (let index = 0; index < entries.length; index++) bytes += (entries[index] as SendEntry).body.length;
    if (bytes > maxBatchBytes) return this.#node.refuse(session, requestId, 'batchTooLong', bytes);
    const results: (number | WireError)[] = [];
    for (let index = 0; index < entries.length; index++) results.push(this.#sendEntry(entries[index] as SendEntry, served, now));
    this.#answer(session, { operation: 'sendBatchReply', requestId, results }, REPLY_BYTES + REPLY_ENTRY_BYTES * entries.length);
  }

  #sendEntry(entry: SendEntry, served: ServedQueue, now: number): number | WireError {
    const refusal = this.#refusal(entry, served.queue.state.settings);
    if (refusal === null) return this.#store(entry, served, now);
    if (this.#node.mutations.storeBeforeValidation) this.#store(entry, served, now);
    return this.#node.error(refusal);
  }

  #store(entry: SendEntry, served: ServedQueue, now: number): number {
    return served.queue.send(entry.body, entry.trace, entry.delayMicros, now);
  }

  #refusal(entry: SendEntry, settings: QueueSettings): ErrorKind | null {
    const size = entry.body.length;
    if (size === 0) return 'emptyMessage';
    if (size > settings.maxMessageBytes) return 'messageTooLong';
    const { delayMicros } = entry;
    if (delayMicros !== null) {
      const { min, max } = this.#node.config.queueLimits.delayMicros;
      if (!(delayMicros >= min && delayMicros <= max)) return 'invalidDelay';
    }
    return this.#node.store.size >= this.#node.config.limits.maxMessages ? 'storageFull' : null;
  }

  #answer(session: Session, reply: Reply, sizeBytes: number): void {
    if (this.#node.mutations.replyBeforeDurable) session.send(reply, sizeBytes);
    else this.#node.reply(session, reply, sizeBytes);
  }
}
