import type { MessageStore } from './message-store.js';
import { State } from './states.js';

interface Attempt {
  readonly id: string;
  /** Monotonic. */
  readonly receivedAt: number;
  readonly messages: readonly Leased[];
}

interface Leased {
  readonly slot: number;
  readonly messageId: number;
  readonly serial: number;
  /** End of the lease; whoever changes it has modified the message. */
  deadline: number;
}

/**
 * What receives with an attempt id got (SQS: ReceiveRequestAttemptId), for a while after each. A client that lost the answer asks again with the
 * same id and gets the same messages under the same handles, as long as nothing has happened to any of them. It is not journalled:
 * after a restart such a receive is a new one.
 */
export class ReceiveAttempts {
  readonly #store: MessageStore;
  readonly #windowMicros: number;
  readonly #attempts = new Map<string, Attempt>();

  constructor(store: MessageStore, windowMicros: number) {
    this.#store = store;
    this.#windowMicros = windowMicros;
  }

  /** The slots that an earlier receive with this id got, all as it left them; null when there was none, or when they are not. */
  find(id: string, now: number): readonly number[] | null {
    this.#forgetOld(now);
    const attempt = this.#attempts.get(id);
    if (attempt === undefined || !attempt.messages.every((message) => this.#isUntouched(message))) return null;
    return attempt.messages.map(({ slot }) => slot);
  }

  /** A receive got these slots; their leases begin now. */
  add(id: string, slots: Iterable<number>, now: number): void {
    const { messageId, serial, turn } = this.#store;
    this.#attempts.delete(id);
    const messages = Array.from(slots, (slot) => ({
      slot, messageId: messageId[slot] as number, serial: serial[slot] as number, deadline: turn.key[slot] as number,
    }));
    this.#attempts.set(id, { id, receivedAt: now, messages });
  }

  #isUntouched({ slot, messageId, serial, deadline }: Leased): boolean {
    const store = this.#store;
    return store.messageId[slot] === messageId && store.serial[slot] === serial && store.state[slot] === State.leased
      && store.turn.key[slot] === deadline;
  }

  #forgetOld(now: number): void {
    for (const attempt of this.#attempts.values()) {
      if (now - attempt.receivedAt < this.#windowMicros) return;
      this.#attempts.delete(attempt.id);
    }
  }
}
