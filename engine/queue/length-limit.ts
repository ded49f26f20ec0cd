import type { Mutations } from '../mutants/index.js';
import type { PushPolicy, PushSettings } from './push-settings.js';
import type { PushTransitions } from './push-transitions.js';
import type { QueueState } from './queue-state.js';
import { type Fill, type Positions, Refusal } from './refusal.js';

/** How much a queue may hold: ready messages and those set aside, not those in the hands of consumers. */
export class LengthLimit {
  readonly #state: QueueState;
  readonly #bytes: Pick<PushTransitions, 'readyBytes' | 'asideBytes'>;
  readonly #policy: PushPolicy;
  readonly #mutations: Mutations;
  readonly #positions: Positions;
  /** Null: a message that would be too much is refused at once, or none is. */
  #refusal: Refusal | null = null;

  constructor(state: QueueState, bytes: Pick<PushTransitions, 'readyBytes' | 'asideBytes'>, { policy, mutations, positions }: { readonly policy: PushPolicy; readonly mutations: Mutations; readonly positions: Positions }) {
    this.#state = state;
    this.#bytes = bytes;
    this.#policy = policy;
    this.#mutations = mutations;
    this.#positions = positions;
    this.configure();
  }

  get #settings(): PushSettings {
    return this.#state.push;
  }

  get #fill(): Fill {
    const { maxLength, maxLengthBytes } = this.#settings;
    return {
      messages: this.#state.readyCount + this.#state.delayedCount, bytes: this.#bytes.readyBytes + this.#bytes.asideBytes,
      maxMessages: maxLength !== null && this.#mutations.lengthLimitOffByOne ? maxLength + 1 : maxLength, maxBytes: maxLengthBytes,
    };
  }

  /** The settings are new. */
  configure(): void {
    const isLate = this.#settings.overflow !== 'drop-head' && this.#policy.refusal === 'by-word';
    if (isLate !== (this.#refusal !== null)) this.#refusal = isLate ? new Refusal(this.#positions) : null;
  }

  /** Whether a message of that size is refused (`reject-publish`). */
  refuses(sizeBytes: number, publisher: object | null): boolean {
    if (this.#settings.overflow === 'drop-head') return false;
    if (this.#refusal !== null) return publisher !== null && this.#refusal.refuses(publisher, this.#fill);
    const { messages, bytes, maxMessages, maxBytes } = this.#fill;
    if (this.#mutations.deadLetterRefusedEarly && publisher === null && maxMessages !== null && messages + 1 > maxMessages / 2) return true;
    const maxBytesHere = maxBytes !== null && this.#mutations.bytesCountedTwice ? maxBytes / 2 : maxBytes;
    return (maxMessages !== null && messages + 1 > maxMessages) || (maxBytesHere !== null && bytes + sizeBytes > maxBytesHere);
  }

  /** Something has changed. */
  look(): void {
    this.#refusal?.look(this.#fill);
  }

  /** Whether the head has to go (`drop-head`). */
  get isExceeded(): boolean {
    return this.#settings.overflow === 'drop-head' && this.#isBeyond;
  }

  /** The same, of a queue that dropped its head until its settings changed. */
  get isNewlyExceeded(): boolean {
    return this.#policy.trimsToNewLength && this.#isBeyond;
  }

  get #isBeyond(): boolean {
    const { maxLength, maxLengthBytes } = this.#settings;
    if ((maxLength === null && maxLengthBytes === null) || this.#state.readyCount === 0) return false;
    const { messages, bytes, maxMessages, maxBytes } = this.#fill;
    if (this.#mutations.unacknowledgedCountedToLength && maxMessages !== null && messages + this.#state.leasedCount > maxMessages) return true;
    return (maxMessages !== null && messages > maxMessages) || (maxBytes !== null && bytes > maxBytes);
  }
}
