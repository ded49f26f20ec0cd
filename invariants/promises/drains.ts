import { EventKind } from '../../history/index.js';
import { type Stall, standstillOf } from '../facts/stalls.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Standing extends Breach {
  readonly stall: Stall;
}

/** Reasons that are told; more say nothing new. */
const MAX_REASONS = 4;

/**
 * Liveness: when faults have stopped, what is there gets done within the drain. What is not done in time is convicted only when it
 * is proven that nothing was in the way; see `facts/stalls.ts`. Otherwise the bound was too short for what there was to do, or it
 * never can be done, and the verdict says which.
 */
export const drains = defineInvariant<Standing, 'drains'>({
  id: 'drains',
  promise: 'When faults have stopped, every message of a consumed queue is handled and every outcome becomes known within the drain.',
  exercisedBy: 'messages that came to a consumed queue in a run that was given time to drain',
  create(facts, tally) {
    return {
      on: {
        [EventKind.drainEnd]: (event) => {
          const isConsumed = facts.contract.clients.some((client) => client.role === 'consumer' && client.queue === facts.names.text(event.dest));
          if (isConsumed) tally.exercised += facts.queue(event.dest).arrived;
        },
      },
      finish: () => {
        if (!facts.drain.hasEnded || facts.drain.isComplete) return;
        const { stalls, reasons } = standstillOf(facts);
        for (const stall of stalls) {
          const isAmongFirst = tally.isAmongFirst(null, stall.sinceMicros);
          tally.breach(null);
          if (isAmongFirst) tally.tell({ atMicros: stall.sinceMicros, message: stall.message, queue: stall.queue, stall });
        }
        tally.undecided = reasons.length === 0 ? 'The drain was given up, and what was not done is not known.' : reasons.slice(0, MAX_REASONS).join(' ');
      },
    };
  },
  word({ message, queue, stall: { what, who, lastMicros, quietMicros } }, { at, name, span }) {
    const idle = `it has done nothing since ${at(lastMicros)}, although for the last ${span(quietMicros)} it was up, no fault concerned it and the broker worked`;
    if (what === 'broker-down') return `${name(who)} went down at ${at(lastMicros)} and was not back when the drain was given up; for the last ${span(quietMicros)} no fault kept it down`;
    if (what === 'send-unanswered') return `${name(who)} never learned what became of message ${message} to ${name(queue)}: ${idle}`;
    if (what === 'settlement-unanswered') return `${name(who)} never learned what became of an acknowledgement to ${name(queue)}: ${idle}`;
    return `message ${message} is ready in ${name(queue)} and nobody asks for it; ${name(who)} has nothing in work: ${idle}`;
  },
});
