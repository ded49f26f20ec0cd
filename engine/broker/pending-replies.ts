import type { ChannelReply } from './channel/protocol.js';
import type { Reply } from './protocol.js';
import type { Session } from './session.js';

type AnyReply = Reply | ChannelReply;

const FIRST_CAPACITY = 1024;

/**
 * Replies that wait for the disk, in the order of the journal positions they depend on: a ring that grows, without an
 * object or a closure for each.
 */
export class PendingReplies {
  #positions = new Float64Array(FIRST_CAPACITY);
  #sizes = new Float64Array(FIRST_CAPACITY);
  #sessions: (Session | null)[] = new Array<Session | null>(FIRST_CAPACITY).fill(null);
  #messages: (AnyReply | null)[] = new Array<AnyReply | null>(FIRST_CAPACITY).fill(null);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** `position`: the reply may leave when every record below it is durable. Never smaller than that of the reply before. */
  push(position: number, session: Session, message: AnyReply, sizeBytes: number): void {
    if (this.#size === this.#positions.length) this.#grow();
    const at = (this.#head + this.#size) & (this.#positions.length - 1);
    this.#positions[at] = position;
    this.#sizes[at] = sizeBytes;
    this.#sessions[at] = session;
    this.#messages[at] = message;
    this.#size++;
  }

  /** Sends every reply that depends on nothing at or above `position`. */
  release(position: number): void {
    while (this.#size > 0 && (this.#positions[this.#head] as number) <= position) {
      const at = this.#head;
      const session = this.#sessions[at] as Session;
      const message = this.#messages[at] as AnyReply;
      this.#sessions[at] = null;
      this.#messages[at] = null;
      this.#head = (at + 1) & (this.#positions.length - 1);
      this.#size--;
      session.send(message, this.#sizes[at] as number);
    }
  }

  clear(): void {
    this.#sessions.fill(null);
    this.#messages.fill(null);
    this.#size = 0;
  }

  #grow(): void {
    const old = this.#positions.length;
    const capacity = old * 2;
    const positions = new Float64Array(capacity);
    const sizes = new Float64Array(capacity);
    const sessions = new Array<Session | null>(capacity).fill(null);
    const messages = new Array<AnyReply | null>(capacity).fill(null);
    for (let index = 0; index < this.#size; index++) {
      const from = (this.#head + index) & (old - 1);
      positions[index] = this.#positions[from] as number;
      sizes[index] = this.#sizes[from] as number;
      sessions[index] = this.#sessions[from] as Session;
      messages[index] = this.#messages[from] as AnyReply;
    }
    this.#positions = positions;
    this.#sizes = sizes;
    this.#sessions = sessions;
    this.#messages = messages;
    this.#head = 0;
  }
}
