import { DropReason, EventKind, MoveReason, type NameId } from '../../history/index.js';
import { levelIn } from '../contracts/levels.js';
import type { PushContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import type { Facts } from './facts.js';
import { type Heads, LaneTurns } from './lane-turns.js';
import { ReadyLines } from './ready-lines.js';

/** Levels of a queue with two lanes. */
export const UPPER = 1;
const LOWER = 0;

/** What is said of a message that was handed out: from which lane, and whether it was that one's turn. */
export interface Turn {
  readonly isUpper: boolean;
  readonly isInTurn: boolean;
}

interface Lanes {
  readonly lines: ReadyLines;
  readonly turns: LaneTurns;
}

/** Whose head leaves unserved: the queue looks at it as at one that it serves. */
const FROM_HEAD: ReadonlySet<number> = new Set([DropReason.expired, DropReason.maxLength, DropReason.purge]);
const MOVES_FROM_HEAD: ReadonlySet<number> = new Set([MoveReason.expired, MoveReason.maxLength]);

/**
 * Follows quorum queues with two lanes. Where something is ready of which it is not known where it stands, as after a recovery, nothing is said before that is gone.
 */
export class LanesInTurn {
  readonly #facts: Facts;
  readonly #queues = new Map<NameId, Lanes>();
  /** A recovery forgets the turns. */
  #wasRecovered = false;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Null: the queue has no such lanes, or nothing is said of where in them stands what comes back. */
  contractOf({ dest }: EventView): PushContract | null {
    const push = this.#facts.queue(dest).contract?.push;
    return push?.upperLaneAbove === undefined || push.returns === undefined ? null : push;
  }

  came(event: EventView, push: PushContract): void {
    const { lines, turns } = this.#of(event);
    // One that went with its last message, and was declared again, begins anew.
    if (lines.size === 0 && this.#facts.queue(event.dest).contract?.drops?.mayBeDeleted === true) turns.forget();
    lines.arrives(event.copy, levelIn(push, event.c - 1));
  }

  gaveBack(event: EventView, push: PushContract): void {
    const { lines } = this.#of(event);
    if (push.returns === 'last') lines.arrives(event.copy, LOWER);
    else lines.returns(event.copy);
  }

  leftBehind(event: EventView): void {
    this.#of(event).lines.returns(event.copy);
  }

  leaves(event: EventView): void {
    const { lines, turns } = this.#of(event);
    const isFromHead = (event.kind === EventKind.drop && FROM_HEAD.has(event.a)) || (event.kind === EventKind.move && MOVES_FROM_HEAD.has(event.b)) || (event.kind === EventKind.setAside && MOVES_FROM_HEAD.has(event.a));
    if (isFromHead && !lines.hasReturned(event.copy)) turns.mayPass();
    lines.leaves(event.copy);
  }

  recovers(): void {
    this.#queues.clear();
    this.#wasRecovered = true;
  }

  /** Null: nothing can be said of it. */
  handedOut(event: EventView): Turn | null {
    const { lines, turns } = this.#of(event);
    const isAllKnown = this.#facts.queue(event.dest).ready === lines.size;
    const wasReturned = lines.hasReturned(event.copy);
    const isUpper = lines.isIn(event.copy, UPPER);
    const heads = isAllKnown && lines.has(event.copy) ? headsOf(lines) : null;
    lines.leaves(event.copy);
    if (wasReturned) return null;
    if (heads === null) {
      turns.forget();
      return null;
    }
    return { isUpper, isInTurn: turns.took(isUpper, heads) };
  }

  /** Whether messages of both lanes wait. */
  waitsInBoth(event: EventView): boolean {
    const { lines } = this.#of(event);
    return lines.firstIn(UPPER) !== null && lines.firstIn(LOWER) !== null;
  }

  #of({ dest }: EventView): Lanes {
    let known = this.#queues.get(dest);
    if (known === undefined) {
      this.#queues.set(dest, known = { lines: new ReadyLines(), turns: new LaneTurns() });
      if (this.#wasRecovered) known.turns.forget();
    }
    return known;
  }
}

function headsOf(lines: ReadyLines): Heads {
  const upper = lines.firstIn(UPPER);
  const lower = lines.firstIn(LOWER);
  if (upper === null) return 'lower alone';
  if (lower === null) return 'upper alone';
  return lines.isBefore(upper, lower) ? 'both, upper older' : 'both, lower older';
}
