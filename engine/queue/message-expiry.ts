import type { QueueContext } from './context.js';
import type { Envelope } from './envelope.js';
import { NONE } from './links.js';
import type { QueueState } from './queue-state.js';
import { changeTimeToLive, timeToLiveOf } from './times-to-live.js';

const MICROS_PER_MILLI = 1_000;

/** When the messages of a queue that pushes expire, by the wall clock. The lower of the queue's and the message's own time to live counts. */
export class MessageExpiry {
  readonly #state: QueueState;
  readonly #context: QueueContext;
  /** Mutant `shortest-ttl-for-all`. */
  #shortest = Infinity;

  constructor(state: QueueState, context: QueueContext) {
    this.#state = state;
    this.#context = context;
  }

  came({ expirationMicros }: Envelope): void {
    if (expirationMicros !== null && expirationMicros < this.#shortest) this.#shortest = expirationMicros;
  }

  /** The queue may give another time now. */
  configure(): void {
    const { number, push: { messageTtlMicros } } = this.#state;
    const { journal, store } = this.#context;
    if (messageTtlMicros === timeToLiveOf(this.#state)) return;
    journal.timeToLive(number, messageTtlMicros);
    changeTimeToLive(this.#state, store, messageTtlMicros);
  }

  expiryOf(slot: number): number {
    const { store, mutations } = this.#context;
    const kept = store.timesToLive.size === 0 ? undefined : store.timesToLive.get(store.messageId[slot] as number);
    const ofQueue = kept ?? timeToLiveOf(this.#state) ?? Infinity;
    return (store.age.key[slot] as number) + Math.min(this.#ownOf(slot), mutations.ttlInWrongUnit ? Math.ceil(ofQueue / MICROS_PER_MILLI) : ofQueue);
  }

  /** The head of the queue, or of its heads the one whose time is over first; `NONE`: nothing is ready. */
  first(byLevel: boolean): number {
    const { order, firstReady } = this.#state;
    const { expiredFromTheMiddle } = this.#context.mutations;
    if (!byLevel && !expiredFromTheMiddle) return firstReady;
    let first = NONE;
    const look = (slot: number): void => {
      if (first === NONE || this.expiryOf(slot) < this.expiryOf(first)) first = slot;
    };
    if (expiredFromTheMiddle) order.forEachReady(look);
    else order.forEachHead?.(look);
    return first;
  }

  /** What the message itself has to live. */
  #ownOf(slot: number): number {
    const { store, mutations } = this.#context;
    if (mutations.messageTtlIgnored) return Infinity;
    return mutations.shortestTtlForAll ? this.#shortest : (store.envelope[slot]?.expirationMicros ?? Infinity);
  }
}
