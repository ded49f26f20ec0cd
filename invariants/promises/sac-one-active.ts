import { EventKind, type NameId } from '../../history/index.js';
import type { RunContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TwoActive extends Breach {
  readonly consumer: NameId;
  readonly active: NameId;
}

interface Active {
  consumer: NameId;
  /** Messages that it holds. */
  held: number;
}

/** A consumer is there until the broker says that it has ended, or restarts: what a client thinks of its connection counts for nothing. */
export const sacOneActive = defineInvariant<TwoActive, 'sac-one-active'>({
  id: 'sac-one-active',
  promise: 'Of a queue with a single active consumer no other gets a message while that one is there.',
  exercisedBy: 'messages handed out from a queue with a single active consumer',
  concerns: ({ queues }: RunContract) => queues.some(({ push }) => push !== undefined && push.singleActive !== null),
  create(facts, tally) {
    const actives = new Map<NameId, Active>();

    function ends(event: EventView): void {
      const active = actives.get(event.dest);
      if (active === undefined || event.copySlot === NO_SLOT || facts.copies.holder[event.copySlot] !== active.consumer) return;
      if (facts.copies.isHeld(event.copySlot, event.time)) active.held--;
    }

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          if ((facts.queue(event.dest).contract?.push?.singleActive ?? null) === null) return;
          tally.exercised++;
          const active = actives.get(event.dest);
          if (active?.consumer === event.peer) {
            active.held++;
            return;
          }
          actives.set(event.dest, { consumer: event.peer, held: 1 });
          if (active === undefined || mayTakeOver(facts, event, active) || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, active: active.consumer });
        },
        [EventKind.settle]: ends,
        [EventKind.leaseRelease]: ends,
        [EventKind.leaseExpire]: ends,
        [EventKind.drop]: ends,
        [EventKind.move]: ends,
        [EventKind.revoke]: (event) => {
          if (actives.get(event.dest)?.consumer === event.peer) actives.delete(event.dest);
        },
        [EventKind.recoverBegin]: () => actives.clear(),
      },
    };
  },
  word({ atMicros, message, queue, consumer, active }, { at, name }) {
    return `message ${message} of ${name(queue)} went to ${name(consumer)} at ${at(atMicros)}, though ${name(active)} was the active consumer and still there`;
  },
});

/** One of higher priority may, when the active one holds nothing. */
function mayTakeOver(facts: Facts, event: EventView, active: Active): boolean {
  const { takesOver, priorities } = facts.queue(event.dest).contract!.push!.singleActive!;
  const priorityOf = (name: NameId): number => priorities[facts.names.text(name)] ?? 0;
  return takesOver && active.held === 0 && priorityOf(event.peer) > priorityOf(active.consumer);
}
