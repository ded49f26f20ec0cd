import { BoardLevels, type QueueLevels } from './board-levels.js';
import type { RawRow } from './event-row.js';
import { CopyState, EventKind, MoveReason, type NameId } from './events.js';

/** A stored copy as it stands in its queue. */
export interface BoardCopy {
  readonly copy: number;
  readonly message: number;
  readonly broker: NameId;
  readonly queue: NameId;
  readonly state: CopyState;
  /** Of a lease, who has it; else 0. */
  readonly consumer: NameId;
  readonly handle: number;
  readonly deliveries: number;
  /** When the lease or the delay ends, if nothing happens before; of a ready copy, since when. */
  readonly untilMicros: number;
  /** False from the beginning of a recovery until the copy is found in the journal. */
  readonly confirmed: boolean;
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

/** How a change is taken back. */
export type BoardUndo = () => void;

/**
 * What stands where while a history is read row by row: the copies in their queues, leases, work, machines and faults.
 * Whoever wants to go back as well gives a journal, which takes down how each change is undone.
 */
export class Board {
  readonly copies: ReadonlyMap<number, BoardCopy>;
  readonly work: ReadonlyMap<string, BoardWork>;
  readonly faults: ReadonlyMap<string, BoardFault>;
  readonly down: ReadonlySet<NameId>;
  readonly #copies = new Map<number, BoardCopy>();
  readonly #work = new Map<string, BoardWork>();
  readonly #faults = new Map<string, BoardFault>();
  readonly #down = new Set<NameId>();
  readonly #levels = new BoardLevels();
  readonly #journal: BoardUndo[] | null;
  #acknowledged = 0;
  #effects = 0;

  constructor(journal: BoardUndo[] | null = null) {
    this.#journal = journal;
    this.copies = this.#copies;
    this.work = this.#work;
    this.faults = this.#faults;
    this.down = this.#down;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  get effects(): number {
    return this.#effects;
  }

  /** How many copies a queue holds at an instant, by state. */
  levelsOf(queue: NameId, atMicros: number): QueueLevels {
    return this.#levels.of(queue, atMicros);
  }

