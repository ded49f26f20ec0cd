import type { RawRow } from './event-row.js';
import { CopyState, EventKind, MoveReason, type NameId } from './events.js';

/** A stored copy as it stands in its queue. */
export interface BoardCopy {
  readonly copy: number;
  readonly message: number;
  readonly broker: NameId;
  queue: NameId;
  state: CopyState;
  /** Of a lease, who has it; else 0. */
  consumer: NameId;
  handle: number;
  deliveries: number;
  /** When the lease or the delay ends, if nothing happens before; of a ready copy, since when. */
  untilMicros: number;
  /** False from the beginning of a recovery until the copy is found in the journal. */
  confirmed: boolean;
}

/** A message that a consumer works on. */
export interface BoardWork {
  readonly consumer: NameId;
  readonly message: number;
  readonly handle: number;
  readonly sinceMicros: number;
}

export interface BoardFault {
  readonly index: number;
  readonly kind: NameId;
  readonly actor: NameId;
  readonly peer: NameId;
  readonly sinceMicros: number;
}

/** Everything that stands at an instant, as plain data: it can be copied, kept and compared. */
export interface BoardData {
  readonly copies: readonly BoardCopy[];
  readonly work: readonly BoardWork[];
  readonly faults: readonly BoardFault[];
  /** Machines that are not up. */
  readonly down: readonly NameId[];
  readonly acknowledged: number;
  readonly effects: number;
}

/** What stands where while a history is read row by row: the copies in their queues, leases, work, machines and faults. */
export class Board {
  readonly copies = new Map<number, BoardCopy>();
  readonly work = new Map<string, BoardWork>();
  readonly faults = new Map<string, BoardFault>();
  readonly down = new Set<NameId>();
  acknowledged = 0;
  effects = 0;

  /** Everything as it stands, to go on from later. */
  data(): BoardData {
    return {
      copies: [...this.copies.values()].map((copy) => ({ ...copy })), work: [...this.work.values()], faults: [...this.faults.values()], down: [...this.down],
      acknowledged: this.acknowledged, effects: this.effects,
    };
  }

  static from({ copies, work, faults, down, acknowledged, effects }: BoardData): Board {
    const board = new Board();
    for (const copy of copies) board.copies.set(copy.copy, { ...copy });
    for (const entry of work) board.work.set(workKey(entry.consumer, entry.handle), entry);
    for (const fault of faults) board.faults.set(faultKey(fault), fault);
    for (const name of down) board.down.add(name);
    board.acknowledged = acknowledged;
    board.effects = effects;
    return board;
  }

  apply(row: RawRow): void {
    switch (row.kind) {
      case EventKind.accept:
      case EventKind.restore:
        this.#store(row);
        break;
      case EventKind.leaseGrant:
        this.#lease(row);
        break;
      case EventKind.leaseExtend:
        this.#change(row, (copy) => Object.assign(copy, { state: CopyState.leased, handle: row.a, untilMicros: row.timeMicros + row.c }));
        break;
      case EventKind.leaseExpire:
      case EventKind.leaseRelease:
        this.#change(row, (copy) => Object.assign(copy, { state: CopyState.ready, consumer: 0, handle: 0, untilMicros: row.timeMicros }));
        break;
      case EventKind.settle:
        this.acknowledged++;
        this.copies.delete(row.copy);
        break;
      case EventKind.drop:
        this.copies.delete(row.copy);
        break;
      case EventKind.move:
        if (row.b !== MoveReason.limit) this.copies.delete(row.copy);
        else this.#change(row, (copy) => Object.assign(copy, { queue: row.peer, state: CopyState.ready, consumer: 0, handle: 0, untilMicros: row.timeMicros }));
        break;
      default:
        this.#applyToMachines(row);
    }
  }

  #store(row: RawRow): void {
    const isFound = row.kind === EventKind.restore;
    const state = isFound ? (row.b as CopyState) : row.a > 0 ? CopyState.delayed : CopyState.ready;
    const known = this.copies.get(row.copy);
    this.copies.set(row.copy, {
      copy: row.copy, message: row.message, broker: row.actor, queue: row.dest, state,
      consumer: state === CopyState.leased ? (known?.consumer ?? 0) : 0, handle: state === CopyState.leased ? (known?.handle ?? 0) : 0,
      deliveries: isFound ? row.a : 0, untilMicros: row.timeMicros + (isFound ? row.c : row.a), confirmed: true,
    });
  }

  #lease(row: RawRow): void {
    this.#change(row, (copy) => Object.assign(copy, {
      state: CopyState.leased, consumer: row.peer, handle: row.a, deliveries: row.b, untilMicros: row.timeMicros + row.c,
    }));
  }

  #change(row: RawRow, change: (copy: BoardCopy) => void): void {
    const copy = this.copies.get(row.copy);
    if (copy !== undefined) change(copy);
  }

  #applyToMachines(row: RawRow): void {
    switch (row.kind) {
      case EventKind.handleStart:
        this.work.set(workKey(row.actor, row.a), { consumer: row.actor, message: row.message, handle: row.a, sinceMicros: row.timeMicros });
        break;
      case EventKind.handleEnd:
        this.work.delete(workKey(row.actor, row.a));
        break;
      case EventKind.effect:
        if (row.b !== 0) this.effects++;
        break;
      case EventKind.nodeStop:
        this.down.add(row.actor);
        for (const [key, { consumer }] of this.work) if (consumer === row.actor) this.work.delete(key);
        break;
      case EventKind.nodeStart:
        this.down.delete(row.actor);
        break;
      case EventKind.recoverBegin:
        for (const copy of this.copies.values()) if (concerns(row, copy)) copy.confirmed = false;
        break;
      case EventKind.recoverEnd:
        for (const copy of this.copies.values()) if (!copy.confirmed && concerns(row, copy)) this.copies.delete(copy.copy);
        break;
      case EventKind.faultBegin:
        this.faults.set(faultKey({ index: row.a, actor: row.actor, peer: row.peer }), { index: row.a, kind: row.b, actor: row.actor, peer: row.peer, sinceMicros: row.timeMicros });
        break;
      case EventKind.faultEnd:
        this.faults.delete(faultKey({ index: row.a, actor: row.actor, peer: row.peer }));
        break;
      default:
    }
  }

  /** How a copy stands at an instant: a delay ends by itself, no event says so. */
  static stateAt({ state, untilMicros }: BoardCopy, atMicros: number): CopyState {
    return state === CopyState.delayed && untilMicros <= atMicros ? CopyState.ready : state;
  }
}

const workKey = (consumer: NameId, handle: number): string => `${consumer} ${handle}`;
const faultKey = ({ index, actor, peer }: { readonly index: number; readonly actor: NameId; readonly peer: NameId }): string => `${index} ${actor} ${peer}`;
const concerns = (recovery: RawRow, copy: BoardCopy): boolean => copy.broker === recovery.actor && (recovery.dest === 0 || recovery.dest === copy.queue);
