import { Draws } from '../draws.js';
import type { RandomStreams } from '../kernel/index.js';
import type { HandlingFate, ListedSend } from './listed-send.js';
import type { ProducerSettings } from './settings.js';

/** What a producer intends to send, one after the other in the order of time. */
export interface Arrivals {
  /** When the next send is intended, in true time; `Infinity` when nothing more is. */
  readonly nextMicros: number;
  /** What is settled about the handling of the next message; null: nothing. */
  readonly nextFate: HandlingFate | null;
  /** Takes the next one; its body has so many bytes. */
  take(): number;
  /** What would have been intended before this time never was. The times after that stay as they are. */
  skipUntil(now: number): void;
}

export function arrivalsOf(settings: ProducerSettings, streams: RandomStreams): Arrivals {
  return settings.sends === null ? new DrawnArrivals(settings, streams) : new ListedArrivals(settings.sends, settings.endMicros);
}

/** Gaps and sizes are drawn. */
class DrawnArrivals implements Arrivals {
  readonly nextFate = null;
  readonly #settings: ProducerSettings;
  readonly #intervals: Draws;
  readonly #sizes: Draws;
  #next: number;
  #taken = 0;

  constructor(settings: ProducerSettings, streams: RandomStreams) {
    this.#settings = settings;
    this.#intervals = new Draws(settings.interval, streams.stream(`${settings.name}/arrivals`));
    this.#sizes = new Draws(settings.sizeBytes, streams.stream(`${settings.name}/sizes`));
    this.#next = settings.startMicros;
  }

  get nextMicros(): number {
    const { messages, endMicros } = this.#settings;
    return this.#taken < messages && this.#next < endMicros ? this.#next : Infinity;
  }

  take(): number {
    this.#taken += 1;
    this.#next += this.#intervals.nextInteger();
    return this.#sizes.nextInteger();
  }

  skipUntil(now: number): void {
    while (this.#next < now) {
      const gap = this.#intervals.nextInteger();
      this.#next = gap === 0 ? now : this.#next + gap;
    }
  }
}

/** Every send is written out. */
class ListedArrivals implements Arrivals {
  readonly #sends: readonly ListedSend[];
  readonly #endMicros: number;
  #taken = 0;

  constructor(sends: readonly ListedSend[], endMicros: number) {
    this.#sends = sends;
    this.#endMicros = endMicros;
  }

  get nextMicros(): number {
    const at = this.#sends[this.#taken]?.atMicros ?? Infinity;
    return at < this.#endMicros ? at : Infinity;
  }

  get nextFate(): HandlingFate | null {
    return this.#sends[this.#taken] ?? null;
  }

  take(): number {
    const { sizeBytes } = this.#sends[this.#taken]!;
    this.#taken += 1;
    return sizeBytes;
  }

  skipUntil(now: number): void {
    while (this.#taken < this.#sends.length && this.#sends[this.#taken]!.atMicros < now) this.#taken += 1;
  }
}
