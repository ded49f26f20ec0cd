import { CopyState, type NameId } from './events.js';
import { placeOf } from './place-of.js';

/** How many copies of a queue are ready, leased and delayed. */
export interface QueueLevels {
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
}

/** What of a copy says where it counts. */
interface Placed {
  readonly queue: NameId;
  readonly state: CopyState;
  readonly untilMicros: number;
}

interface Tally {
  ready: number;
  leased: number;
  /** When the delays end, in order: they end by themselves, no event says so. */
  readonly delays: number[];
}

/** Copies of each queue by their state, kept up to date copy by copy, so that nobody has to count them. */
export class BoardLevels {
  readonly #tallies = new Map<NameId, Tally>();

  add({ queue, state, untilMicros }: Placed): void {
    const tally = this.#tallyOf(queue);
    if (state === CopyState.ready) tally.ready++;
    else if (state === CopyState.leased) tally.leased++;
    else tally.delays.splice(placeOf(tally.delays, untilMicros), 0, untilMicros);
  }

  remove({ queue, state, untilMicros }: Placed): void {
    const tally = this.#tallyOf(queue);
    if (state === CopyState.ready) tally.ready--;
    else if (state === CopyState.leased) tally.leased--;
    else tally.delays.splice(placeOf(tally.delays, untilMicros), 1);
  }

  of(queue: NameId, atMicros: number): QueueLevels {
    const { ready, leased, delays } = this.#tallies.get(queue) ?? { ready: 0, leased: 0, delays: [] };
    const over = placeOf(delays, atMicros + 1);
    return { ready: ready + over, leased, delayed: delays.length - over };
  }

  #tallyOf(queue: NameId): Tally {
    const known = this.#tallies.get(queue);
    if (known !== undefined) return known;
    const tally: Tally = { ready: 0, leased: 0, delays: [] };
    this.#tallies.set(queue, tally);
    return tally;
  }
}
