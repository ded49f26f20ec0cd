import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { isLevelled, levelIn } from '../contracts/levels.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface OutOfOrder extends Breach {
  readonly copy: number;
  readonly before: number;
}

/**
 * Copies have ascending numbers in the order in which a queue took them. A recovery may have forgotten who was handed out, so the count begins anew; and of what it
 * brings back it does not tell the priority, so where there are levels nothing is said of that.
 */
export const queueFifoFirstDelivery = defineInvariant<OutOfOrder, 'queue-fifo-first-delivery'>({
  id: 'queue-fifo-first-delivery',
  promise: 'A queue that pushes hands out its messages for the first time in the order in which it took them, those of each priority by themselves.',
  exercisedBy: 'messages handed out for the first time after another',
  concerns: queuesThatPush,
  create(facts, tally) {
    /** By queue and level. */
    const latest = new Map<NameId, number[]>();
    /** Of queues with levels: that of the copies that nobody has had. */
    const levelOf = new Map<number, number>();
    const hasLevels = facts.contract.queues.some(({ push }) => push !== undefined && isLevelled(push));
    const leaves = ({ copy }: EventView): void => {
      levelOf.delete(copy);
    };
    return {
      on: {
        [EventKind.recoverBegin]: () => {
          latest.clear();
          levelOf.clear();
        },
        [EventKind.leaseGrant]: (event) => {
          const push = facts.queue(event.dest).contract?.push;
          if (event.b !== 1 || push === undefined) return;
          const level = isLevelled(push) ? levelOf.get(event.copy) : 0;
          if (level === undefined) return;
          levelOf.delete(event.copy);
          const levels = latest.get(event.dest) ?? [];
          if (levels.length === 0) latest.set(event.dest, levels);
          const before = levels[level] ?? 0;
          if (before > 0) tally.exercised++;
          if (event.copy > before) levels[level] = event.copy;
          else if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, before });
        },
        ...(hasLevels ? {
          [EventKind.accept]: (event: EventView) => {
            const push = facts.queue(event.dest).contract?.push;
            if (push !== undefined && isLevelled(push)) levelOf.set(event.copy, levelIn(push, event.c - 1));
          },
          [EventKind.drop]: leaves, [EventKind.move]: leaves,
        } : {}),
      },
    };
  },
  word({ atMicros, message, queue, copy, before }, { at, name }) {
    return `copy ${copy} of message ${message} was handed out from ${name(queue)} for the first time at ${at(atMicros)}, after copy ${before}, which came later`;
  },
});
