import type { OutcomeReason } from '../../history/index.js';
import type { Reply, Request } from '../broker/index.js';
import type { PendingRequest } from './request-table.js';
import type { Work } from './work.js';
import { ENTRY_BYTES, REQUEST_BYTES } from './wire-size.js';

/** `ack` deletes, `nack` makes visible after a delay, `extend` moves the end of the lease. */
export type SettleKind = 'ack' | 'nack' | 'extend';

/** What a settle operation needs of the client's {@link Settler}. */
export interface SettleOwner {
  onSettleReply(operation: SettleOperation, reply: Reply): void;
  onSettleLost(operation: SettleOperation, reason: OutcomeReason): void;
  retrySettle(operation: SettleOperation): void;
}

/** One request about one or several deliveries of the consumer's queue, over all its attempts. */
export class SettleOperation implements PendingRequest {
  readonly kind: SettleKind;
  readonly works: readonly Work[];
  /** For `nack` and `extend`. */
  readonly timeoutMicros: number;
  readonly sizeBytes: number;
  attempt = 1;
  /** What the attempt under way cost the retry budget, for each message. */
  retryCost = 0;
  /** An earlier attempt was sent and never answered, so it may have taken effect whatever a later attempt says. */
  mayHaveHappened = false;
  readonly #owner: SettleOwner;

  constructor(owner: SettleOwner, kind: SettleKind, works: readonly Work[], timeoutMicros: number) {
    this.#owner = owner;
    this.kind = kind;
    this.works = works;
    this.timeoutMicros = timeoutMicros;
    this.sizeBytes = REQUEST_BYTES + ENTRY_BYTES * works.length;
  }

  /** What is left of this operation when its other entries have had their answer. */
  withOnly(works: readonly Work[]): SettleOperation {
    if (works.length === this.works.length) return this;
    const rest = new SettleOperation(this.#owner, this.kind, works, this.timeoutMicros);
    rest.attempt = this.attempt;
    rest.mayHaveHappened = this.mayHaveHappened;
    return rest;
  }

  /** A consumer has one queue, number 0 on its connection. */
  request(requestId: number): Request {
    const { handle } = this.works[0]!;
    if (this.kind !== 'ack') return { operation: 'changeVisibility', requestId, queue: 0, handle, timeoutMicros: this.timeoutMicros };
    if (this.works.length === 1) return { operation: 'delete', requestId, queue: 0, handle };
    return { operation: 'deleteBatch', requestId, queue: 0, handles: this.works.map((work) => work.handle) };
  }

  onReply(reply: Reply): void {
    this.#owner.onSettleReply(this, reply);
  }

  onLost(reason: OutcomeReason, wasSent: boolean): void {
    if (wasSent) this.mayHaveHappened = true;
    this.#owner.onSettleLost(this, reason);
  }

  run(): void {
    this.#owner.retrySettle(this);
  }
}
