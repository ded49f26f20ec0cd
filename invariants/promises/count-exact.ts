import { EventKind, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongCount extends Breach {
  readonly consumer: NameId;
  readonly count: number;
  readonly right: number;
  readonly where: 'lease' | 'delivery' | 'recovery';
}

/** The count goes on in a dead-letter queue. After a crash it may lack receives whose deliveries never arrived. */
export const countExact = defineInvariant<WrongCount, 'count-exact'>({
  id: 'count-exact',
  promise: 'The delivery count of a message is 1 at its first delivery and one more at each further one.',
  exercisedBy: 'leases granted',
  hearsAll: true,
  create(facts, tally) {
    const { copies } = facts;
    const { standard } = facts;

    function report(event: EventView, count: number, right: number, where: WrongCount['where']): void {
      const isShortfall = copies.has(event.copySlot, CopyFlag.shortfallAllowed);
      const circumstance: Circumstance | null = isShortfall ? facts.allowance : where === 'recovery' ? (facts.broker.loss ?? standard) : standard;
      if (!tally.breach(circumstance)) return;
      const consumer = where === 'lease' ? event.peer : event.actor;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer, count, right, where });
    }

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          tally.exercised++;
          const slot = event.copySlot;
          if (slot === NO_SLOT || isMisplaced(facts, event)) return;
          const right = copies.count[slot]! + 1;
          if (event.b !== right) report(event, event.b, right, 'lease');
        },
        [EventKind.deliver]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || copies.handle[slot] !== event.a) return;
          if (event.b !== copies.count[slot]) report(event, event.b, copies.count[slot]!, 'delivery');
        },
        [EventKind.restore]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || copies.has(slot, CopyFlag.tangled)) return;
          // A classic queue hands out without waiting for its journal: of what it handed out last a recovery may know nothing.
          if (facts.queue(event.dest).contract?.push?.type === 'classic') return;
          if (event.a > copies.count[slot]!) report(event, event.a, copies.count[slot]!, 'recovery');
          else if (event.a < copies.deliveredCount[slot]!) report(event, event.a, copies.deliveredCount[slot]!, 'recovery');
        },
      },
    };
  },
  word({ atMicros, message, consumer, count, right, where }, { at, name }) {
    if (where === 'lease') return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)} with delivery count ${count}; ${right} would be right`;
    if (where === 'delivery') return `message ${message} reached ${name(consumer)} at ${at(atMicros)} with delivery count ${count}; it was handed out with ${right}`;
    return `${name(consumer)} recovered message ${message} at ${at(atMicros)} with delivery count ${count}, when it had been delivered ${right} times`;
  },
});
