import { EventKind, type NameId } from '../../history/index.js';
import { CopyMark } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Resurrection extends Breach {
  readonly consumer: NameId;
  readonly wasSettled: boolean;
}

/**
 * Within one life of the broker: what a crash forgot may come back by its recovery, which is `acked-not-redelivered` where the
 * acknowledgement was confirmed.
 */
export const ledgerNoResurrect = defineInvariant<Resurrection, 'ledger-no-resurrect'>({
  id: 'ledger-no-resurrect',
  promise: 'A copy that the broker has settled or dropped is not handed out again unless a recovery brought it back.',
  exercisedBy: 'copies settled or dropped',
  create(facts, tally) {
    const leaves = (): void => {
      tally.exercised++;
    };
    return {
      on: {
        [EventKind.settle]: leaves,
        [EventKind.drop]: leaves,
        [EventKind.leaseGrant]: (event) => {
          if (event.copySlot !== NO_SLOT) return;
          const mark = facts.copies.marks.get(event.copy);
          if (mark !== CopyMark.settled && mark !== CopyMark.gone) return;
          if (!tally.breach(facts.standard)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, wasSettled: mark === CopyMark.settled });
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, wasSettled }, { at, name }) {
    return `message ${message} had been ${wasSettled ? 'taken out of' : 'dropped from'} ${name(queue)}, and was handed out from there to ${name(consumer)} at ${at(atMicros)}`;
  },
});
