import type { HandlingFate } from './listed-send.js';

/** A message as its producer intends it. */
export interface LoggedSend {
  readonly producer: string;
  /** Its trace number. */
  readonly message: number;
  readonly atMicros: number;
  readonly sizeBytes: number;
  /** What is settled about its handling; null: nothing. */
  readonly fate: HandlingFate | null;
}

/** Follows what a workload draws, so that it can be written out. Times are in microseconds. */
export interface WorkloadLog {
  onSend(send: LoggedSend): void;
  /** A handling begins: the `number`-th of its message, from 1. `takesMicros` is without any slow-down of the machine. */
  onHandling(handling: { readonly message: number; readonly number: number; readonly takesMicros: number }): void;
  /** It failed; `isPoison`: because its message always does. */
  onFailure(failure: { readonly message: number; readonly number: number; readonly isPoison: boolean }): void;
}

/**
 * Counts the handlings of each message over all consumers of a run, and knows what is settled about them beforehand. When nothing
 * is and nobody follows the workload, it counts nothing: every handling is number 0.
 */
export class Handlings {
  readonly log: WorkloadLog | null;
  readonly #fates = new Map<number, HandlingFate>();
  readonly #counts = new Map<number, number>();

  constructor(log: WorkloadLog | null = null) {
    this.log = log;
  }

  /** Settles the handlings of a message, by its trace number. */
  settle(message: number, fate: HandlingFate): void {
    if (fate.takesMicros !== null || fate.fails !== null) this.#fates.set(message, fate);
  }

  /** A handling begins: which one of its message it is. */
  begin(message: number): number {
    if (this.log === null && (this.#fates.size === 0 || !this.#fates.has(message))) return 0;
    const number = (this.#counts.get(message) ?? 0) + 1;
    this.#counts.set(message, number);
    return number;
  }

  /** How long it takes; null when that is for the handler to draw. */
  takesMicros(message: number, number: number): number | null {
    if (number === 0) return null;
    const takes = this.#fates.get(message)?.takesMicros ?? null;
    return takes === null ? null : takes[Math.min(number, takes.length) - 1]!;
  }

  /** Whether it fails; null when that is for the handler to draw. */
  fails(message: number, number: number): boolean | null {
    if (number === 0) return null;
    const fails = this.#fates.get(message)?.fails ?? null;
    return fails === null ? null : fails === 'always' || fails.includes(number);
  }
}
