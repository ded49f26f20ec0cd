import { EventKind, MoveReason, type NameId } from '../../history/index.js';
import { receiveLimits } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface OneTooMany extends Breach {
  readonly consumer: NameId;
  readonly deliveries: number;
  readonly limit: number;
}

/** Counted by the leases that were granted, whatever count the broker shows. Receives that a crash forgot before their deliveries arrived do not count. */
export const maxDeliveries = defineInvariant<OneTooMany, 'max-deliveries'>({
  id: 'max-deliveries',
  promise: 'A queue with a dead-letter rule hands out a message at most maxReceiveCount times, and a quorum queue with a delivery limit no more when it came back more often than that.',
  exercisedBy: 'messages that were received maxReceiveCount times and asked for once more, and hand-outs of messages that came back as often as their delivery limit allows',
  concerns: receiveLimits,
  create(facts, tally) {
    const { copies, standard, returns } = facts;
    const pushed = (event: EventView): void => {
      const limit = returns.limitOf(event);
      const count = returns.of(event.copy);
      if (limit === null || count === null || count < limit) return;
      tally.exercised++;
      if (count === limit || facts.broker.loss !== null || !tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, deliveries: count + 1, limit: limit + 1 });
    };
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          pushed(event);
          const slot = event.copySlot;
          if (slot === NO_SLOT) return;
          const limit = facts.queue(event.dest).maxReceiveCount;
          const deliveries = copies.grantsHere[slot]! + 1;
          if (deliveries <= limit || isMisplaced(facts, event) || copies.has(slot, CopyFlag.tangled)) return;
          tally.exercised++;
          if (!tally.breach(copies.has(slot, CopyFlag.shortfallAllowed) ? facts.allowance : standard)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, deliveries, limit });
        },
        [EventKind.move]: (event) => {
          if (event.b === MoveReason.limit) tally.exercised++;
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, deliveries, limit }, { at, name }) {
    return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)}: delivery ${deliveries} from ${name(queue)}, which allows ${limit}`;
  },
});
