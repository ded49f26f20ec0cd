import type { MessageProperties } from './message-properties.js';
import type { MessageStore } from './message-store.js';

/** A message that was deleted, and of which one storage server has not heard that. */
export interface Ghost {
  readonly messageId: number;
  readonly trace: number;
  readonly body: Uint8Array;
  readonly properties: MessageProperties | null;
  readonly sentWall: number;
  readonly count: number;
  readonly serial: number;
  readonly receivedAt: number;
  /** When the visibility timeout is over on that server, monotonic. */
  readonly due: number;
}

/** What is left of the message in this slot, to come back at `due`. */
export function ghostOf(store: MessageStore, slot: number, due: number): Ghost {
  return {
    messageId: store.messageId[slot] as number, trace: store.trace[slot] as number, body: store.body[slot] as Uint8Array,
    properties: store.propertiesOf(slot), sentWall: store.age.key[slot] as number, count: store.count[slot] as number,
    serial: store.serial[slot] as number, receivedAt: store.receivedAt[slot] as number, due,
  };
}

/** Ghosts in the order in which they come back. They are few, and a restart, which brings all servers to one state, forgets them. */
export class Ghosts {
  #list: Ghost[] = [];

  /** When the first comes back; `Infinity` for never. */
  get firstDue(): number {
    return this.#list[0]?.due ?? Infinity;
  }

  add(ghost: Ghost): void {
    const at = this.#list.findIndex(({ due }) => due > ghost.due);
    if (at < 0) this.#list.push(ghost);
    else this.#list.splice(at, 0, ghost);
  }

  takeFirst(): Ghost {
    return this.#list.shift() as Ghost;
  }

  clear(): void {
    this.#list = [];
  }
}
