import { CopyState, EventKind, ExpireCause, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Unheeded extends Breach {
  readonly consumer: NameId;
  /** It came back; otherwise its consumer holds it still. */
  readonly cameBack: boolean;
}

/** An acknowledgement is on its way, or waits for the commit of its transaction, for much less than that. */
const QUIET_MICROS = 60_000_000;
/** And at a broker that is well it arrives within this. */
const ARRIVES_MICROS = 1_000_000;

/**
 * AMQP 0-9-1 has no answer to an acknowledgement: whether it was heeded is seen by what becomes of the delivery. A connection that was ever in trouble may have lost it, and a channel
 * that is closed for another delivery hears nothing more. A channel tells a quorum queue when what it told before is in the queue's log, and what it had not told when it was closed was
 * never said.
 */
export const ackCarriedOut = defineInvariant<Unheeded, 'ack-carried-out'>({
  id: 'ack-carried-out',
  promise: 'What a consumer acknowledges to a queue that pushes is settled, unless its connection is lost, or the broker; or its channel is closed before a quorum queue was told.',
  exercisedBy: 'messages that consumers acknowledged to queues that push',
  concerns: queuesThatPush,
  create(facts, tally) {
    const { copies } = facts;
    const judge = (slot: number, cameBack: boolean): void => {
      // What is said behind an error that ends the channel is not heard.
      if (!wasAsked(facts, slot) || facts.twiceAcknowledged.isUnheard(copies.holder[slot]!, copies.handle[slot]!) || !tally.breach(null)) return;
      tally.tell({ atMicros: facts.nowMicros, message: copies.message[slot]!, queue: copies.queue[slot]!, consumer: copies.holder[slot]!, cameBack });
    };
    return {
      on: {
        [EventKind.leaseExpire]: (event) => {
          if (event.b === ExpireCause.ended && event.copySlot !== NO_SLOT && !isMisplaced(facts, event) && wasTold(facts, event.copySlot)) judge(event.copySlot, true);
        },
      },
      finish: () => {
        copies.forEach((slot) => {
          const sinceMicros = Math.max(facts.broker.wellSinceMicros, facts.activity.lastOf(copies.holder[slot]!));
          if (facts.nowMicros - sinceMicros > QUIET_MICROS) judge(slot, false);
        });
        facts.forEachQueue(({ consumers, contract, flows }) => {
          if (consumers !== null && contract?.push?.isAutomatic !== true) tally.exercised += flows.settled;
        });
      },
    };
  },
  word({ message, queue, consumer, cameBack, atMicros }, { at, name }) {
    return `${name(consumer)} acknowledged message ${message} of ${name(queue)}, and nothing was the matter with its connection, but ${cameBack ? `it came back at ${at(atMicros)}` : 'it is still held to be in work'}`;
  },
});

/** Whether its queue has heard of the acknowledgement for certain: what a quorum queue had been told when it came has been synced since. */
function wasTold(facts: Facts, slot: number): boolean {
  const { copies, broker } = facts;
  return facts.queue(copies.queue[slot]!).contract?.push?.type !== 'quorum' || broker.journal.covers(copies.askedAt[slot]! + ARRIVES_MICROS);
}

/** Its consumer asked for it with the handle of the lease that runs, and neither that nor the broker was ever in trouble. */
function wasAsked(facts: Facts, slot: number): boolean {
  const { copies, broker, names, activity } = facts;
  if (copies.state[slot] !== CopyState.leased || copies.askedWith[slot] !== copies.handle[slot] || copies.has(slot, CopyFlag.tangled)) return false;
  return facts.queue(copies.queue[slot]!).consumers !== null && !activity.wasTroubledSince(broker.name, 0) && !activity.wasTroubledSince(names.text(copies.holder[slot]!), 0);
}
