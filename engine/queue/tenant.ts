import { NONE } from './links.js';
import { SlotList } from './slot-list.js';

/** Processing time counts as recent for one to two of these. */
const WINDOW_MICROS = 60_000_000;

/** Time that messages spent in flight, of the present minute and the one before. */
export class BusyTime {
  #window = 0;
  #present = 0;
  #before = 0;

  add(micros: number, now: number): void {
    this.#turn(now);
    this.#present += micros;
  }

  recent(now: number): number {
    this.#turn(now);
    return this.#present + this.#before;
  }

  #turn(now: number): void {
    const window = Math.floor(now / WINDOW_MICROS);
    if (window === this.#window) return;
    this.#before = window === this.#window + 1 ? this.#present : 0;
    this.#present = 0;
    this.#window = window;
  }
}

/** A message group in a queue without order. */
export class Tenant {
  readonly name: string;
  readonly busy = new BusyTime();
  readyCount = 0;
  inFlight = 0;
  isNoisy = false;
  /** When a message of it came last, monotonic. */
  sentAt = 0;
  /** The last message that the present receive left where it is, or `NONE`. */
  passed = NONE;
  readonly #ready: SlotList;

  constructor(name: string, columns: { readonly next: Int32Array; readonly prev: Int32Array }) {
    this.name = name;
    this.#ready = new SlotList(columns);
  }

  get first(): number {
    return this.#ready.first;
  }

  after(slot: number): number {
    return this.#ready.after(slot);
  }

  add(slot: number): void {
    this.readyCount++;
    this.#ready.pushTail(slot);
  }

  remove(slot: number): void {
    this.readyCount--;
    this.#ready.remove(slot);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (let slot = this.#ready.first; slot !== NONE; slot = this.#ready.after(slot)) visit(slot);
  }
}
