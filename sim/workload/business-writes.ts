import type { Host, Mutations, OutgoingMessage, Outcome } from '../../engine/index.js';
import { EventKind, type EventSink, LocalWrite, type NameId, type OutcomeReason } from '../../history/index.js';
import type { CrashPoints, ProducerStep } from './crash-points.js';
import type { Database } from './database.js';
import { OutboxRelay } from './outbox-relay.js';

/**
 * What a program does that has something to store and something to tell. `row-then-message`, `message-then-row`: two writes that nothing ties together (a dual
 * write). `outbox`: the row and the message in one transaction of its database; a relay publishes what stands there.
 */
export type WriteSettings =
  | { readonly kind: 'row-then-message' | 'message-then-row' }
  | { readonly kind: 'outbox'; readonly pollMicros: number; readonly batchSize: number };

export interface BusinessWritesOptions {
  readonly name: string;
  readonly queue: string;
  readonly settings: WriteSettings;
  readonly database: Database;
  readonly sink: EventSink;
  readonly crashPoints: CrashPoints<ProducerStep>;
  readonly mutations: Mutations;
}

/** Keeps the rows of one producer, and sees to it that their messages are sent. It is the program; what it knows of earlier lives stands in the database. */
export class BusinessWrites {
  readonly #options: BusinessWritesOptions;
  readonly #actor: NameId;
  readonly #dest: NameId;
  readonly #rows: string;
  readonly #outbox: string;
  readonly #aside: string;
  #relay: OutboxRelay | null = null;
  #send: (message: OutgoingMessage) => void = () => undefined;

  constructor(options: BusinessWritesOptions) {
    this.#options = options;
    this.#actor = options.sink.name(options.name);
    this.#dest = options.sink.name(options.queue);
    this.#rows = `${options.name}/rows`;
    this.#outbox = `${options.name}/outbox`;
    this.#aside = `${options.name}/set-aside`;
  }

  boot(host: Host, send: (message: OutgoingMessage) => void): void {
    const { settings, database, crashPoints, mutations } = this.#options;
    this.#send = send;
    if (settings.kind !== 'outbox') return;
    this.#relay = new OutboxRelay({
      host, settings, database, table: this.#outbox, asideTable: this.#aside, crashPoints, mutations, send,
      onMarked: (message) => this.#tell(LocalWrite.published, message), onSetAside: (message) => this.#tell(LocalWrite.setAside, message),
    });
  }

  crash(): void {
    this.#relay = null;
    this.#send = () => undefined;
  }

  /** Messages that its relay is still to publish. */
  get outstanding(): number {
    return this.#options.database.size(this.#outbox);
  }

  /** Something happened that is to be stored and told. */
  write(message: OutgoingMessage): void {
    const { settings, crashPoints } = this.#options;
    if (crashPoints.isDying) return;
    if (settings.kind === 'message-then-row') return this.#send(message);
    if (this.#commitRow(message) || settings.kind === 'outbox') return;
    this.#send(message);
  }

  onSendOutcome(message: OutgoingMessage, outcome: Outcome, reason: OutcomeReason | null): void {
    const { settings, crashPoints } = this.#options;
    if (crashPoints.isDying) return;
    if (outcome === 'ok' && crashPoints.reached('published')) return;
    if (settings.kind === 'outbox') this.#relay?.onSendOutcome(message, outcome, reason);
    else if (settings.kind === 'message-then-row' && outcome === 'ok') this.#commitRow(message);
  }

  /** True: it dies with that. */
  #commitRow(message: OutgoingMessage): boolean {
    const { settings, database, crashPoints } = this.#options;
    const transaction = database.begin().insert(this.#rows, message.trace);
    if (settings.kind === 'outbox') transaction.insert(this.#outbox, message.trace, { ...message, attempts: { gives: 0, count: 0 } });
    transaction.commit();
    this.#tell(LocalWrite.row, message);
    return crashPoints.reached('row-committed');
  }

  #tell(what: LocalWrite, { trace }: OutgoingMessage): void {
    this.#options.sink.emit(EventKind.localWrite, this.#actor, 0, this.#dest, trace, 0, what, 0, 0);
  }
}
