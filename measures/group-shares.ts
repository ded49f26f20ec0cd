import type { NameId } from '../history/index.js';
import type { GroupResult } from './result.js';

/** Message groups that are told apart over all queues. */
export const MAX_GROUPS = 1_000;

/** No group: of a copy without one, or of a group beyond {@link MAX_GROUPS}. */
export const NO_GROUP = 0;

interface Share {
  readonly queue: NameId;
  readonly group: NameId;
  placed: number;
  received: number;
  acknowledged: number;
  waitMicros: number;
  maxWaitMicros: number;
  /** Copies of it that are leased now; since when there are any; and for how long there were before. */
  leased: number;
  busySince: number;
  busyMicros: number;
}

/** What became of the messages of each message group in each queue, and how long they waited there to be received for the first time. */
export class GroupShares {
  readonly #shares: Share[] = [];
  readonly #numbers = new Map<NameId, Map<NameId, number>>();

  /** A copy takes its place in a group: the group's number here, from 1 on, or {@link NO_GROUP}. */
  placed(queue: NameId, group: NameId): number {
    const number = this.#numberOf(queue, group);
    if (number !== NO_GROUP) this.#shares[number - 1]!.placed++;
    return number;
  }

  received(number: number, waitMicros: number): void {
    if (number === NO_GROUP) return;
    const share = this.#shares[number - 1]!;
    share.received++;
    share.waitMicros += waitMicros;
    if (waitMicros > share.maxWaitMicros) share.maxWaitMicros = waitMicros;
  }

  acknowledged(number: number): void {
    if (number !== NO_GROUP) this.#shares[number - 1]!.acknowledged++;
  }

  /** Of a group's copies one more or one less is leased: as long as any is, the group of a FIFO queue is taken. */
  leased(number: number, by: 1 | -1, nowMicros: number): void {
    if (number === NO_GROUP) return;
    const share = this.#shares[number - 1]!;
    if (by === 1 && share.leased === 0) share.busySince = nowMicros;
    if (by === -1 && share.leased === 1) share.busyMicros += nowMicros - share.busySince;
    share.leased += by;
  }

  /** How many groups there are: they are numbered from 1 on. */
  get size(): number {
    return this.#shares.length;
  }

  nameOf(number: number): { readonly queue: NameId; readonly group: NameId } {
    return this.#shares[number - 1]!;
  }

  /** For how long some copy of the group was leased, up to now. */
  busyMicrosAt(number: number, nowMicros: number): number {
    const { leased, busySince, busyMicros } = this.#shares[number - 1]!;
    return leased === 0 ? busyMicros : busyMicros + nowMicros - busySince;
  }

  /** In the order in which they first had a message. */
  result(nameOf: (id: NameId) => string): GroupResult[] {
    return this.#shares.map(({ queue, group, placed, received, acknowledged, waitMicros, maxWaitMicros }) => ({
      queue: nameOf(queue), name: nameOf(group), placed, received, acknowledged,
      waitMeanMicros: received === 0 ? 0 : waitMicros / received, waitMaxMicros: maxWaitMicros,
    }));
  }

  #numberOf(queue: NameId, group: NameId): number {
    let ofQueue = this.#numbers.get(queue);
    if (ofQueue === undefined) this.#numbers.set(queue, (ofQueue = new Map()));
    const known = ofQueue.get(group);
    if (known !== undefined) return known;
    if (this.#shares.length === MAX_GROUPS) return NO_GROUP;
    const number = this.#shares.push({ queue, group, placed: 0, received: 0, acknowledged: 0, waitMicros: 0, maxWaitMicros: 0, leased: 0, busySince: 0, busyMicros: 0 });
    ofQueue.set(group, number);
    return number;
  }
}
