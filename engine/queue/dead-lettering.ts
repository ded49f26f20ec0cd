import { DropReason, EventKind, LetterFate, type MoveReason, type NameId } from '../../history/index.js';
import type { QueueContext } from './context.js';
import { type DeadLetterSource, DeadLetterWorker } from './dead-letter-worker.js';
import { deadLetterEnvelope, type DeathReason, type Envelope, isCycle } from './envelope.js';
import type { LetterRouter, LetterTarget } from './letter-target.js';
import type { PushSettings } from './push-settings.js';
import { MOVES, type PushTransitions } from './push-transitions.js';
import type { QueueState } from './queue-state.js';

const DROPS: Readonly<Record<DeathReason, DropReason>> = {
  rejected: DropReason.rejected, expired: DropReason.expired, maxlen: DropReason.maxLength, delivery_limit: DropReason.deliveryLimit,
};

const REASONS = new Map<number, DeathReason>(Object.entries(MOVES).map(([reason, move]) => [move, reason as DeathReason]));
const DEFAULT_EXCHANGE = '(default exchange)';

/**
 * What becomes of messages that leave a queue unconsumed: dead letters where there is an exchange for them, otherwise nothing. By default a letter is published
 * when its message is gone, and nobody asks whether it arrived: at most once. A queue that says so keeps it until it has: at least once.
 */
export class DeadLettering implements DeadLetterSource {
  readonly #state: QueueState;
  readonly #transitions: PushTransitions;
  readonly #context: QueueContext;
  #listener: LetterRouter | null = null;
  /** Null: at most once. */
  #worker: DeadLetterWorker | null = null;

  readonly #onRoom: () => void;
  readonly #onAwait: () => void;

  /** `onRoom`: less is kept. `onAwait`: {@link onDurable} is to be called. */
  constructor(state: QueueState, transitions: PushTransitions, context: QueueContext, { onRoom, onAwait }: { readonly onRoom: () => void; readonly onAwait: () => void }) {
    this.#state = state;
    this.#onRoom = onRoom;
    this.#onAwait = onAwait;
    this.#transitions = transitions;
    this.#context = context;
    if (isAtLeastOnce(this.#settings)) this.#worker = new DeadLetterWorker(this, context, true);
  }

  get #settings(): PushSettings {
    return this.#state.push;
  }

  /** Null: that of the message. */
  get #key(): string | null {
    return this.#context.mutations.deadLetterKeyIgnored ? null : this.#settings.deadLetterRoutingKey;
  }

  get nameId(): NameId {
    return this.#transitions.nameId;
  }

  get exchangeId(): NameId {
    const { deadLetterExchange } = this.#settings;
    return this.#context.sink.name(deadLetterExchange === '' || deadLetterExchange === null ? DEFAULT_EXCHANGE : deadLetterExchange);
  }

  listen(listener: LetterRouter): void {
    this.#listener = listener;
  }

  /** Exchanges are there. */
  begin(): void {
    this.#worker?.begin();
  }

  get waitsForJournal(): boolean {
    return this.#worker?.waitsForJournal === true;
  }

  onDurable(position: number): void {
    this.#worker?.onDurable(position);
  }

