import type { Mutations } from '../../mutants/index.js';

const FIRST_CAPACITY = 64;

/** Says that publishes are confirmed. */
export type SendConfirm = (tag: number, multiple: boolean, isAck: boolean) => void;

/**
 * The publishes of a channel in confirm mode, by number from 1: each is confirmed once, as soon as it is where it was to go. Those that wait for the journal
 * stand in a ring in their order; when several come through at once, one confirm says it for all (`multiple`).
 */
export class Confirms {
  readonly #send: SendConfirm;
  #tags = new Float64Array(FIRST_CAPACITY);
  #positions = new Float64Array(FIRST_CAPACITY);
  #head = 0;
  #size = 0;
  #last = 0;

  readonly #mutations: Mutations;

  constructor(send: SendConfirm, mutations: Mutations) {
    this.#mutations = mutations;
    this.#send = send;
  }

  /** Publishes that are not confirmed. */
  get pending(): number {
    return this.#size;
  }

  /** The number of the publish that has come. */
  next(): number {
    return ++this.#last;
  }

  /** Confirmed when everything below `position` is durable. */
  wait(tag: number, position: number): void {
    if (this.#size === this.#tags.length) this.#grow();
    const at = (this.#head + this.#size) & (this.#tags.length - 1);
    this.#tags[at] = tag;
    this.#positions[at] = position;
    this.#size++;
  }

  /** There is nothing to wait for. */
  settle(tag: number, isAck: boolean): void {
    const isForAll = !isAck && this.#mutations.nackCoversWaiting;
    if (isForAll) this.#size = 0;
    this.#send(tag, isForAll, isAck);
  }

  release(durable: number): void {
    let count = 0;
    let tag = 0;
    while (this.#size > 0 && (this.#positions[this.#head] as number) <= durable) {
      tag = this.#tags[this.#head] as number;
      this.#head = (this.#head + 1) & (this.#tags.length - 1);
      this.#size--;
      count++;
    }
    // Whatever has a lower number and did not wait is confirmed already.
    if (count > 0) this.#send(tag, count > 1, true);
    if (count > 0 && this.#mutations.confirmedTwice) this.#send(tag, false, true);
  }

  #grow(): void {
    const old = this.#tags.length;
    const tags = new Float64Array(old * 2);
    const positions = new Float64Array(old * 2);
    for (let index = 0; index < this.#size; index++) {
      const from = (this.#head + index) & (old - 1);
      tags[index] = this.#tags[from] as number;
      positions[index] = this.#positions[from] as number;
    }
    this.#tags = tags;
    this.#positions = positions;
    this.#head = 0;
  }
}
