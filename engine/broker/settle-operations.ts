import { wrongBatch } from './batch-rules.js';
import type { BrokerNode } from './node.js';
import type {
  ChangeVisibilityBatchReply, ChangeVisibilityBatchRequest, ChangeVisibilityRequest, DeleteBatchReply, DeleteBatchRequest,
  DeleteRequest, WireError,
} from './protocol.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { isWithin } from './settings-check.js';
import { REPLY_BYTES, REPLY_ENTRY_BYTES } from './wire-size.js';

/** What a holder of a receipt handle can do: DeleteMessage, ChangeMessageVisibility, and their batches. */
export class SettleOperations {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  delete(session: Session, request: DeleteRequest, served: ServedQueue, now: number): void {
    const { requestId, handle } = request;
    const refusal = served.queue.settle(handle, now);
    if (refusal === null) this.#node.reply(session, { operation: 'deleteReply', requestId }, REPLY_BYTES);
    else this.#node.refuse(session, requestId, refusal, handle);
  }

  deleteBatch(session: Session, request: DeleteBatchRequest, served: ServedQueue, now: number): void {
    const { requestId, handles } = request;
    if (this.#refuses(session, requestId, handles.length, request.ids)) return;
    const results: (WireError | null)[] = [];
    for (let index = 0; index < handles.length; index++) {
      const handle = handles[index] as number;
      const refusal = served.queue.settle(handle, now);
      results.push(refusal === null ? null : this.#node.error(refusal, handle));
    }
    this.#answer(session, { operation: 'deleteBatchReply', requestId, results });
  }

  changeVisibility(session: Session, request: ChangeVisibilityRequest, served: ServedQueue, now: number): void {
    const { requestId } = request;
    const error = this.#change(request.handle, request.timeoutMicros, served, now);
    if (error === null) this.#node.reply(session, { operation: 'changeVisibilityReply', requestId }, REPLY_BYTES);
    else session.send({ operation: 'error', requestId, error }, REPLY_BYTES);
  }

  changeVisibilityBatch(session: Session, request: ChangeVisibilityBatchRequest, served: ServedQueue, now: number): void {
    const { requestId, entries } = request;
    if (this.#refuses(session, requestId, entries.length, request.ids)) return;
    const results = entries.map(({ handle, timeoutMicros }) => this.#change(handle, timeoutMicros, served, now));
    this.#answer(session, { operation: 'changeVisibilityBatchReply', requestId, results });
  }

  #change(handle: number, timeoutMicros: number, served: ServedQueue, now: number): WireError | null {
    if (!isWithin(timeoutMicros, this.#node.config.queueLimits.visibilityTimeoutMicros)) return this.#node.error('invalidTimeout', timeoutMicros / 1_000_000);
    const refusal = served.queue.changeVisibility(handle, timeoutMicros, now);
    return refusal === null ? null : this.#node.error(refusal, handle);
  }

  #refuses(session: Session, requestId: number, entries: number, ids: readonly string[] | undefined): boolean {
    const wrong = wrongBatch(entries, ids, this.#node.config.queueLimits);
    if (wrong !== null) this.#node.refuse(session, requestId, wrong.kind, wrong.detail);
    return wrong !== null;
  }

  #answer(session: Session, reply: DeleteBatchReply | ChangeVisibilityBatchReply): void {
    this.#node.reply(session, reply, REPLY_BYTES + REPLY_ENTRY_BYTES * reply.results.length);
  }
}
