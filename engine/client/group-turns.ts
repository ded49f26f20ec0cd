import type { OutgoingMessage } from './options.js';

/**
 * Lets the messages of a group leave one after the other: while the outcome of one is open, the next ones wait. A message that is sent again after
 * a timeout can then not be overtaken by a later one of its group. Messages without a group never wait.
 */
export class GroupTurns {
  /** Groups with a message under way, and what waits behind it. */
  readonly #waiting = new Map<string, OutgoingMessage[]>();
  #size = 0;

  /** Messages that wait for their turn. */
  get size(): number {
    return this.#size;
  }

  /** Whether the message may go now; else it waits, and {@link done} will return it. */
  admit(message: OutgoingMessage): boolean {
    const group = message.properties?.group ?? null;
    if (group === null) return true;
    const waiting = this.#waiting.get(group);
    if (waiting === undefined) {
      this.#waiting.set(group, []);
      return true;
    }
    waiting.push(message);
    this.#size += 1;
    return false;
  }

  /** The outcome of a message is known: the next of its group may go. Null: none waits. */
  done(message: OutgoingMessage): OutgoingMessage | null {
    const group = message.properties?.group ?? null;
    if (group === null) return null;
    const next = this.#waiting.get(group)?.shift();
    if (next === undefined) {
      this.#waiting.delete(group);
      return null;
    }
    this.#size -= 1;
    return next;
  }
}
