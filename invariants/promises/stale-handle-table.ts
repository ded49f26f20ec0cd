import { CopyState, EventKind, type NameId, OutcomeReason } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { CopyFlag, NO_HANDLE } from '../facts/copy-facts.js';
import { ReplacedHandles } from '../facts/replaced-handles.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongAnswer extends Breach {
  readonly what: 'unknown-tag' | 'too-old' | 'expired-accepted' | 'expired-changed' | 'current-refused' | 'current-not-changed' | 'expired-refused';
  readonly consumer: NameId;
  readonly sinceMicros: number;
}

/** SQS: no handle works for longer than this. */
const MAX_LEASE_MICROS = 43_200_000_000;

/**
 * | handle's lease | standard queue: delete | standard queue: change of visibility | FIFO queue: either |
 * | --- | --- | --- | --- |
 * | runs | done | done | done |
 * | ended, and nobody received the message since | done | done, or refused where a setting says so | refused |
 * | replaced by a later receive | done or ignored | done | refused: `zombie-ack-safe` |
 * | received more than twelve hours ago, however often others have received the message since | refused | refused | refused |
 *
 * A channel forgets a delivery tag when it is acknowledged: to acknowledge it once more is an error (AMQP: 406, PRECONDITION_FAILED) that ends the channel, and what is said on it after that
 * does not count.
 *
 * A refusal is judged when the client hears of it, by what is still so then.
 */
