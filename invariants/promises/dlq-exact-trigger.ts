import { DropReason, EventKind, MoveReason, type NameId } from '../../history/index.js';
import { deadLetters } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongMove extends Breach {
  readonly target: NameId;
  readonly what: 'no-rule' | 'too-few' | 'held' | 'nobody-asked' | 'too-few-returns';
  readonly count: number;
  readonly limit: number;
  readonly holder: NameId;
  readonly heldUntilMicros: number;
}

/**
 * A receive that finds a message at its limit moves it; nothing else does. A receive is seen as a poll that waits or ends,
 * or as another message handed out. So a move at the very instant at which a deadline ended the lease, with none of these
 * around it at that instant, was made by the deadline. A message that a consumer gives back proves nothing: the same consumer
 * may ask for more in the same breath, without waiting.
 */
export const dlqExactTrigger = defineInvariant<WrongMove, 'dlq-exact-trigger'>({
  id: 'dlq-exact-trigger',
  promise: 'A message moves to the dead-letter queue when it was received maxReceiveCount times and is asked for once more, not before; a quorum queue with a delivery limit lets go of one when it came back more often than that.',
  exercisedBy: 'messages that left because of their limit',
  concerns: deadLetters,
  hearsAll: true,
  create(facts, tally) {
    const { standard, returns } = facts;
    const suspicion = new Suspicion();
    const confirm = (now: number): void => {
      const found = suspicion.confirmedBy(now);
      if (found !== null) for (const move of found) if (tally.breach(null)) tally.tell(move);
    };
    const pushed = (event: EventView): void => {
      const limit = returns.limitOf(event);
      const count = returns.of(event.copy);
      if (limit === null || count === null) return;
      tally.exercised++;
      if (count > limit || facts.broker.loss !== null || event.copySlot === NO_SLOT || !tally.breach(null)) return;
      tally.tell({ ...describe(facts, event, 'too-few-returns'), count, limit });
    };
    const isReceiving = (event: EventView): void => {
      confirm(event.time);
      suspicion.acquit(event.dest);
    };
    return {
      on: {
        [EventKind.setAside]: (event) => {
          if (event.a === MoveReason.deliveryLimit) pushed(event);
        },
        [EventKind.drop]: (event) => {
          if (event.a === DropReason.deliveryLimit) pushed(event);
        },
        [EventKind.move]: (event) => {
          confirm(event.time);
          // One that was kept until its letters were confirmed was judged when it was set aside.
          if (event.b === MoveReason.deliveryLimit && event.c > 0) pushed(event);
          if (event.b !== MoveReason.limit) return;
          tally.exercised++;
          if (event.copySlot === NO_SLOT || isMisplaced(facts, event)) return;
          const what = mistake(facts, event);
          if (what === null) {
            if (isAtDeadline(facts, event)) suspicion.add(describe(facts, event, 'nobody-asked'));
          } else if (tally.breach(what === 'held' ? standard : null)) tally.tell(describe(facts, event, what));
        },
        [EventKind.leaseGrant]: isReceiving,
        [EventKind.pollWait]: isReceiving,
        [EventKind.pollEnd]: isReceiving,
      },
      finish: () => confirm(Infinity),
    };
  },
  word({ atMicros, message, queue, target, what, count, limit, holder, heldUntilMicros }, { at, name }) {
    const moved = `message ${message} moved from ${name(queue)} to ${name(target)} at ${at(atMicros)}`;
    if (what === 'too-few-returns') return `message ${message} left ${name(queue)} at ${at(atMicros)} because of its delivery limit of ${limit}, and had come back ${count} times`;
    if (what === 'no-rule') return `${moved}, where no dead-letter rule sends it`;
    if (what === 'too-few') return `${moved} after ${count} of ${limit} deliveries`;
    if (what === 'held') return `${moved} while ${name(holder)} held it until ${at(heldUntilMicros)}`;
    return `${moved}, the instant at which its lease by ${name(holder)} ended, and nobody was receiving`;
  },
});

function mistake(facts: Facts, event: EventView): Exclude<WrongMove['what'], 'nobody-asked' | 'too-few-returns'> | null {
  const { copies } = facts;
  const rule = facts.queue(event.dest).contract?.deadLetter ?? null;
  if (rule === null || rule.queue !== facts.names.text(event.peer)) return 'no-rule';
  if (copies.count[event.copySlot]! < rule.maxReceiveCount) return 'too-few';
  return copies.isHeld(event.copySlot, event.time) ? 'held' : null;
}

/** True when a deadline ended the lease in time and at this instant, and nobody waits. One that ended late may have been ended by the receive itself. */
function isAtDeadline(facts: Facts, event: EventView): boolean {
  const { copies } = facts;
  const slot = event.copySlot;
  const isNow = copies.expiredAt[slot] === event.time;
  const slack = 1 + facts.driftMicros(copies.leaseMicros[slot]!);
  return isNow && event.time <= copies.promisedUntil[slot]! + slack && facts.queue(event.dest).pollers === 0;
}

function describe(facts: Facts, event: EventView, what: WrongMove['what']): WrongMove {
  const { copies } = facts;
  const slot = event.copySlot;
  return {
    atMicros: event.time, message: event.message, queue: event.dest, target: event.peer, what, count: copies.count[slot]!,
    limit: facts.queue(event.dest).maxReceiveCount, holder: copies.holder[slot]!, heldUntilMicros: copies.availableAt[slot]!,
  };
}

/** Moves of one instant that no receive explains yet. */
class Suspicion {
  #moves: WrongMove[] = [];

  add(move: WrongMove): void {
    this.#moves.push(move);
  }

  /** Someone receives from this queue at the instant of the moves. */
  acquit(queue: NameId): void {
    if (this.#moves.length > 0) this.#moves = this.#moves.filter((move) => move.queue !== queue);
  }

  /** The moves of an earlier instant: nothing can explain them any more. Null for none. */
  confirmedBy(nowMicros: number): readonly WrongMove[] | null {
    const moves = this.#moves;
    if (moves.length === 0 || moves[0]!.atMicros >= nowMicros) return null;
    this.#moves = [];
    return moves;
  }
}
