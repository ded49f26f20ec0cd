import { EventKind, LetterFate, type MoveReason, type NameId } from '../../history/index.js';
import { Alarm } from './alarm.js';
import type { QueueContext } from './context.js';
import type { Envelope } from './envelope.js';
import type { LetterTarget } from './letter-target.js';

/** Dead letters of one queue that are under way at the same time. (RabbitMQ: dead_letter_worker_consumer_prefetch.) */
export const DEAD_LETTER_PREFETCH = 32;
/** What has no confirm, was refused, or had nowhere to go, is tried again after so long. (RabbitMQ: dead_letter_worker_publisher_confirm_timeout.) */
export const DEAD_LETTER_RETRY_MICROS = 180_000_000;

/** What is under way: kept until every queue that it was published to has confirmed it. */
interface UnderWay {
  readonly slot: number;
  letter: Envelope;
  readonly reason: MoveReason;
  attempts: number;
  /** When it was published last, monotonic. */
  publishedAt: number;
  /** Queues that have it, by number. */
  readonly stored: Set<number>;
  /** It is confirmed as soon as everything below is durable; `Infinity`: somebody refused it, or there was nowhere to go. */
  position: number;
}

/** What the worker asks of the queue whose dead letters it publishes, and of its broker. */
export interface DeadLetterSource {
  readonly nameId: NameId;
  /** The exchange, and its name in the history. */
  readonly exchangeId: NameId;
  letterOf(slot: number): { readonly letter: Envelope; readonly reason: MoveReason };
  /** The same letter, with the exchange and the key of today. */
  addressed(letter: Envelope): Envelope;
  /** Where it goes: no cycles. */
  targets(letter: Envelope): readonly LetterTarget[];
  /** It is confirmed, and leaves the queue. */
  confirmed(slot: number, reason: MoveReason): void;
  /** The position behind the last record of the journal, and the one below which everything is durable. */
  journal(): { readonly next: number; readonly durable: number };
  /** {@link DeadLetterWorker.onDurable} is to be called. */
  awaitJournal(): void;
  /** Something may be ready elsewhere. */
  onDone(): void;
}

/**
 * Publishes what died in a queue until it has arrived: at least once. A letter stays in the queue, aside, until each queue that its exchange leads to has confirmed
 * it; when one refuses, or there is none, it stays and is published again later, to those that do not have it. (RabbitMQ: rabbit_fifo_dlx_worker.)
 *
 * | a letter ╲ event | there is room    | all have confirmed | one refused, or there is no queue | the retry is due       | a restart   |
 * | ---------------- | ---------------- | ------------------ | --------------------------------- | ---------------------- | ----------- |
 * | waiting          | under way        | –                  | –                                 | –                      | waiting     |
 * | under way        | –                | gone               | under way                         | under way, once more   | waiting     |
 *
 * After a restart nobody knows who had confirmed: a queue may get a letter twice.
 */
export class DeadLetterWorker {
  readonly #source: DeadLetterSource;
  readonly #context: QueueContext;
  readonly #alarm: Alarm;
  /** By message id, in the order of their deaths. */
  readonly #waiting = new Map<number, number>();
  readonly #underWay = new Map<number, UnderWay>();
  /** True until exchanges are there, and while it publishes: what it publishes may die on its way. */
  #isHeld: boolean;

  constructor(source: DeadLetterSource, context: QueueContext, isHeld: boolean) {
    this.#source = source;
    this.#context = context;
    this.#isHeld = isHeld;
    this.#alarm = new Alarm(context, (now) => this.#retry(now));
  }

  add(slot: number): void {
    this.#waiting.set(this.#context.store.messageId[slot] as number, slot);
    this.#publishWaiting();
  }

  /** Exchanges and queues are there. */
  begin(): void {
    this.#isHeld = false;
    this.#publishWaiting();
  }

  /** Whether it waits for the journal. */
  get waitsForJournal(): boolean {
    for (const { position } of this.#underWay.values()) if (position < Infinity) return true;
    return false;
  }

  onDurable(durable: number): void {
    for (const [id, letter] of this.#underWay) {
      if (letter.position > durable) continue;
      this.#underWay.delete(id);
      this.#source.confirmed(letter.slot, letter.reason);
    }
    this.#publishWaiting();
  }

  /** The queue lets go of all of them. */
  stop(): void {
    this.#alarm.cancel();
    this.#waiting.clear();
    this.#underWay.clear();
  }

  /** All that it keeps, oldest first. */
  slots(): readonly number[] {
    return [...[...this.#underWay.values()].map(({ slot }) => slot), ...this.#waiting.values()];
  }

  #publishWaiting(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    for (const [id, slot] of this.#waiting) {
      if (this.#underWay.size >= DEAD_LETTER_PREFETCH) break;
      this.#waiting.delete(id);
      const entry: UnderWay = { slot, ...this.#source.letterOf(slot), attempts: 0, publishedAt: 0, stored: new Set(), position: Infinity };
      this.#underWay.set(id, entry);
      this.#publish(entry);
    }
    this.#isHeld = false;
    const { durable } = this.#source.journal();
    const positions = [...this.#underWay.values()].map(({ position }) => position);
    if (positions.some((position) => position <= durable)) this.onDurable(durable);
    else if (positions.some((position) => position < Infinity)) this.#source.awaitJournal();
    this.#setAlarm();
  }

  /** To all queues that do not have it. */
  #publish(entry: UnderWay): void {
    const { store, clock, mutations } = this.#context;
    entry.letter = this.#source.addressed(entry.letter);
    const targets = this.#source.targets(entry.letter);
    entry.attempts++;
    entry.publishedAt = clock.monotonicMicros();
    let isMissing = targets.length === 0 && entry.stored.size === 0;
    if (isMissing) this.#tell(entry, this.#source.exchangeId, LetterFate.unroutable);
    const body = store.body[entry.slot] as Uint8Array;
    const trace = store.trace[entry.slot] as number;
    for (const target of targets) {
      const { number } = target.state;
      if (entry.stored.has(number)) continue;
      if (target.publish(body, trace, entry.letter, this, () => this.#tell(entry, target.nameId, LetterFate.stored))) entry.stored.add(number);
      else {
        this.#tell(entry, target.nameId, LetterFate.refused);
        isMissing = true;
      }
    }
    if (mutations.removedAtFirstConfirm && entry.stored.size > 0) isMissing = false;
    entry.position = isMissing ? Infinity : this.#source.journal().next;
  }

  #retry(now: number): void {
    const due = [...this.#underWay.values()].filter(({ position, publishedAt }) => position === Infinity && now - publishedAt >= DEAD_LETTER_RETRY_MICROS);
    this.#isHeld = true;
    for (const entry of due) this.#publish(entry);
    this.#isHeld = false;
    this.#publishWaiting();
    this.#source.onDone();
  }

  #setAlarm(): void {
    const now = this.#context.clock.monotonicMicros();
    for (const { position, publishedAt } of this.#underWay.values()) {
      if (position === Infinity) this.#alarm.setFor(publishedAt + DEAD_LETTER_RETRY_MICROS, now);
    }
  }

  #tell({ slot, reason, attempts }: UnderWay, peer: NameId, fate: LetterFate): void {
    const { sink, actor, store } = this.#context;
    sink.emit(EventKind.deadLetter, actor, peer, this.#source.nameId, store.trace[slot] as number, store.messageId[slot] as number, attempts, reason, fate);
  }
}
