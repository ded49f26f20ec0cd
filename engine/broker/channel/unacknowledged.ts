import type { MessageStore } from '../../queue/index.js';
import { TagWindow } from '../../tag-window.js';
import { ChannelFailure } from './reply-codes.js';
import type { Consumer, PushedQueue } from './pushed-queue.js';

/** A delivery that its channel has to answer for. */
export interface Unacknowledged {
  readonly tag: number;
  readonly queue: PushedQueue;
  readonly slot: number;
  readonly messageId: number;
  /** Null: it was got, not pushed. */
  readonly consumer: Consumer | null;
  /** Monotonic. */
  readonly deliveredAt: number;
  /** When its queue takes it back, monotonic; Infinity: not by itself. */
  readonly dueAt: number;
  /** Its queue has it again: to acknowledge it is no mistake, and has no effect. */
  isTakenBack: boolean;
}

/** Whether there is something left to settle: its queue may have lost the message meanwhile, or the broker taken it back. */
export function isThere({ slot, messageId, queue, isTakenBack }: Unacknowledged, store: MessageStore): boolean {
  return !isTakenBack && store.messageId[slot] === messageId && !queue.queue.state.isDeleted;
}

/** Those of which something is left to settle. */
export function whatIsThere(deliveries: readonly Unacknowledged[], store: MessageStore): readonly Unacknowledged[] {
  for (const delivery of deliveries) if (!isThere(delivery, store)) return deliveries.filter((other) => isThere(other, store));
  return deliveries;
}

/** What a channel has delivered and nobody has settled, by delivery tag. Tags rise, so the oldest comes first. */
export class UnacknowledgedSet {
  readonly #deliveries = new TagWindow<Unacknowledged>();

  get size(): number {
    return this.#deliveries.size;
  }

  add(delivery: Unacknowledged): void {
    this.#deliveries.add(delivery.tag, delivery);
  }

  /** Those that were taken out and are held after all. */
  addBack(deliveries: readonly Unacknowledged[]): void {
    if (deliveries.length === 0) return;
    const all = [...this.takeAll(), ...deliveries].sort((one, other) => one.tag - other.tag);
    for (const delivery of all) this.add(delivery);
  }

  has(tag: number): boolean {
    return this.#deliveries.get(tag) !== undefined;
  }

  get oldest(): Unacknowledged | undefined {
    return this.#deliveries.oldest;
  }

  get all(): readonly Unacknowledged[] {
    return this.#deliveries.values();
  }

  /**
   * Takes out the delivery of a tag, or with `multiple` all up to it (tag 0: all there are).
   *
   * @throws {ChannelFailure} 406 for a tag that is not outstanding
   */
  take(tag: number, multiple: boolean): Unacknowledged[] {
    if (multiple && tag === 0) return this.takeAll();
    const delivery = this.#deliveries.get(tag);
    if (delivery === undefined) throw new ChannelFailure('PRECONDITION_FAILED', `unknown delivery tag ${tag}`);
    // A list that grows from nothing takes room for seventeen at once.
    if (!multiple || this.#deliveries.oldest === delivery) {
      this.#deliveries.delete(tag);
      return [delivery];
    }
    const taken: Unacknowledged[] = [];
    for (let oldest = this.#deliveries.oldest; oldest !== undefined && oldest.tag <= tag; oldest = this.#deliveries.oldest) {
      taken.push(oldest);
      this.#deliveries.delete(oldest.tag);
    }
    return taken;
  }

  takeAll(): Unacknowledged[] {
    const all = this.#deliveries.values();
    this.#deliveries.clear();
    return all;
  }
}
