import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import { LookAhead } from './look-ahead.js';
import { GroupList, MessageGroup } from './message-group.js';
import type { MessageExtras } from './message-extras.js';
import type { MessageStore } from './message-store.js';
import { State } from './states.js';

/**
 * Order within each message group (SQS FIFO queues). What may be taken of a group is the longest beginning of its undeleted messages that
 * are all ready: as long as its first message is leased, the group is blocked, and a receive takes of a free group as many messages as it
 * can before it goes on to the next. Groups take turns.
 *
 * | the group's first message ╲ event | it is taken | it comes back | it leaves, the next is ready | it leaves, the next is leased | horizon passes it |
 * | ---------- | ------- | --------- | --------- | ------- | --------- |
 * | is ready: available  | blocked | –         | available | blocked | hidden    |
 * | is leased: blocked   | –       | available | available | blocked | –         |
 * | is beyond the horizon: hidden | – | –      | –         | –       | available |
 */
export class GroupOrder implements DeliveryOrder {
  readonly #store: MessageStore;
  readonly #extras: MessageExtras;
  readonly #groups = new Map<string, MessageGroup>();
  readonly #available = new GroupList();
  readonly #lookAhead: LookAhead;

  constructor(store: MessageStore, lookAhead: number) {
    this.#store = store;
    this.#extras = store.extras;
    const reconsider = (slot: number): void => this.#reconsider(this.#extras.member[slot] as MessageGroup);
    this.#lookAhead = new LookAhead(lookAhead, store.extras, reconsider, reconsider);
  }

  get first(): number {
    return this.#available.first?.head ?? NONE;
  }

  following(slot: number): number {
    const extras = this.#extras;
    const next = extras.next[slot] as number;
    if (next !== NONE && this.#store.state[next] === State.ready && this.#lookAhead.sees(next)) return next;
    return (extras.member[slot] as MessageGroup).next?.head ?? NONE;
  }

  arrive(slot: number): void {
    this.#join(slot);
  }

  arriveLeased(slot: number): void {
    this.#join(slot);
  }

  take(slot: number): void {
    const group = this.#extras.member[slot] as MessageGroup;
    if (group.head === slot && group.isAvailable) this.#available.remove(group);
  }

  giveBack(slot: number): void {
    this.#reconsider(this.#extras.member[slot] as MessageGroup);
  }

  remove(slot: number, _wasReady: boolean): void {
    const extras = this.#extras;
    const group = extras.member[slot] as MessageGroup;
    const wasHead = group.head === slot;
    group.remove(slot, extras);
    extras.member[slot] = null;
    this.#lookAhead.remove(slot);
    if (wasHead) this.#reconsider(group);
    if (group.isEmpty) this.#groups.delete(group.name);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (let group = this.#available.first; group !== null; group = group.next) this.#visitReady(group, visit);
    for (const group of this.#groups.values()) if (!group.isAvailable) this.#visitReady(group, visit);
  }

  #visitReady(group: MessageGroup, visit: (slot: number) => void): void {
    for (let slot = group.head; slot !== NONE; slot = this.#extras.next[slot] as number) {
      if (this.#store.state[slot] === State.ready) visit(slot);
    }
  }

  #join(slot: number): void {
    const extras = this.#extras;
    const name = extras.group[slot] ?? '';
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = new MessageGroup(name);
      this.#groups.set(name, group);
    }
    extras.member[slot] = group;
    group.add(slot, extras);
    this.#lookAhead.add(slot);
    if (group.head === slot) this.#reconsider(group);
  }

  /** Whether a group is available follows from its first message alone. */
  #reconsider(group: MessageGroup): void {
    const { head } = group;
    const isAvailable = head !== NONE && this.#store.state[head] === State.ready && this.#lookAhead.sees(head);
    if (isAvailable === group.isAvailable) return;
    if (isAvailable) this.#available.add(group);
    else this.#available.remove(group);
  }
}