  /** Everything as it stands, to go on from later. */
  data(): BoardData {
    return {
      copies: [...this.#copies.values()], work: [...this.#work.values()], faults: [...this.#faults.values()], down: [...this.#down],
      acknowledged: this.#acknowledged, effects: this.#effects,
    };
  }

  static from({ copies, work, faults, down, acknowledged, effects }: BoardData, journal: BoardUndo[] | null = null): Board {
    const board = new Board(journal);
    for (const copy of copies) board.#put(copy);
    for (const entry of work) board.#work.set(workKey(entry.consumer, entry.handle), entry);
    for (const fault of faults) board.#faults.set(faultKey(fault), fault);
    for (const name of down) board.#down.add(name);
    board.#acknowledged = acknowledged;
    board.#effects = effects;
    if (journal !== null) journal.length = 0;
    return board;
  }

  apply(row: RawRow): void {
    switch (row.kind) {
      case EventKind.accept:
      case EventKind.restore:
        this.#store(row);
        break;
      case EventKind.leaseGrant:
        this.#change(row, { state: CopyState.leased, consumer: row.peer, handle: row.a, deliveries: row.b, untilMicros: row.timeMicros + row.c });
        break;
      case EventKind.leaseExtend:
        this.#change(row, { state: CopyState.leased, handle: row.a, untilMicros: row.timeMicros + row.c });
        break;
      case EventKind.leaseExpire:
      case EventKind.leaseRelease:
        this.#change(row, { state: CopyState.ready, consumer: 0, handle: 0, untilMicros: row.timeMicros });
        break;
      case EventKind.setAside:
        this.#change(row, { state: CopyState.delayed, untilMicros: row.timeMicros + row.c });
        break;
      case EventKind.settle:
        this.#acknowledged++;
        this.#journal?.push(() => this.#acknowledged--);
        this.#remove(row.copy);
        break;
      case EventKind.drop:
        this.#remove(row.copy);
        break;
      case EventKind.move:
        if (row.b !== MoveReason.limit) this.#remove(row.copy);
        else this.#change(row, { queue: row.peer, state: CopyState.ready, consumer: 0, handle: 0, untilMicros: row.timeMicros });
        break;
      default:
        this.#applyToMachines(row);
    }
  }

  #store(row: RawRow): void {
    const isFound = row.kind === EventKind.restore;
    const state = isFound ? (row.b as CopyState) : row.a > 0 ? CopyState.delayed : CopyState.ready;
    const known = this.#copies.get(row.copy);
    this.#put({
      copy: row.copy, message: row.message, broker: row.actor, queue: row.dest, state,
      consumer: state === CopyState.leased ? (known?.consumer ?? 0) : 0, handle: state === CopyState.leased ? (known?.handle ?? 0) : 0,
      deliveries: isFound ? row.a : 0, untilMicros: row.timeMicros + (isFound ? row.c : row.a), confirmed: true,
    });
  }

  #change(row: RawRow, change: Partial<BoardCopy>): void {
    const copy = this.#copies.get(row.copy);
    if (copy !== undefined) this.#put({ ...copy, ...change });
  }

  /** Stores a copy, in the place of what was known of it. */
  #put(copy: BoardCopy): void {
    const before = this.#copies.get(copy.copy);
    if (before !== undefined) this.#levels.remove(before);
    this.#copies.set(copy.copy, copy);
    this.#levels.add(copy);
    this.#journal?.push(() => (before === undefined ? this.#takeOut(copy) : this.#putBack(before)));
  }

  #remove(id: number): void {
    const before = this.#copies.get(id);
    if (before === undefined) return;
    this.#takeOut(before);
    this.#journal?.push(() => this.#putBack(before));
  }

  #takeOut(copy: BoardCopy): void {
    this.#copies.delete(copy.copy);
    this.#levels.remove(copy);
  }

  #putBack(copy: BoardCopy): void {
    const now = this.#copies.get(copy.copy);
    if (now !== undefined) this.#levels.remove(now);
    this.#copies.set(copy.copy, copy);
    this.#levels.add(copy);
  }

  #applyToMachines(row: RawRow): void {
    switch (row.kind) {
      case EventKind.handleStart:
        this.#set(this.#work, workKey(row.actor, row.a), { consumer: row.actor, message: row.message, handle: row.a, sinceMicros: row.timeMicros });
        break;
      case EventKind.handleEnd:
        this.#set(this.#work, workKey(row.actor, row.a), undefined);
        break;
      case EventKind.effect:
        if (row.b === 0) break;
        this.#effects++;
        this.#journal?.push(() => this.#effects--);
        break;
      case EventKind.nodeStop:
        this.#setDown(row.actor, true);
        for (const [key, { consumer }] of this.#work) if (consumer === row.actor) this.#set(this.#work, key, undefined);
        break;
      case EventKind.nodeStart:
        this.#setDown(row.actor, false);
        break;
      case EventKind.recoverBegin:
        for (const copy of this.#copies.values()) if (concerns(row, copy)) this.#put({ ...copy, confirmed: false });
        break;
      case EventKind.recoverEnd:
        for (const copy of this.#copies.values()) if (!copy.confirmed && concerns(row, copy)) this.#remove(copy.copy);
        break;
      case EventKind.faultBegin:
        this.#set(this.#faults, faultKey({ index: row.a, actor: row.actor, peer: row.peer }), { index: row.a, kind: row.b, actor: row.actor, peer: row.peer, sinceMicros: row.timeMicros });
        break;
      case EventKind.faultEnd:
        this.#set(this.#faults, faultKey({ index: row.a, actor: row.actor, peer: row.peer }), undefined);
        break;
      default:
    }
  }

  /** Sets what a key stands for; undefined takes it away. */
  #set<T>(map: Map<string, T>, key: string, value: T | undefined): void {
    const before = map.get(key);
    assign(map, key, value);
    this.#journal?.push(() => assign(map, key, before));
  }

  #setDown(name: NameId, isDown: boolean): void {
    const wasDown = this.#down.has(name);
    if (isDown) this.#down.add(name);
    else this.#down.delete(name);
    this.#journal?.push(() => (wasDown ? this.#down.add(name) : this.#down.delete(name)));
  }

  /** How a copy stands at an instant: a delay ends by itself, no event says so. */
  static stateAt({ state, untilMicros }: BoardCopy, atMicros: number): CopyState {
    return state === CopyState.delayed && untilMicros <= atMicros ? CopyState.ready : state;
  }
}

function assign<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

const workKey = (consumer: NameId, handle: number): string => `${consumer} ${handle}`;
const faultKey = ({ index, actor, peer }: { readonly index: number; readonly actor: NameId; readonly peer: NameId }): string => `${index} ${actor} ${peer}`;
const concerns = (recovery: RawRow, copy: BoardCopy): boolean => copy.broker === recovery.actor && (recovery.dest === 0 || recovery.dest === copy.queue);
