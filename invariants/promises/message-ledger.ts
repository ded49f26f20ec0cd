import { CopyState, EventKind, type NameId } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import type { Flows, QueueFacts } from '../facts/queue-facts.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Counts {
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
}

interface Imbalance extends Breach {
  readonly broker: NameId;
  readonly says: Counts;
  readonly should: Counts;
  readonly flows: Flows;
}

/** Longest delay of a message (SQS: 15 minutes), for how far a drifting clock may misjudge one. */
const MAX_DELAY_MICROS = 900_000_000;

/**
 * accepted + returned + moved in = ready + leased + delayed + settled + dropped + moved out + vanished, with the broker's own
 * counters for the three in the middle. A delay may end a little before or after the counters are read; a lease ends by an event.
 */
export const messageLedger = defineInvariant<Imbalance, 'message-ledger'>({
  id: 'message-ledger',
  promise: "The broker's counters of ready, leased and delayed messages agree with what came to the queue and left it.",
  exercisedBy: 'readings of the counters of a queue that had messages',
  create(facts, tally) {
    const { standard } = facts;
    return {
      on: {
        [EventKind.ledger]: (event) => {
          const queue = facts.queue(event.dest);
          if (queue.arrived > 0) tally.exercised++;
          if (agrees(facts, queue, event) || !tally.breach(standard)) return;
          tally.tell({
            atMicros: event.time, message: 0, queue: event.dest, broker: event.actor,
            says: { ready: event.a, leased: event.b, delayed: event.c },
            should: { ready: queue.ready, leased: queue.leased, delayed: queue.delayed },
            flows: { ...queue.flows },
          });
        },
      },
    };
  },
  word({ atMicros, queue, broker, says, should, flows }, { at, name }) {
    const came = `accepted ${flows.accepted}, returned ${flows.returned}, moved in ${flows.movedIn}`;
    const left = `settled ${flows.settled}, dropped ${flows.dropped}, moved out ${flows.movedOut}, vanished ${flows.vanished}`;
    return `at ${at(atMicros)} ${name(broker)} counted ${inWords(says)} in ${name(queue)}; by its history (${came}; ${left}) there were ${inWords(should)}`;
  },
});

function agrees(facts: Facts, queue: QueueFacts, event: EventView): boolean {
  if (event.b !== queue.leased || event.a + event.c !== queue.ready + queue.delayed) return false;
  return event.c === queue.delayed || (event.c < queue.delayed && event.c >= stillDelayed(facts, queue, event.time));
}

/** Copies of a queue whose delay is certainly not over. */
function stillDelayed(facts: Facts, queue: QueueFacts, nowMicros: number): number {
  const { copies } = facts;
  const sure = nowMicros + facts.driftMicros(MAX_DELAY_MICROS);
  let count = 0;
  copies.forEach((slot) => {
    if (copies.queue[slot] === queue.nameId && copies.state[slot] === CopyState.delayed && copies.availableAt[slot]! > sure) count++;
  });
  return count;
}

function inWords({ ready, leased, delayed }: Counts): string {
  return `${ready} ready, ${leased} leased and ${delayed} delayed`;
}