export const staleHandleTable = defineInvariant<WrongAnswer, 'stale-handle-table'>({
  id: 'stale-handle-table',
  promise: 'A receipt handle settles its message, or changes its lease, while that runs; when it has ended, in a standard queue and not in a FIFO queue; and nowhere twelve hours after its receive; who acknowledges a delivery tag that its channel does not know loses the channel.',
  exercisedBy: 'acknowledgements and changes of a lease with a handle whose lease had ended, or that were refused; delivery tags acknowledged twice',
  create(facts, tally) {
    const replaced = new ReplacedHandles();
    /** Whether a handle was carried out that is too old for it; it is told of. */
    const isTooOld = (event: EventView): boolean => {
      const { copies } = facts;
      const slot = event.copySlot;
      if (!isAsked(facts, event)) return false;
      const grantedAt = copies.handle[slot] === event.a ? copies.grantedAt[slot]! : replaced.grantedAt(event.copy, event.a);
      if (grantedAt === null || event.time - grantedAt <= MAX_LEASE_MICROS + facts.driftMicros(MAX_LEASE_MICROS)) return false;
      if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what: 'too-old', consumer: 0, sinceMicros: grantedAt });
      return true;
    };
    const report = (event: EventView, what: WrongAnswer['what'], consumer: NameId): void => {
      const { copies } = facts;
      // What a recovery has lost of a lease that it did not find may be its handle.
      const isLost = what === 'expired-refused' && copies.has(event.copySlot, CopyFlag.shortfallAllowed);
      if (!tally.breach(isLost ? facts.allowance : null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what, consumer, sinceMicros: copies.availableAt[event.copySlot]! });
    };
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const { copies } = facts;
          const slot = event.copySlot;
          if (slot !== NO_SLOT && copies.handle[slot] !== NO_HANDLE && isAsked(facts, event)) replaced.add(event.copy, copies.handle[slot]!, copies.grantedAt[slot]!);
        },
        [EventKind.move]: (event) => replaced.forget(event.copy),
        [EventKind.drop]: (event) => replaced.forget(event.copy),
        [EventKind.recoverBegin]: () => replaced.forgetAll(),
        [EventKind.ackInfo]: (event) => {
          if (event.b === OutcomeReason.unconfirmed && facts.twiceAcknowledged.isAgain(event.actor, event.a)) tally.exercised++;
        },
        [EventKind.settle]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || isMisplaced(facts, event)) return;
          if (facts.twiceAcknowledged.isTooLate(facts.copies.holder[slot]!, event.a)) report(event, 'unknown-tag', facts.copies.holder[slot]!);
          const wasTooOld = isTooOld(event);
          replaced.forget(event.copy);
          if (wasTooOld || facts.copies.handle[slot] !== event.a || facts.copies.state[slot] !== CopyState.ready) return;
          tally.exercised++;
          if (facts.queue(event.dest).isFifo) report(event, 'expired-accepted', facts.copies.holder[slot]!);
        },
        [EventKind.leaseExtend]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || isMisplaced(facts, event) || isTooOld(event) || facts.copies.handle[slot] !== event.a || facts.copies.state[slot] !== CopyState.ready) return;
          tally.exercised++;
          if (facts.queue(event.dest).isFifo) report(event, 'expired-changed', facts.copies.holder[slot]!);
        },
        [EventKind.nackFail]: (event) => {
          const slot = event.copySlot;
          if (!isNewestRefused(facts, event)) return;
          tally.exercised++;
          if (facts.copies.isHeld(slot, event.time)) report(event, 'current-not-changed', event.actor);
        },
        [EventKind.ackFail]: (event) => {
          const slot = event.copySlot;
          if (event.b === OutcomeReason.rejected && replaced.grantedAt(event.copy, event.a) !== null) tally.exercised++;
          if (!isNewestRefused(facts, event)) return;
          tally.exercised++;
          const what = wrongRefusal(facts, event, slot);
          if (what !== null) report(event, what, event.actor);
        },
      },
    };
  },
  word({ atMicros, message, queue, what, consumer, sinceMicros }, { at, name, span }) {
    if (what === 'too-old') return `message ${message} of ${name(queue)} was acknowledged, or its lease changed, at ${at(atMicros)} with a handle of ${at(sinceMicros)}, ${span(atMicros - sinceMicros)} old`;
    if (what === 'unknown-tag') return `message ${message} of ${name(queue)} was settled at ${at(atMicros)} for ${name(consumer)}, on a channel on which that had acknowledged another delivery twice before`;
    const ack = `the acknowledgement of message ${message} of ${name(queue)} by ${name(consumer)}`;
    if (what === 'expired-accepted') return `${ack} was carried out at ${at(atMicros)}, though its lease had ended at ${at(sinceMicros)}`;
    if (what === 'expired-changed') return `the lease of message ${message} of ${name(queue)} to ${name(consumer)} was changed at ${at(atMicros)}, though it had ended at ${at(sinceMicros)}`;
    if (what === 'current-not-changed') return `the negative acknowledgement of message ${message} of ${name(queue)} by ${name(consumer)} was refused, as it heard at ${at(atMicros)}, though its lease runs until ${at(sinceMicros)}`;
    if (what === 'current-refused') return `${ack} was refused, as it heard at ${at(atMicros)}, though its lease runs until ${at(sinceMicros)}`;
    return `${ack} was refused, as it heard at ${at(atMicros)}, though nobody had received the message since`;
  },
});

/** What a channel holds has a tag that dies with it, and no age. */
const isAsked = (facts: Facts, event: EventView): boolean => facts.queue(event.dest).contract?.push === undefined;

/** The broker refused what was asked with the newest handle of a copy that is where it was asked for. */
function isNewestRefused(facts: Facts, event: EventView): boolean {
  const slot = event.copySlot;
  if (event.b !== OutcomeReason.rejected || slot === NO_SLOT || isMisplaced(facts, event) || facts.copies.handle[slot] !== event.a) return false;
  // It may have asked with a handle from before a loss, which is the same number.
  return !facts.copies.has(slot, CopyFlag.idRepeated | CopyFlag.handleRepeated);
}

function wrongRefusal(facts: Facts, event: EventView, slot: number): WrongAnswer['what'] | null {
  const { copies } = facts;
  if (copies.isHeld(slot, event.time)) return 'current-refused';
  const isOld = event.time - copies.grantedAt[slot]! > MAX_LEASE_MICROS - facts.driftMicros(MAX_LEASE_MICROS);
  return facts.queue(event.dest).isFifo || isOld || copies.state[slot] !== CopyState.ready ? null : 'expired-refused';
}
