import { EventKind, type NameId } from '../../history/index.js';
import type { RunContract } from '../contracts/run-contract.js';
import { SingleActive } from '../facts/single-active.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface OutOfTurn extends Breach {
  readonly consumer: NameId;
  readonly active: NameId;
  /** Null: it was nobody's. */
  readonly turn: NameId | null;
}

/** A consumer is there until the broker says that it has gone, or restarts: what a client thinks of its connection counts for nothing. Who asks for messages gets them, whoever is active. */
export const sacOneActive = defineInvariant<OutOfTurn, 'sac-one-active'>({
  id: 'sac-one-active',
  promise: 'Of a queue with a single active consumer no other gets a message while that one is there, and when it goes, or gives way to one of higher priority, the one whose turn it is follows.',
  exercisedBy: 'messages handed out by a queue with a single active consumer while another was there',
  concerns: ({ queues }: RunContract) => queues.some(({ push }) => push !== undefined && push.singleActive !== null),
  create(facts, tally) {
    const queues = new Map<NameId, SingleActive>();

    function of(queue: NameId): SingleActive | null {
      const singleActive = facts.queue(queue).contract?.push?.singleActive ?? null;
      if (singleActive === null) return null;
      let known = queues.get(queue);
      if (known === undefined) queues.set(queue, (known = new SingleActive(singleActive, (client) => facts.names.text(client))));
      return known;
    }

    return {
      on: {
        [EventKind.assign]: ({ dest, peer }) => of(dest)?.comes(peer),
        [EventKind.revoke]: ({ dest, peer }) => of(dest)?.goes(peer),
        [EventKind.leaseGrant]: (event) => {
          const line = of(event.dest);
          const { consumers } = facts.queue(event.dest);
          if (line === null || consumers!.of(event.peer).present === 0) return;
          if (consumers!.present > 1) tally.exercised++;
          const turn = line.turn(consumers!);
          const active = line.active ?? event.peer;
          line.takes(event.peer);
          if (turn === undefined || turn === event.peer || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, active, turn });
        },
        [EventKind.recoverBegin]: () => queues.clear(),
      },
    };
  },
  word({ atMicros, message, queue, consumer, active, turn }, { at, name }) {
    const went = `message ${message} of ${name(queue)} went to ${name(consumer)} at ${at(atMicros)}`;
    if (turn === null) return `${went}, though ${name(active)} still held messages and had to give way to one of higher priority`;
    return turn === active ? `${went}, though ${name(active)} was the active consumer and still there` : `${went}, though ${name(active)} had to give way, and it was the turn of ${name(turn)}`;
  },
});
