import { DropReason, EventKind, MoveReason, type NameId } from '../../history/index.js';
import { deadLetters } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongIdentity extends Breach {
  readonly what: 'dropped-early' | 'dropped-late' | 'same-id';
  readonly rightMicros: number;
  readonly source: NameId;
}

/** Retention is looked at now and then. */
const LOOK_MICROS = 20_000_000;

/** Id, body and count are kept over a move: `count-exact`, `no-phantom` and `dlq-conservation` see to that. */
export const dlqIdentity = defineInvariant<WrongIdentity, 'dlq-identity'>({
  id: 'dlq-identity',
  promise: 'In a dead-letter queue retention counts from the send, in a FIFO one from the move; what is redriven is a new message.',
  exercisedBy: 'messages moved',
  concerns: deadLetters,
  create(facts, tally) {
    const { copies } = facts;
    const movedAt = new Map<number, number>();
    let redriven = 0;
    let troubledAt = -1;
    const trouble = (event: EventView): void => {
      if (facts.isBroker(event.actor)) troubledAt = event.time;
    };
    const report = (event: EventView, what: WrongIdentity['what'], rightMicros: number): void => {
      if (!tally.breach(facts.broker.clockWasWrong ? 'wrong-clock' : null)) return;
      const source = event.copySlot === NO_SLOT ? 0 : copies.source[event.copySlot]!;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what, rightMicros, source });
    };
    return {
      on: {
        [EventKind.move]: (event) => {
          tally.exercised++;
          if (event.b === MoveReason.redrive) redriven = event.copy;
          else movedAt.set(event.copy, event.time);
        },
        [EventKind.accept]: (event) => {
          if (redriven !== 0 && event.copy === redriven) report(event, 'same-id', event.time);
          redriven = 0;
        },
        [EventKind.settle]: (event) => {
          movedAt.delete(event.copy);
        },
        [EventKind.drop]: (event) => {
          const moved = movedAt.get(event.copy);
          movedAt.delete(event.copy);
          const slot = event.copySlot;
          const queue = facts.queue(event.dest);
          const retention = queue.contract?.retentionMicros;
          // Where an operator changes it nobody knows which one counted.
          if (queue.contract?.retentionSteps !== undefined) return;
          if (event.a !== DropReason.retention || moved === undefined || slot === NO_SLOT || retention === undefined || !copies.has(slot, CopyFlag.moved)) return;
          // When it was stored is not known any more of one that was over and came back.
          if (copies.has(slot, CopyFlag.returned)) return;
          const right = (queue.isFifo ? moved : copies.storedAt[slot]!) + retention;
          const slack = 1_000 + facts.driftMicros(retention);
          if (event.time < right - slack) report(event, 'dropped-early', right);
          else if (event.time > right + LOOK_MICROS + slack && right > moved && troubledAt < moved) report(event, 'dropped-late', right);
        },
        [EventKind.nodeStop]: trouble,
        [EventKind.faultBegin]: trouble,
        [EventKind.faultEnd]: trouble,
      },
    };
  },
  word({ atMicros, message, queue, what, rightMicros, source }, { at, name }) {
    if (what === 'same-id') return `message ${message} was redriven to ${name(queue)} at ${at(atMicros)} under its old id`;
    const when = what === 'dropped-early' ? 'already' : 'only';
    return `message ${message}, a dead letter of ${name(source)}, was dropped from ${name(queue)} ${when} at ${at(atMicros)}; its retention ends at ${at(rightMicros)}`;
  },
});
