import { DropReason, EventKind, type NameId } from '../../history/index.js';
import { mayHappen } from '../contracts/concerns.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooLate extends Breach {
  readonly consumer: NameId;
  readonly acceptedMicros: number;
  readonly retentionMicros: number;
}

/** The wall clock and true time may disagree by their rounding. */
const SLACK_MICROS = 1_000;

/** Retention follows the wall clock of the broker. In a dead-letter queue it is counted from the move at the latest. */
export const notAfterTtl = defineInvariant<TooLate, 'not-after-ttl'>({
  id: 'not-after-ttl',
  promise: 'No message is handed out after the retention period of its queue.',
  exercisedBy: 'messages dropped because their retention period was over',
  concerns: mayHappen('end-of-retention'),
  create(facts, tally) {
    const { copies } = facts;
    return {
      on: {
        [EventKind.drop]: (event) => {
          if (event.a === DropReason.retention) tally.exercised++;
        },
        [EventKind.leaseGrant]: (event) => {
          const slot = event.copySlot;
          const retentionMicros = facts.queue(event.dest).contract?.retentionMicros;
          if (slot === NO_SLOT || retentionMicros === undefined || isMisplaced(facts, event)) return;
          const acceptedMicros = copies.acceptedAt[slot]!;
          if (event.time - acceptedMicros <= retentionMicros + SLACK_MICROS) return;
          if (!tally.breach(facts.broker.isClockDisturbed ? 'disturbed-clock' : facts.standard)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, acceptedMicros, retentionMicros });
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, acceptedMicros, retentionMicros }, { at, name, span }) {
    return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)}, ${span(atMicros - acceptedMicros)} after it was stored; ${name(queue)} keeps messages for ${span(retentionMicros)}`;
  },
});