  /** Recovery: these wait to be dead-lettered, and nobody knows whether they were published. */
  restore(slots: readonly number[]): void {
    for (const slot of slots) {
      if (this.#worker === null) this.#giveUp(slot);
      else this.#worker.add(slot);
    }
  }

  /** The settings are new. Whoever gives up dead-lettering at least once loses what waited for it. (RabbitMQ: rabbit_fifo_dlx, switch_from.) */
  configure(): void {
    const wants = isAtLeastOnce(this.#settings);
    if (wants && this.#worker === null) this.#worker = new DeadLetterWorker(this, this.#context, this.#listener === null);
    if (wants || this.#worker === null) return;
    const slots = this.#worker.slots();
    this.stop();
    for (const slot of slots) this.#giveUp(slot);
  }

  stop(): void {
    this.#worker?.stop();
    this.#worker = null;
  }

  /** A ready message leaves unconsumed. */
  remove(slot: number, reason: DeathReason): void {
    const { store, mutations } = this.#context;
    if (this.#worker !== null && reason !== 'maxlen' && !mutations.deadLettersNotAwaited) {
      this.#transitions.setAside(slot, MOVES[reason]);
      this.#worker.add(slot);
      return;
    }
    const copy = store.messageId[slot] as number;
    this.#publish(store.envelope[slot] as Envelope, store.body[slot] as Uint8Array, store.trace[slot] as number, reason, (letters) => {
      if (letters === 0) this.#transitions.drop(slot, DROPS[reason]);
      else this.#transitions.depart(slot, MOVES[reason], this.exchangeId, letters);
    }, copy);
  }

  /** A message was refused, and is a dead letter all the same. */
  refused(envelope: Envelope, body: Uint8Array, trace: number): void {
    this.#publish(envelope, body, trace, 'maxlen', () => {}, 0);
  }

  letterOf(slot: number): { readonly letter: Envelope; readonly reason: MoveReason } {
    const { store } = this.#context;
    const reason = store.dead.get(store.messageId[slot] as number) as MoveReason;
    return { letter: this.#letter(store.envelope[slot] as Envelope, REASONS.get(reason) as DeathReason), reason };
  }

  addressed(letter: Envelope): Envelope {
    const { deadLetterExchange } = this.#settings;
    const key = this.#key;
    const exchange = deadLetterExchange ?? '';
    const isSame = letter.exchange === exchange && (key === null || (letter.keys.length === 1 && letter.keys[0] === key));
    return isSame ? letter : { ...letter, exchange, ...(key === null ? {} : { keys: [key] }) };
  }

  targets(letter: Envelope): readonly LetterTarget[] {
    if (this.#listener === null) return [];
    const { mutations } = this.#context;
    return this.#listener.route(letter.exchange, letter).filter((target) => mutations.deadLetterCycleKept || !isCycle(letter, target.state.name));
  }

  confirmed(slot: number, reason: MoveReason): void {
    this.#transitions.depart(slot, reason, this.exchangeId, 0);
    this.#onRoom();
  }

  journal(): { readonly next: number; readonly durable: number } {
    return this.#listener?.journal() ?? { next: Infinity, durable: 0 };
  }

  awaitJournal(): void {
    this.#onAwait();
  }

  onDone(): void {
    this.#listener?.onTimerDone();
  }

  #giveUp(slot: number): void {
    const { store } = this.#context;
    this.#transitions.drop(slot, DROPS[REASONS.get(store.dead.get(store.messageId[slot] as number)!) as DeathReason]);
  }

  #letter(envelope: Envelope, reason: DeathReason): Envelope {
    const { deadLetterExchange: exchange } = this.#settings;
    const key = this.#key;
    const { clock, mutations } = this.#context;
    return deadLetterEnvelope(envelope, {
      queue: this.#state.name, reason, wallMicros: clock.wallMicros(), exchange: exchange ?? '', key, isAppended: mutations.deathsAppended,
    });
  }

  /** Routes it; `onRouted` takes it out of this queue before its letters are stored, which may be here again. `copy` is what it was here; 0: nothing. */
  #publish(envelope: Envelope, body: Uint8Array, trace: number, reason: DeathReason, onRouted: (letters: number) => void, copy: number): void {
    if (this.#settings.deadLetterExchange === null || this.#listener === null) return onRouted(0);
    const letter = this.#letter(envelope, reason);
    const targets = this.targets(letter);
    onRouted(targets.length);
    for (const target of targets) {
      if (!target.publish(body, trace, letter)) this.#tellRefusal(target, trace, copy, reason);
    }
  }

  /** Nobody hears of it but who reads the history. */
  #tellRefusal({ nameId }: LetterTarget, trace: number, copy: number, reason: DeathReason): void {
    const { sink, actor } = this.#context;
    sink.emit(EventKind.deadLetter, actor, nameId, this.nameId, trace, copy, 0, MOVES[reason], LetterFate.refused);
  }
}

/** Where the head is dropped, RabbitMQ falls back to dead-lettering at most once, and says so in its log. */
function isAtLeastOnce({ deadLetterStrategy, deadLetterExchange, overflow }: PushSettings): boolean {
  return deadLetterStrategy === 'at-least-once' && deadLetterExchange !== null && overflow === 'reject-publish';
}
