import type { OutcomeReason } from '../../history/index.js';
import type { Reply, Request } from '../broker/index.js';

/** One attempt of one operation: what to send, and what to do with the answer. */
export interface PendingRequest {
  /** The message to send under this id. Called once, when the connection is open. */
  request(requestId: number): Request;
  readonly sizeBytes: number;
  onReply(reply: Reply): void;
  /** No answer will come. `wasSent` is false when nothing has left this machine, so that nothing can have happened. */
  onLost(reason: OutcomeReason, wasSent: boolean): void;
}

const INITIAL_CAPACITY = 64;

/**
 * The requests of one session that wait for their answers, by sequence number. All time out after the same wait, so they
 * stand in the order of their deadlines and one look at the oldest is enough: a ring that grows, no map, no timer each.
 */
export class RequestTable {
  #requests: (PendingRequest | null)[] = new Array<PendingRequest | null>(INITIAL_CAPACITY).fill(null);
  #deadlines = new Float64Array(INITIAL_CAPACITY);
  #sent = new Uint8Array(INITIAL_CAPACITY);
  #oldest = 0;
  #next = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Sequence number of the oldest request without an answer, when there is one. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Deadline of the oldest request without an answer; Infinity when there is none. */
  get nextDeadlineMicros(): number {
    return this.#size === 0 ? Infinity : this.#deadlines[this.#oldest & (this.#requests.length - 1)]!;
  }

  /** Its sequence number, counting up from 0. Deadlines must not go down from call to call. */
  add(request: PendingRequest, deadlineMicros: number, isSent: boolean): number {
    if (this.#next - this.#oldest === this.#requests.length) this.#grow();
    const sequence = this.#next;
    const slot = sequence & (this.#requests.length - 1);
    this.#requests[slot] = request;
    this.#deadlines[slot] = deadlineMicros;
    this.#sent[slot] = isSent ? 1 : 0;
    this.#next = sequence + 1;
    this.#size += 1;
    return sequence;
  }

  /** Removes the request with this number; null when it is not waiting (any more). */
  take(sequence: number): PendingRequest | null {
    if (sequence < this.#oldest || sequence >= this.#next) return null;
    const slot = sequence & (this.#requests.length - 1);
    const request = this.#requests[slot] ?? null;
    if (request === null) return null;
    this.#requests[slot] = null;
    this.#size -= 1;
    this.#skipTaken();
    return request;
  }

  /** The oldest request that has not been sent yet gets sent now: `send(sequence, request)` for each, in order. */
  sendWaiting(send: (sequence: number, request: PendingRequest) => void): void {
    for (let sequence = this.#oldest; sequence < this.#next; sequence += 1) {
      const slot = sequence & (this.#requests.length - 1);
      const request = this.#requests[slot];
      if (request === null || request === undefined || this.#sent[slot] === 1) continue;
      this.#sent[slot] = 1;
      send(sequence, request);
    }
  }

  /** Removes the oldest request if its deadline has passed, and tells it. */
  expireOldest(nowMicros: number, reason: OutcomeReason): boolean {
    if (this.nextDeadlineMicros > nowMicros) return false;
    this.#loseOldest(reason);
    return true;
  }

  /** Removes those that wait now, oldest first, and tells them. What they add meanwhile stays. */
  loseAll(reason: OutcomeReason, onlySent: boolean): void {
    const lost: PendingRequest[] = [];
    const wasSent: boolean[] = [];
    for (let sequence = this.#oldest; sequence < this.#next; sequence += 1) {
      const slot = sequence & (this.#requests.length - 1);
      const isSent = this.#sent[slot] === 1;
      if (onlySent && !isSent) continue;
      const request = this.#requests[slot];
      if (request === null || request === undefined) continue;
      this.#requests[slot] = null;
      this.#size -= 1;
      lost.push(request);
      wasSent.push(isSent);
    }
    this.#skipTaken();
    for (let index = 0; index < lost.length; index += 1) lost[index]!.onLost(reason, wasSent[index]!);
  }

  #loseOldest(reason: OutcomeReason): void {
    const slot = this.#oldest & (this.#requests.length - 1);
    const request = this.#requests[slot]!;
    const wasSent = this.#sent[slot] === 1;
    this.#requests[slot] = null;
    this.#size -= 1;
    this.#skipTaken();
    request.onLost(reason, wasSent);
  }

  #skipTaken(): void {
    const mask = this.#requests.length - 1;
    while (this.#oldest < this.#next && this.#requests[this.#oldest & mask] === null) this.#oldest += 1;
  }

  #grow(): void {
    const old = this.#requests;
    const oldDeadlines = this.#deadlines;
    const oldSent = this.#sent;
    const capacity = old.length * 2;
    this.#requests = new Array<PendingRequest | null>(capacity).fill(null);
    this.#deadlines = new Float64Array(capacity);
    this.#sent = new Uint8Array(capacity);
    for (let sequence = this.#oldest; sequence < this.#next; sequence += 1) {
      const from = sequence & (old.length - 1);
      const to = sequence & (capacity - 1);
      this.#requests[to] = old[from] ?? null;
      this.#deadlines[to] = oldDeadlines[from]!;
      this.#sent[to] = oldSent[from]!;
    }
  }
}
