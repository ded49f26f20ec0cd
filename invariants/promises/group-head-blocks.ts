import { CopyState, EventKind, type NameId } from '../../history/index.js';
import { fifoQueues } from '../contracts/concerns.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Unblocked extends Breach {
  readonly group: NameId;
  readonly consumer: NameId;
  readonly blocker: number;
  readonly holder: NameId;
  readonly heldUntilMicros: number;
}

/** Messages of one answer may follow each other: they are taken at one instant by one consumer. */
export const groupHeadBlocks = defineInvariant<Unblocked, 'group-head-blocks'>({
  id: 'group-head-blocks',
  promise: 'While a message of a group is in flight, no later one of the group is handed out, except in the same answer.',
  exercisedBy: 'messages handed out that had an earlier one of their group before them in the queue',
  concerns: fifoQueues,
  create(facts, tally) {
    const { copies, groups } = facts;
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const slot = event.copySlot;
          const group = slot === NO_SLOT ? null : groups.of(slot);
          if (group === null || !facts.queue(event.dest).isFifo || isMisplaced(facts, event)) return;
          let before = groups.prev[slot]!;
          while (before !== NO_SLOT && copies.state[before] !== CopyState.leased) before = groups.prev[before]!;
          if (before === NO_SLOT) return;
          tally.exercised++;
          const isSameAnswer = copies.grantedAt[before] === event.time && copies.holder[before] === event.peer;
          if (isSameAnswer || !copies.isHeld(before, event.time) || !tally.breach(null)) return;
          tally.tell({
            atMicros: event.time, message: event.message, queue: event.dest, group: group.group, consumer: event.peer,
            blocker: copies.message[before]!, holder: copies.holder[before]!, heldUntilMicros: copies.availableAt[before]!,
          });
        },
      },
    };
  },
  word({ atMicros, message, group, consumer, blocker, holder, heldUntilMicros }, { at, name }) {
    return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)}, while ${name(holder)} held message ${blocker}, which is earlier in group ${name(group)}, until ${at(heldUntilMicros)}`;
  },
});
