import { EventKind, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import { deadLetters } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';
import { counted } from '../words.js';

interface Unconserved extends Breach {
  readonly what: 'second-copy' | 'still-in-source' | 'found-twice' | 'not-found' | 'miscounted';
  readonly broker: NameId;
  /** The queue that has the copy, or should have it. */
  readonly target: NameId;
  readonly counted: number;
  readonly expected: number;
}

export const dlqConservation = defineInvariant<Unconserved, 'dlq-conservation'>({
  id: 'dlq-conservation',
  promise: 'A message that moves to another queue is there exactly once, and in its old queue no more.',
  exercisedBy: 'messages moved',
  concerns: deadLetters,
  create(facts, tally) {
    const { copies } = facts;
    const { standard } = facts;

    function report(event: EventView, what: Unconserved['what'], circumstance: Circumstance | null, expected = 1): void {
      if (!tally.breach(circumstance)) return;
      const target = event.copySlot === NO_SLOT ? event.dest : copies.queue[event.copySlot]!;
      tally.tell({
        atMicros: event.time, message: event.message, queue: event.dest, what, broker: event.actor, target,
        counted: event.a + event.b + event.c, expected,
      });
    }
    const actsInOldQueue = (event: EventView): void => {
      if (isMisplaced(facts, event) && copies.has(event.copySlot, CopyFlag.moved)) report(event, 'still-in-source', standard);
    };
    facts.vanishListeners.push((slot, atMicros) => {
      // What was never written, and nobody was told of, was never there.
      if (!facts.wasAcknowledged(slot) && copies.deliveredCount[slot] === 0) return;
      if (!copies.has(slot, CopyFlag.moved) || copies.has(slot, CopyFlag.ackAsked) || !tally.breach(facts.broker.loss)) return;
      const queue = copies.queue[slot]!;
      tally.tell({ atMicros, message: copies.message[slot]!, queue, what: 'not-found', broker: 0, target: queue, counted: 0, expected: 1 });
    });

    return {
      on: {
        [EventKind.move]: (event) => {
          tally.exercised++;
          actsInOldQueue(event);
        },
        [EventKind.leaseGrant]: actsInOldQueue,
        [EventKind.settle]: actsInOldQueue,
        [EventKind.accept]: (event) => {
          if (isUnaskedTransfer(facts, event)) report(event, 'second-copy', null);
        },
        [EventKind.restore]: (event) => {
          const slot = event.copySlot;
          if (slot !== NO_SLOT && copies.has(slot, CopyFlag.confirmed) && copies.queue[slot] !== event.dest) report(event, 'found-twice', null);
        },
        [EventKind.ledger]: (event) => {
          const queue = facts.queue(event.dest);
          const isFedByMovesAlone = queue.flows.movedIn > 0 && queue.flows.accepted === 0;
          if (isFedByMovesAlone && event.a + event.b + event.c !== queue.live) report(event, 'miscounted', standard, queue.live);
        },
      },
    };
  },
  word({ atMicros, message, queue, what, broker, target, counted: there, expected }, { at, name }) {
    if (what === 'second-copy') return `${name(broker)} stored message ${message} in ${name(queue)} at ${at(atMicros)} once more than it was moved there`;
    if (what === 'still-in-source') return `message ${message} had moved to ${name(target)}, and ${name(broker)} still had it in ${name(queue)} at ${at(atMicros)}`;
    if (what === 'found-twice') return `${name(broker)} recovered message ${message} at ${at(atMicros)} in ${name(target)} and in ${name(queue)}`;
    if (what === 'not-found') return `message ${message} had moved to ${name(queue)}, and the recovery that ended at ${at(atMicros)} did not find it`;
    return `${counted(expected, 'message')} had moved to ${name(queue)} and not left it, but ${name(broker)} counted ${there} there at ${at(atMicros)}`;
  },
});

/** A copy appears in a dead-letter queue to which nobody sent it and no redrive takes it. */
function isUnaskedTransfer(facts: Facts, event: EventView): boolean {
  const slot = event.messageSlot;
  if (slot === NO_SLOT || facts.messages.redrives[slot]! > 0) return false;
  return facts.messages.queue[slot] !== event.dest && facts.queue(event.dest).isDeadLetterQueue;
}
