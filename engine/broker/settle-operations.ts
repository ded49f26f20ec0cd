import type { BrokerNode } from './node.js';
import type {
  ChangeVisibilityBatchReply, ChangeVisibilityBatchRequest, ChangeVisibilityRequest, DeleteBatchReply, DeleteBatchRequest,
  DeleteRequest, WireError,
} from './protocol.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
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
    if (this.#refusesSize(session, requestId, handles.length)) return;
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
    if (this.#refusesSize(session, requestId, entries.length)) return;
    const results = entries.map(({ handle, timeoutMicros }) => this.#change(handle, timeoutMicros, served, now));
    this.#answer(session, { operation: 'changeVisibilityBatchReply', requestId, results });
  }

  #change(handle: number, timeoutMicros: number, served: ServedQueue, now: number): WireError | null {
    const { min, max } = this.#node.config.queueLimits.visibilityTimeoutMicros;
    if (!(timeoutMicros >= min && timeoutMicros <= max)) return this.#node.error('invalidTimeout', timeoutMicros);
    const refusal = served.queue.changeVisibility(handle, timeoutMicros, now);
    return refusal === null ? null : this.#node.error(refusal, handle);
  }

  #refusesSize(session: Session, requestId: number, entries: number): boolean {
    if (entries === 0) this.#node.refuse(session, requestId, 'emptyBatch');
    else if (entries > this.#node.config.queueLimits.maxBatchEntries) this.#node.refuse(session, requestId, 'tooManyEntries', entries);
    else return false;
    return true;
  }

  #answer(session: Session, reply: DeleteBatchReply | ChangeVisibilityBatchReply): void {
    this.#node.reply(session, reply, REPLY_BYTES + REPLY_ENTRY_BYTES * reply.results.length);
  }
}
