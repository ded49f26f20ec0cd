import type { NameId } from '../../history/index.js';
import { CopyFlag } from './copy-facts.js';
import type { Facts } from './facts.js';
import { NO_SLOT } from './slot-table.js';

/** What a queue that pushes gives its messages to live: the lower of its own time and the message's (RabbitMQ: x-message-ttl, expiration). Dead letters have none of their own. */
export class TimesToLive {
  readonly #facts: Facts;
  /** Some message may expire. */
  readonly isAny: boolean;
  /** What each producer gives its messages. */
  readonly #own: (number | undefined)[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
    const { queues, clients } = facts.contract;
    this.isAny = clients.some(({ expirationMicros }) => expirationMicros !== undefined) || queues.some(({ drops }) => (drops?.ttlMicros ?? null) !== null);
  }

  /** The least that is known of the copy; Infinity: it lives for ever, for all that is known. */
  known(copySlot: number): number {
    return Math.min(this.#queues(copySlot) ?? Infinity, this.#messages(copySlot) ?? Infinity);
  }

  /** Null: something is not known of it. */
  exact(copySlot: number): number | null {
    const queues = this.#queues(copySlot);
    const messages = this.#messages(copySlot);
    return queues === null || messages === null ? null : Math.min(queues, messages);
  }

  #queues(copySlot: number): number | null {
    const rules = this.#facts.queue(this.#facts.copies.queue[copySlot]!).contract?.drops;
    return rules === undefined ? null : rules.ttlMicros ?? Infinity;
  }

  #messages(copySlot: number): number | null {
    const { copies, messages } = this.#facts;
    if (copies.has(copySlot, CopyFlag.letter)) return Infinity;
    const slot = messages.find(copies.message[copySlot]!);
    const producer = slot === NO_SLOT ? 0 : messages.producer[slot]!;
    return producer === 0 ? null : (this.#own[producer] ??= this.#expirationOf(producer));
  }

  #expirationOf(producer: NameId): number {
    return this.#facts.client(producer)?.expirationMicros ?? Infinity;
  }
}
