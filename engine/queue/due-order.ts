import { type Links, NONE } from './links.js';
import { SlotHeap } from './slot-heap.js';

const LANES = 4;
/** `place` of a slot in lane 0; lane n has this minus n. Heap positions are 0 and above. */
const LANE_PLACE = -2;

/**
 * Slots by ascending key: deadlines of leases and delays, times of sending. Keys nearly always come in ascending order, one
 * stream for each timeout in use, so a few first-in-first-out lanes take almost all in constant time; the rest goes into a heap.
 */
export class DueOrder {
  readonly #links: Links;
  readonly #heads = new Int32Array(LANES).fill(NONE);
  readonly #tails = new Int32Array(LANES).fill(NONE);
  readonly #heap: SlotHeap;
  #first = NONE;
  #firstKey = Infinity;

  constructor(links: Links) {
    this.#links = links;
    this.#heap = new SlotHeap(links);
  }

  /** A slot with the smallest key, or {@link NONE}. */
  get first(): number {
    return this.#first;
  }

  /** The smallest key; `Infinity` when empty. */
  get firstKey(): number {
    return this.#firstKey;
  }

  add(slot: number, key: number): void {
    const links = this.#links;
    links.key[slot] = key;
    const lane = this.#laneFor(key);
    if (lane === NONE) this.#heap.add(slot);
    else this.#append(lane, slot);
    if (key < this.#firstKey) {
      this.#first = slot;
      this.#firstKey = key;
    }
  }

  remove(slot: number): void {
    const place = this.#links.place[slot] as number;
    if (place >= 0) this.#heap.remove(slot);
    else this.#unlink(LANE_PLACE - place, slot);
    if (slot === this.#first) this.#findFirst();
  }

  /** Adds `shift` to every key. */
  shiftKeys(shift: number): void {
    const { key, next } = this.#links;
    for (let lane = 0; lane < LANES; lane++) {
      for (let slot = this.#heads[lane] as number; slot !== NONE; slot = next[slot] as number) key[slot] = (key[slot] as number) + shift;
    }
    for (let index = 0; index < this.#heap.size; index++) {
      const slot = this.#heap.at(index);
      key[slot] = (key[slot] as number) + shift;
    }
    this.#findFirst();
  }

  /** Calls back for every slot, in no particular order; the callback must not change the order. */
  forEach(visit: (slot: number) => void): void {
    for (let lane = 0; lane < LANES; lane++) {
      for (let slot = this.#heads[lane] as number; slot !== NONE; slot = this.#links.next[slot] as number) visit(slot);
    }
    for (let index = 0; index < this.#heap.size; index++) visit(this.#heap.at(index));
  }

  /** The lane whose last key is nearest below, so that streams stay apart; else an empty one; else {@link NONE}. */
  #laneFor(key: number): number {
    const keys = this.#links.key;
    let best = NONE;
    let bestTail = -Infinity;
    let empty = NONE;
    for (let lane = 0; lane < LANES; lane++) {
      const tail = this.#tails[lane] as number;
      if (tail === NONE) {
        if (empty === NONE) empty = lane;
        continue;
      }
      const tailKey = keys[tail] as number;
      if (tailKey <= key && tailKey > bestTail) {
        best = lane;
        bestTail = tailKey;
      }
    }
    return best === NONE ? empty : best;
  }

  #append(lane: number, slot: number): void {
    const { next, prev, place } = this.#links;
    const tail = this.#tails[lane] as number;
    place[slot] = LANE_PLACE - lane;
    next[slot] = NONE;
    prev[slot] = tail;
    if (tail === NONE) this.#heads[lane] = slot;
    else next[tail] = slot;
    this.#tails[lane] = slot;
  }

  #unlink(lane: number, slot: number): void {
    const { next, prev } = this.#links;
    const before = prev[slot] as number;
    const behind = next[slot] as number;
    if (before === NONE) this.#heads[lane] = behind;
    else next[before] = behind;
    if (behind === NONE) this.#tails[lane] = before;
    else prev[behind] = before;
  }

  #findFirst(): void {
    const keys = this.#links.key;
    let first = this.#heap.first;
    let firstKey = first === NONE ? Infinity : (keys[first] as number);
    for (let lane = 0; lane < LANES; lane++) {
      const head = this.#heads[lane] as number;
      if (head !== NONE && (keys[head] as number) < firstKey) {
        first = head;
        firstKey = keys[head] as number;
      }
    }
    this.#first = first;
    this.#firstKey = firstKey;
  }
}
