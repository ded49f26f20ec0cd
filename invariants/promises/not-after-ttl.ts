import { DropReason, EventKind, MoveReason, type NameId } from '../../history/index.js';
import { ageingMessages } from '../contracts/concerns.js';
import { CopyFlag } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { TimesToLive } from '../facts/time-to-live.js';
import type { EventView } from '../event-view.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooLate extends Breach {
  readonly consumer: NameId;
  readonly acceptedMicros: number;
  readonly limitMicros: number;
  /** It is the queue's retention period, or what the message had to live. */
  readonly isRetention: boolean;
}

/** The wall clock and true time may disagree by their rounding. */
const SLACK_MICROS = 1_000;

/** When a copy was stored is not known of one that was over and came back, or that a recovery found with less than was known. */
const OF_UNKNOWN_AGE = CopyFlag.returned | CopyFlag.idRepeated | CopyFlag.shortfallAllowed;

/**
 * Retention follows the wall clock of the broker. In a dead-letter queue it is counted from the move at the latest. What has a time to live may stay in its queue when that is over, behind
 * one that lives longer, and is never handed out. (RabbitMQ: TTL, caveats.)
 */
export const notAfterTtl = defineInvariant<TooLate, 'not-after-ttl'>({
  id: 'not-after-ttl',
  promise: 'No message is handed out after the retention period of its queue, or when its time to live is over.',
  exercisedBy: 'messages dropped or dead-lettered because their retention period or their time to live was over',
  concerns: ageingMessages,
  create(facts, tally) {
    const { copies } = facts;
    const timesToLive = new TimesToLive(facts);

    function judge(event: EventView, slot: number, limitMicros: number, isRetention: boolean): void {
      const acceptedMicros = isRetention ? copies.acceptedAt[slot]! : copies.storedAt[slot]!;
      if (event.time - acceptedMicros <= limitMicros + SLACK_MICROS) return;
      if (!tally.breach(facts.broker.isClockDisturbed ? 'disturbed-clock' : facts.standard)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, acceptedMicros, limitMicros, isRetention });
    }

    return {
      on: {
        [EventKind.drop]: (event) => {
          if (event.a === DropReason.retention || event.a === DropReason.expired) tally.exercised++;
        },
        [EventKind.move]: (event) => {
          if (event.b === MoveReason.expired) tally.exercised++;
        },
        [EventKind.leaseGrant]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || isMisplaced(facts, event)) return;
          const retentionMicros = facts.queue(event.dest).contract?.retentionMicros;
          if (retentionMicros !== undefined) judge(event, slot, retentionMicros, true);
          else if (timesToLive.isAny && !copies.has(slot, OF_UNKNOWN_AGE)) judge(event, slot, timesToLive.known(slot), false);
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, acceptedMicros, limitMicros, isRetention }, { at, name, span }) {
    return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)}, ${span(atMicros - acceptedMicros)} after it was stored; ${isRetention ? `${name(queue)} keeps messages for` : 'it had to live for'} ${span(limitMicros)}`;
  },
});
