import { CopyState, DropReason, EventKind, type NameId } from '../../history/index.js';
import { passingQueues } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { NO_SLOT } from '../facts/slot-table.js';
import type { QueueFacts } from '../facts/queue-facts.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Survivor extends Breach {
  readonly sinceMicros: number;
}

/** RabbitMQ: a quorum queue looks every five seconds whether it was used, and may look when its time is about to be over. */
const LOOKS_MICROS = 10_000_000;
const SLACK_MICROS = 2_000;

/**
 * That a queue is gone is seen by what was in it: none of that is heard of again. (That no queue goes before its time is `dropped-with-cause`.) A queue that goes when nobody uses it
 * is looked at where every use shows in the history; time in which the broker is down or hindered puts it off.
 */
export const queueLifetime = defineInvariant<Survivor, 'queue-lifetime'>({
  id: 'queue-lifetime',
  promise: 'A queue that goes with its last consumer, with its owner\'s connection, or when nobody uses it, is gone then, and with it what was in it.',
  exercisedBy: 'messages that went with their queue',
  concerns: passingQueues,
  create(facts, tally) {
    const { copies } = facts;
    const lastUse = new Map<NameId, number>();
    /** Of queues that go with somebody: when that one last went; of others: since when they should have been gone when somebody came to them. */
    const leftAt = new Map<NameId, number>();

    /** From when on nobody can hear of what was in the queue before; Infinity: it need not go. */
    function goneSince({ nameId, contract, consumers }: QueueFacts): number {
      const drops = contract?.drops;
      if (consumers === null || drops === undefined) return Infinity;
      if (drops.goesWith !== undefined || leftAt.has(nameId)) return leftAt.get(nameId) ?? Infinity;
      if (drops.expiresMicros === undefined || drops.isUseSeen !== true || consumers.present > 0) return Infinity;
      const lastUsed = Math.max(lastUse.get(nameId) ?? 0, consumers.lastGoneAt, facts.broker.upSinceMicros);
      const overAt = lastUsed + drops.expiresMicros + facts.driftMicros(drops.expiresMicros);
      return Math.max(overAt, facts.broker.wellSinceMicros) + (contract!.push!.type === 'quorum' ? LOOKS_MICROS : 0);
    }

    /** This copy is still there. */
    function isThere(slot: number): void {
      const queue = facts.queue(copies.queue[slot]!);
      const sinceMicros = goneSince(queue);
      if (facts.nowMicros <= sinceMicros + SLACK_MICROS || copies.acceptedAt[slot]! > sinceMicros || !tally.breach(null)) return;
      tally.tell({ atMicros: facts.nowMicros, message: copies.message[slot]!, queue: queue.nameId, sinceMicros });
    }

    const heardOf = (event: EventView): void => {
      if (event.copySlot === NO_SLOT || isMisplaced(facts, event)) return;
      // An owner that stops ends its consumer first, and its connection when it has done what it holds: until then only that nobody is given anything is certain.
      if (event.kind === EventKind.leaseGrant || facts.queue(event.dest).contract?.drops?.goesWith !== 'owner') isThere(event.copySlot);
    };

    return {
      on: {
        [EventKind.assign]: ({ dest, time }) => {
          const queue = facts.queue(dest);
          const sinceMicros = queue.contract?.drops?.goesWith === undefined ? goneSince(queue) : Infinity;
          if (time > sinceMicros + SLACK_MICROS) leftAt.set(dest, sinceMicros);
        },
        [EventKind.revoke]: ({ dest, peer, time }) => {
          const { contract, consumers } = facts.queue(dest);
          const { present } = consumers?.of(peer) ?? { present: 0 };
          if (contract?.drops?.goesWith !== undefined && consumers!.present === 1 && present === 1) leftAt.set(dest, time);
        },
        [EventKind.leaseGrant]: (event) => {
          heardOf(event);
          lastUse.set(event.dest, event.time);
        },
        [EventKind.settle]: heardOf,
        [EventKind.move]: heardOf,
        [EventKind.drop]: (event) => {
          if (event.a === DropReason.queueDeleted) tally.exercised++;
          if (event.a !== DropReason.restart) heardOf(event);
        },
        [EventKind.recoverBegin]: () => {
          lastUse.clear();
          leftAt.clear();
        },
      },
      finish: () => copies.forEach((slot) => {
        if (copies.state[slot] !== CopyState.delayed && facts.queue(copies.queue[slot]!).contract?.drops?.goesWith !== 'owner') isThere(slot);
      }),
    };
  },
  word({ atMicros, message, queue, sinceMicros }, { at, name }) {
    return `message ${message} was in ${name(queue)} before that had to go at ${at(sinceMicros)}, and still at ${at(atMicros)}`;
  },
});
