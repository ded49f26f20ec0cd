import type { Host, Mutations, OutgoingMessage, Outcome, TimerHandle } from '../../engine/index.js';
import { OutcomeReason } from '../../history/index.js';
import type { CrashPoints, ProducerStep } from './crash-points.js';
import type { Database } from './database.js';

export interface OutboxRelayOptions {
  readonly host: Host;
  readonly settings: { readonly pollMicros: number; readonly batchSize: number };
  readonly database: Database;
  readonly table: string;
  /** Where what came back is kept for somebody to look at. */
  readonly asideTable: string;
  readonly crashPoints: CrashPoints<ProducerStep>;
  readonly mutations: Mutations;
  readonly send: (message: OutgoingMessage) => void;
  readonly onMarked: (message: OutgoingMessage) => void;
  readonly onSetAside: (message: OutgoingMessage) => void;
}

/**
 * Publishes what stands in an outbox, oldest first, and takes out what the broker accepted. A message whose acceptance it did not hear of, or did not live to note,
 * stays and is published again: at least once. What came back because no queue is bound for it is not published, and would come back again: it is set aside, lest the oldest
 * rows be those for ever that nothing can be done with.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #timer: TimerHandle;
  readonly #underWay = new Set<number>();

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#timer = options.host.timers.create(() => this.#poll());
    this.#timer.arm(options.settings.pollMicros);
  }

  onSendOutcome(message: OutgoingMessage, outcome: Outcome, reason: OutcomeReason | null): void {
    this.#underWay.delete(message.trace);
    if (this.#options.mutations.relayMarksBeforePublish) return;
    if (reason === OutcomeReason.returned) return this.#setAside(message);
    if (outcome !== 'ok') return;
    this.#mark(message);
    this.#options.crashPoints.reached('marked');
  }

  #poll(): void {
    const { settings, crashPoints } = this.#options;
    if (crashPoints.isDying) return;
    for (const message of this.#due()) {
      if (this.#options.mutations.relayMarksBeforePublish) {
        this.#mark(message);
        if (crashPoints.reached('marked')) return;
      }
      this.#underWay.add(message.trace);
      this.#options.send(message);
      if (crashPoints.isDying) return;
    }
    this.#timer.arm(settings.pollMicros);
  }

  #due(): OutgoingMessage[] {
    const { database, table, settings } = this.#options;
    const due: OutgoingMessage[] = [];
    for (const row of database.rows(table)) {
      if (due.length + this.#underWay.size >= settings.batchSize) break;
      const message = row as OutgoingMessage;
      if (!this.#underWay.has(message.trace)) due.push(message);
    }
    return due;
  }

  #mark(message: OutgoingMessage): void {
    const { database, table, onMarked } = this.#options;
    database.begin().delete(table, message.trace).commit();
    onMarked(message);
  }

  #setAside(message: OutgoingMessage): void {
    const { database, table, asideTable, onSetAside } = this.#options;
    database.begin().delete(table, message.trace).insert(asideTable, message.trace, message).commit();
    onSetAside(message);
  }
}
