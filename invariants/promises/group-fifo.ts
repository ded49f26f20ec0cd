import { CopyState, EventKind, type NameId } from '../../history/index.js';
import { fifoQueues } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface OutOfOrder extends Breach {
  readonly what: 'overtaken' | 'sequence';
  readonly group: NameId;
  readonly consumer: NameId;
  /** The message that should have come first, or the sequence number that was there already. */
  readonly other: number;
}

/** What is skipped because it is in flight is `group-head-blocks`; a message that left for the dead-letter queue is in nobody's way. */
export const groupFifo = defineInvariant<OutOfOrder, 'group-fifo'>({
  id: 'group-fifo',
  promise: 'In a FIFO queue no message is handed out while an earlier one of its group is ready and stays behind, and sequence numbers rise.',
  exercisedBy: 'messages handed out while another of their group was in the queue',
  concerns: fifoQueues,
  create(facts, tally) {
    /** The newest sequence number of each queue. */
    const newest: number[] = [];
    const takeBack = (queue: NameId, sequence: number): void => {
      newest[queue] = Math.min(newest[queue] ?? 0, sequence - 1);
    };
    /** By copy: where those were that were moved before anybody was told of them. */
    const origins = new Map<number, { readonly queue: NameId; readonly sequence: number }>();
    const forget = ({ copy }: EventView): void => {
      origins.delete(copy);
    };
    // What a crash took before anybody was told of it was never there: its number is given again.
    facts.vanishListeners.push((slot) => {
      const queue = facts.copies.queue[slot]!;
      if (!isUnheard(facts, slot) || facts.groups.of(slot)?.queue !== queue) return;
      takeBack(queue, facts.groups.sequence[slot]!);
      const origin = origins.get(facts.copies.idOf(slot));
      if (origin !== undefined) takeBack(origin.queue, origin.sequence);
    });
    // Nor was a move that it undoes, unless a consumer had the message since.
    const undone = ({ copySlot: slot, dest }: EventView): void => {
      if (slot === NO_SLOT) return;
      const queue = facts.copies.queue[slot]!;
      if (queue === dest || facts.copies.deliveredHere[slot]! > 0 || facts.groups.of(slot)?.queue !== queue) return;
      takeBack(queue, facts.groups.sequence[slot]!);
    };
    const moves = ({ copy, copySlot: slot, dest }: EventView): void => {
      if (slot !== NO_SLOT && !facts.wasAcknowledged(slot) && facts.groups.of(slot)?.queue === dest) origins.set(copy, { queue: dest, sequence: facts.groups.sequence[slot]! });
    };
    return {
      on: {
        [EventKind.restore]: undone,
        [EventKind.move]: moves,
        [EventKind.settle]: forget,
        [EventKind.drop]: forget,
        [EventKind.leaseGrant]: (event) => {
          const slot = event.copySlot;
          const group = slot === NO_SLOT ? null : facts.groups.of(slot);
          if (group === null || !facts.queue(event.dest).isFifo || isMisplaced(facts, event)) return;
          if (group.head !== group.tail) tally.exercised++;
          const passed = skipped(facts, slot);
          if (passed === NO_SLOT || !tally.breach(null)) return;
          tally.tell({ ...at(event), what: 'overtaken', group: group.group, consumer: event.peer, other: facts.copies.message[passed]! });
        },
        [EventKind.place]: (event) => {
          if (!facts.queue(event.dest).isFifo || event.copySlot === NO_SLOT || facts.groups.of(event.copySlot)?.queue === event.dest) return;
          const last = newest[event.dest] ?? 0;
          newest[event.dest] = Math.max(last, event.a);
          if (event.a > last || !facts.broker.isUp || !tally.breach(facts.allowance ?? facts.broker.shortfall)) return;
          tally.tell({ ...at(event), what: 'sequence', group: event.peer, consumer: event.actor, other: last });
        },
      },
    };
  },
  word({ atMicros, message, queue, what, group, consumer, other }, { at: when, name }) {
    if (what === 'sequence') return `message ${message} came to group ${name(group)} of ${name(queue)} at ${when(atMicros)} with a sequence number not above ${other}, which was there before`;
    return `message ${message} was handed out to ${name(consumer)} at ${when(atMicros)} before message ${other}, which is earlier in group ${name(group)} and was ready`;
  },
});

/** Nobody was told that a copy is stored: its producer was not, or a redrive made it and no consumer had it since. */
const isUnheard = (facts: Facts, slot: number): boolean =>
  !facts.wasAcknowledged(slot) || (facts.copies.has(slot, CopyFlag.redriven) && facts.copies.deliveredCount[slot] === 0);

const at = (event: EventView): Breach => ({ atMicros: event.time, message: event.message, queue: event.dest });

/** The nearest earlier copy of the group, if it is ready and not taken with this one. */
function skipped(facts: Facts, slot: number): number {
  const { copies, groups } = facts;
  let before = groups.prev[slot]!;
  while (before !== NO_SLOT && copies.state[before] === CopyState.delayed) before = groups.prev[before]!;
  return before !== NO_SLOT && copies.state[before] === CopyState.ready ? before : NO_SLOT;
}
