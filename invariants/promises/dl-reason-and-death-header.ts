import { EventKind, MoveReason, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { Deaths, followDeaths } from '../facts/deaths.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongHeader extends Breach {
  readonly source: NameId;
  readonly said: number;
  readonly deaths: number;
  readonly what: 'count' | 'reason';
}

export const dlReasonAndDeathHeader = defineInvariant<WrongHeader, 'dl-reason-and-death-header'>({
  id: 'dl-reason-and-death-header',
  promise: 'A dead letter says in which queue and why it died, with a reason that this queue can have, and how often: one entry for each queue and reason.',
  exercisedBy: 'dead letters that came to a queue',
  concerns: queuesThatPush,
  create(facts, tally) {
    const deaths = new Deaths();
    return {
      on: {
        ...followDeaths(deaths),
        [EventKind.deathHeader]: (event) => {
          tally.exercised++;
          const isKnown = deaths.knows(event);
          const [latest] = deaths.expected(event);
          deaths.headed(event);
          const push = facts.queue(event.peer).contract?.push;
          const isImpossible = push !== undefined && event.a === MoveReason.maxLength && push.maxLength === null && push.maxBytes === null;
          const what = isImpossible ? 'reason' : 'count';
          const isRight = latest!.count === event.b || !isKnown;
          if ((!isImpossible && isRight) || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, source: event.peer, said: event.b, deaths: latest!.count, what });
        },
      },
    };
  },
  word({ atMicros, message, queue, source, said, deaths, what }, { at, name }) {
    const letter = `the dead letter of message ${message} that came to ${name(queue)} at ${at(atMicros)}`;
    if (what === 'reason') return `${letter} says that ${name(source)} was too long, and that queue has no limit`;
    return `${letter} says that it died ${said} times in ${name(source)} for this reason, and it was ${deaths}`;
  },
});
