import { EventKind, type NameId } from '../../history/index.js';
import type { PushContract, RunContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Overtaken extends Breach {
  readonly level: number;
  readonly waiting: number;
}

interface Levels {
  /** Ready copies that have a priority, by level. */
  readonly ready: number[];
  readonly isQuorum: boolean;
}

/** What comes back to a quorum queue has lost its priority, and is served before all else. Of what a recovery brings back the priority is not told. */
export const priorityRespected = defineInvariant<Overtaken, 'priority-respected'>({
  id: 'priority-respected',
  promise: 'No message is handed out while one of a higher priority is ready in its queue.',
  exercisedBy: 'messages handed out while one of another priority was ready',
  concerns: ({ queues }: RunContract) => queues.some(({ push }) => push !== undefined && push.priorities !== null),
  create(facts, tally) {
    const queues = new Map<NameId, Levels>();
    /** Level of the copies that have one. */
    const levelOf = new Map<number, number>();

    function levelsOf(queue: NameId, push: PushContract): Levels {
      const known = queues.get(queue);
      if (known !== undefined) return known;
      const made = { ready: new Array<number>(push.priorities!.highest + 1).fill(0), isQuorum: push.type === 'quorum' };
      queues.set(queue, made);
      return made;
    }

    const waits = (event: EventView, by: 1 | -1): void => {
      const level = levelOf.get(event.copy);
      if (level !== undefined) queues.get(event.dest)!.ready[level]! += by;
    };

    function comesBack(event: EventView): void {
      if (queues.get(event.dest)?.isQuorum === true) levelOf.delete(event.copy);
      else waits(event, 1);
    }

    /** A copy that nobody holds leaves its level; of one that is held nothing waits. */
    function leaves(event: EventView): void {
      if (event.copySlot >= 0 && !facts.copies.isHeld(event.copySlot, event.time)) waits(event, -1);
      levelOf.delete(event.copy);
    }

    return {
      on: {
        [EventKind.accept]: (event) => {
          const push = facts.queue(event.dest).contract?.push;
          if (push === undefined || push.priorities === null) return;
          const { highest, usual } = push.priorities;
          levelsOf(event.dest, push);
          levelOf.set(event.copy, Math.min(event.c === 0 ? usual : event.c - 1, highest));
          waits(event, 1);
        },
        [EventKind.leaseGrant]: (event) => {
          const level = levelOf.get(event.copy);
          if (level === undefined) return;
          const { ready } = queues.get(event.dest)!;
          waits(event, -1);
          const waiting = ready.findLastIndex((count, other) => count > 0 && other !== level);
          if (waiting < 0) return;
          tally.exercised++;
          if (waiting < level || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, level, waiting });
        },
        [EventKind.leaseRelease]: comesBack,
        [EventKind.leaseExpire]: comesBack,
        [EventKind.settle]: leaves,
        [EventKind.drop]: leaves,
        [EventKind.move]: leaves,
        [EventKind.recoverBegin]: () => {
          levelOf.clear();
          queues.clear();
        },
      },
    };
  },
  word({ atMicros, message, queue, level, waiting }, { at, name }) {
    return `message ${message} of priority ${level} was handed out from ${name(queue)} at ${at(atMicros)}, while one of priority ${waiting} was ready`;
  },
});
