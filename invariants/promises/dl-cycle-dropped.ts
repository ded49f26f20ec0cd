import { DropReason, EventKind, MoveReason, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { type DeathEntry, Deaths, followDeaths } from '../facts/deaths.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Cycle extends Breach {
  readonly deaths: number;
}

const OF_ITSELF: readonly number[] = [DropReason.expired, DropReason.maxLength, DropReason.deliveryLimit];

/** Whether a message that comes to this queue has died here, and nobody has rejected it since. */
function isCycle(deaths: readonly DeathEntry[], queue: NameId): boolean {
  const at = deaths.findIndex((death) => death.queue === queue);
  return at >= 0 && deaths.slice(0, at + 1).every(({ reason }) => reason !== MoveReason.rejected);
}

export const dlCycleDropped = defineInvariant<Cycle, 'dl-cycle-dropped'>({
  id: 'dl-cycle-dropped',
  promise: 'A dead letter does not come back to a queue in which it died unless somebody has rejected it on its way.',
  exercisedBy: 'dead letters that came back to a queue in which they had died, and messages that died of themselves and were dropped, though their queue has an exchange for dead letters',
  concerns: queuesThatPush,
  create(facts, tally) {
    const deaths = new Deaths();
    const follow = followDeaths(deaths);
    return {
      on: {
        ...follow,
        [EventKind.drop]: (event) => {
          if (OF_ITSELF.includes(event.a) && facts.queue(event.dest).contract?.push?.hasDeadLetters === true) tally.exercised++;
          follow[EventKind.drop]!(event);
        },
        [EventKind.deathHeader]: (event) => {
          const all = deaths.expected(event);
          deaths.headed(event);
          if (all.some(({ queue }) => queue === event.dest)) tally.exercised++;
          if (isCycle(all, event.dest) && tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, deaths: all.length });
        },
      },
    };
  },
  word({ atMicros, message, queue, deaths }, { at, name }) {
    return `message ${message} came back to ${name(queue)} as a dead letter at ${at(atMicros)}: it had died there, nobody had rejected it since, and it goes round (${deaths} entries)`;
  },
});
