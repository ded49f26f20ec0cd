import { EventKind, LetterFate, MoveReason, type NameId } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import { NO_SLOT } from './slot-table.js';

/** A queue in which a message died, and why; so often. */
export interface DeathEntry {
  readonly queue: NameId;
  readonly reason: number;
  readonly count: number;
}

const NONE: readonly DeathEntry[] = [];

/**
 * What the headers of dead letters should say: for each copy its deaths, newest first, as they follow from the moves. A message that leaves a queue is followed
 * at once by the letters that an exchange makes of it.
 */
export class Deaths {
  readonly #byCopy = new Map<number, readonly DeathEntry[]>();
  /** Copies that a recovery brought back after they had left, and letters that are made of such: of their deaths nobody knows. */
  readonly #unknown = new Set<number>();
  #message = 0;
  /** Of the letters that are being made. */
  #deaths: readonly DeathEntry[] = NONE;
  #isUnknown = false;

  of(copy: number): readonly DeathEntry[] {
    return this.#byCopy.get(copy) ?? NONE;
  }

  /** False for a letter that was made of a copy of whose deaths nothing is known. */
  knows(event: EventView): boolean {
    return !this.#isUnknown || this.#message !== event.message;
  }

  /** The deaths that a letter which was just made must have, by what is known of the copy that it was made of. */
  expected(event: EventView): readonly DeathEntry[] {
    const before = this.#message === event.message ? this.#deaths : NONE;
    const known = before.find(({ queue, reason }) => queue === event.peer && reason === event.a);
    return [{ queue: event.peer, reason: event.a, count: (known?.count ?? 0) + 1 }, ...before.filter((entry) => entry !== known)];
  }

  moved(event: EventView): void {
    if (event.b === MoveReason.limit || event.b === MoveReason.redrive) return;
    this.#message = event.message;
    this.#deaths = this.of(event.copy);
    this.#isUnknown = this.#unknown.has(event.copy);
    this.gone(event);
  }

  /** A letter is made of a copy that stays. */
  published(event: EventView): void {
    this.#message = event.message;
    this.#deaths = this.of(event.copy);
    this.#isUnknown = this.#unknown.has(event.copy);
  }

  headed(event: EventView): void {
    if (this.knows(event)) this.#byCopy.set(event.copy, this.expected(event));
    else this.#unknown.add(event.copy);
  }

  /** What had left without a trace in the journal is there again. */
  restored(event: EventView): void {
    if (event.copySlot === NO_SLOT) this.#unknown.add(event.copy);
  }

  gone(event: EventView): void {
    if (this.#byCopy.size > 0) this.#byCopy.delete(event.copy);
    if (this.#unknown.size > 0) this.#unknown.delete(event.copy);
  }
}

/** Hears what it needs, after those who look. */
export function followDeaths(deaths: Deaths): Readonly<Partial<Record<EventKind, (event: EventView) => void>>> {
  const gone = (event: EventView): void => deaths.gone(event);
  const restored = (event: EventView): void => deaths.restored(event);
  // What a queue refuses is no letter, and nothing is said of others that are being made of the same message.
  const published = (event: EventView): void => {
    if (event.c === LetterFate.stored) deaths.published(event);
  };
  return {
    [EventKind.move]: (event) => deaths.moved(event), [EventKind.deadLetter]: published, [EventKind.settle]: gone, [EventKind.drop]: gone,
    [EventKind.accept]: gone, [EventKind.restore]: restored,
  };
}
