import type { QueueSettings } from './settings.js';

/** A send that was accepted under a deduplication id. */
export interface AcceptedSend {
  /** Deduplication id and, where that is the scope, group. */
  readonly key: string;
  readonly messageId: number;
  /** Monotonic. */
  acceptedAt: number;
  readonly acceptedWall: number;
}

/**
 * What was sent under which deduplication id (SQS: FIFO queues). A second send with the same id within the window after the **first** one
 * is answered with the id of the first message and stores nothing; repeating does not make the window longer, and neither receiving nor
 * deleting the message makes it shorter. A purge forgets. Time is monotonic; what a recovery finds counts from the wall time of its send.
 */
export class DeduplicationWindow {
  readonly #windowMicros: number;
  readonly #scope: QueueSettings['deduplicationScope'];
  readonly #sends = new Map<string, AcceptedSend>();
  /** The same in the order of their acceptance; those before `first` are forgotten. */
  #order: AcceptedSend[] = [];
  #first = 0;

  constructor(windowMicros: number, scope: QueueSettings['deduplicationScope']) {
    this.#windowMicros = windowMicros;
    this.#scope = scope;
  }

  get scope(): QueueSettings['deduplicationScope'] {
    return this.#scope;
  }

  /** Group ids hold no line breaks, so the two cannot run into each other. */
  keyOf(group: string | null, deduplicationId: string): string {
    return this.#scope === 'queue' ? deduplicationId : `${group ?? ''}\n${deduplicationId}`;
  }

  /** The first send under this key within the window; null for none. */
  find(key: string, now: number): AcceptedSend | null {
    this.#forgetOld(now);
    const send = this.#sends.get(key);
    return send === undefined || now - send.acceptedAt >= this.#windowMicros ? null : send;
  }

  add(key: string, messageId: number, acceptedAt: number, acceptedWall: number): void {
    const send = { key, messageId, acceptedAt, acceptedWall };
    this.#sends.set(key, send);
    this.#order.push(send);
  }

  /** Before its time; no queue does that. */
  forget(key: string): void {
    this.#sends.delete(key);
  }

  clear(): void {
    this.#sends.clear();
    this.#order = [];
    this.#first = 0;
  }

  /** After a recovery: how old what it found is, only the wall clock can tell. */
  startAt(now: number, wallNow: number): void {
    for (const send of this.#sends.values()) {
      const age = Math.min(Math.max(wallNow - send.acceptedWall, 0), this.#windowMicros);
      send.acceptedAt = now - age;
    }
  }

  /** What is remembered, oldest first. */
  entries(): readonly AcceptedSend[] {
    return this.#order.slice(this.#first).filter((send) => this.#sends.get(send.key) === send);
  }

  #forgetOld(now: number): void {
    for (let send = this.#order[this.#first]; send !== undefined && now - send.acceptedAt >= this.#windowMicros; send = this.#order[this.#first]) {
      if (this.#sends.get(send.key) === send) this.#sends.delete(send.key);
      this.#first++;
    }
    if (this.#first < 1024 || this.#first * 2 < this.#order.length) return;
    this.#order = this.#order.slice(this.#first);
    this.#first = 0;
  }
}
