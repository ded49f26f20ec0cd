import { wrongBatch } from './batch-rules.js';
import type { ErrorKind } from './errors.js';
import { messageBytes, wrongMessage, wrongProperties } from './message-rules.js';
import type { BrokerNode } from './node.js';
import type { Reply, SendBatchRequest, SendEntry, SendRequest, WireError } from './protocol.js';
import { type Refusal, refusal } from './refusal.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { REPLY_BYTES, REPLY_ENTRY_BYTES } from './wire-size.js';

/** SQS words some mistakes differently when they are in a batch. */
const IN_BATCH: Readonly<Partial<Record<ErrorKind, ErrorKind>>> = { messageTooLong: 'entryTooLong', missingGroup: 'missingEntryGroup' };

/** SendMessage and SendMessageBatch. */
export class SendOperations {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  send(session: Session, request: SendRequest, served: ServedQueue, now: number): void {
    const refused = this.#wrongLabels(request, served) ?? this.#wrongEntry(request, served);
    if (refused !== null) {
      if (this.#node.mutations.storeBeforeValidation) this.#store(request, served, now);
      this.#node.refuse(session, request.requestId, refused.kind, refused.detail);
      return;
    }
    const messageId = this.#store(request, served, now);
    this.#answer(session, { operation: 'sendReply', requestId: request.requestId, messageId }, REPLY_BYTES);
  }

  sendBatch(session: Session, request: SendBatchRequest, served: ServedQueue, now: number): void {
    const { entries, requestId } = request;
    const refused = wrongBatch(entries.length, request.ids, this.#node.config.queueLimits) ?? this.#wrongSum(entries) ?? this.#firstWrongLabels(entries, served);
    if (refused !== null) return this.#node.refuse(session, requestId, IN_BATCH[refused.kind] ?? refused.kind, refused.detail);
    const results: (number | WireError)[] = [];
    for (let index = 0; index < entries.length; index++) results.push(this.#sendEntry(entries[index] as SendEntry, served, now));
    this.#answer(session, { operation: 'sendBatchReply', requestId, results }, REPLY_BYTES + REPLY_ENTRY_BYTES * entries.length);
  }

  #sendEntry(entry: SendEntry, served: ServedQueue, now: number): number | WireError {
    const refused = this.#wrongEntry(entry, served);
    if (refused === null) return this.#store(entry, served, now);
    if (this.#node.mutations.storeBeforeValidation) this.#store(entry, served, now);
    return this.#node.error(IN_BATCH[refused.kind] ?? refused.kind, refused.detail);
  }

  #store(entry: SendEntry, served: ServedQueue, now: number): number {
    return served.queue.send(entry.body, entry.trace, entry.properties ?? null, entry.delayMicros, now);
  }

  #wrongSum(entries: readonly SendEntry[]): Refusal | null {
    let bytes = 0;
    for (let index = 0; index < entries.length; index++) bytes += messageBytes(entries[index] as SendEntry);
    return bytes > this.#node.config.queueLimits.maxBatchBytes ? refusal('batchTooLong', bytes) : null;
  }

  /** A group or deduplication id that is missing or wrong turns down a batch as a whole (as recorded against SQS). */
  #firstWrongLabels(entries: readonly SendEntry[], served: ServedQueue): Refusal | null {
    for (let index = 0; index < entries.length; index++) {
      const refused = this.#wrongLabels(entries[index] as SendEntry, served);
      if (refused !== null) return refused;
    }
    return null;
  }

  #wrongLabels(entry: SendEntry, served: ServedQueue): Refusal | null {
    const { state } = served.queue;
    const properties = entry.properties ?? null;
    if (properties === null && state.policy.order === 'arrival') return null;
    return wrongProperties(properties, state, this.#node.config.queueLimits);
  }

  #wrongEntry(entry: SendEntry, served: ServedQueue): Refusal | null {
    const wrong = wrongMessage(entry, served.queue.state, this.#node.config.queueLimits);
    if (wrong !== null) return wrong;
    return this.#node.store.size >= this.#node.config.limits.maxMessages ? refusal('storageFull') : null;
  }

  #answer(session: Session, reply: Reply, sizeBytes: number): void {
    if (this.#node.mutations.replyBeforeDurable) session.send(reply, sizeBytes);
    else this.#node.reply(session, reply, sizeBytes);
  }
}
