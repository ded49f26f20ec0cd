import { EventKind, type EventChunk, type EventObserver } from '../../history/index.js';
import type { MessageKind } from './failure.js';

const NONE: readonly number[] = [];

/** As it travels between threads: when there was an event, by message or by kind. */
export interface TracksData {
  readonly ofMessage: ReadonlyMap<number, readonly number[]>;
  readonly ofKind: ReadonlyMap<number, readonly number[]>;
  readonly deliveries: ReadonlyMap<number, readonly number[]>;
  readonly moves: ReadonlyMap<number, readonly number[]>;
}

/**
 * Notes of every message when something happened to it, and of every kind of event when there was one: what a story would tell of how a
 * message's promise was broken, without the second run that a story takes.
 */
export class MessageTracks implements EventObserver {
  readonly #ofMessage: Map<number, number[]>;
  readonly #ofKind: Map<number, number[]>;
  readonly #deliveries: Map<number, number[]>;
  readonly #moves: Map<number, number[]>;

  constructor({ ofMessage = new Map(), ofKind = new Map(), deliveries = new Map(), moves = new Map() }: Partial<TracksData> = {}) {
    this.#ofMessage = new Map(ofMessage) as Map<number, number[]>;
    this.#ofKind = new Map(ofKind) as Map<number, number[]>;
    this.#deliveries = new Map(deliveries) as Map<number, number[]>;
    this.#moves = new Map(moves) as Map<number, number[]>;
  }

  /** What it has noted so far. */
  data(): TracksData {
    return { ofMessage: this.#ofMessage, ofKind: this.#ofKind, deliveries: this.#deliveries, moves: this.#moves };
  }

  onChunk({ kind, message, time }: EventChunk, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      append(this.#ofKind, kind[row]!, time[row]!);
      if (message[row] === 0) continue;
      append(this.#ofMessage, message[row]!, time[row]!);
      if (kind[row] === EventKind.deliver) append(this.#deliveries, message[row]!, time[row]!);
      else if (kind[row] === EventKind.move) append(this.#moves, message[row]!, time[row]!);
    }
  }

  /** What had become of a message by then. */
  kindOf(message: number, atMicros: number): MessageKind {
    const had = (times: ReadonlyMap<number, readonly number[]>, count: number): boolean => (times.get(message)?.[count - 1] ?? Infinity) <= atMicros;
    return { redelivered: had(this.#deliveries, 2), deadLettered: had(this.#moves, 1) };
  }

  /** When something happened to a message, in order. */
  ofMessage(message: number): readonly number[] {
    return this.#ofMessage.get(message) ?? NONE;
  }

  /** When there was an event of a kind, in order. */
  ofKind(kind: number): readonly number[] {
    return this.#ofKind.get(kind) ?? NONE;
  }

  get kinds(): readonly number[] {
    return [...this.#ofKind.keys()];
  }
}

function append(times: Map<number, number[]>, of: number, time: number): void {
  const known = times.get(of);
  if (known === undefined) times.set(of, [time]);
  else known.push(time);
}
