import { EventKind, ExpireCause, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { PushedConsumers } from '../facts/pushed-consumers.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface EarlyEnd extends Breach {
  readonly holder: NameId;
  /** Infinity: for as long as its consumer is there. */
  readonly promisedUntilMicros: number;
  readonly how: 'ended' | 'was given back by nobody' | 'was forgotten in a recovery';
}

/**
 * Where consumers are pushed to, a lease lasts as long as its channel, which may end at any time: of that the history tells that the consumer went. What is not acknowledged in time
 * is taken back, too, which another promise is about. Where they ask, a lease was promised until the end of its grant or last extension, in true time. One that a recovery brings back starts
 * again from there. A recovery that forgets a lease whose delivery had arrived breaks the promise when the message is handed out.
 */
export const leaseNotEarly = defineInvariant<EarlyEnd, 'lease-not-early'>({
  id: 'lease-not-early',
  promise: 'No lease ends before its time unless a consumer gives it back.',
  exercisedBy: 'leases that ended without acknowledgement',
  create(facts, tally) {
    const { standard } = facts;
    const { copies } = facts;

    function judge(event: EventView, how: EarlyEnd['how']): void {
      tally.exercised++;
      const slot = event.copySlot;
      const until = copies.promisedUntil[slot]!;
      if (event.time >= until) return;
      let circumstance: Circumstance | null = standard;
      if (until - event.time <= facts.driftMicros(copies.leaseMicros[slot]!)) circumstance = 'drifting-clock';
      else if (copies.has(slot, CopyFlag.shortfallAllowed)) circumstance = facts.allowance;
      else if (copies.has(slot, CopyFlag.idRepeated)) circumstance = facts.broker.forgotIds;
      if (!tally.breach(circumstance)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, holder: copies.holder[slot]!, promisedUntilMicros: until, how });
    }

    /** Of a queue that pushes. */
    function judgePushed(event: EventView, consumers: PushedConsumers): void {
      const slot = event.copySlot;
      if (slot === NO_SLOT || isMisplaced(facts, event) || !copies.isHeld(slot, event.time) || copies.has(slot, CopyFlag.tangled)) return;
      const holder = copies.holder[slot]!;
      const isReleased = event.kind === EventKind.leaseRelease;
      if (!isReleased && event.b !== ExpireCause.ended) return;
      tally.exercised++;
      const { present, endedAt } = consumers.of(holder);
      // Who asked for a message has no consumer that could go.
      if (isReleased ? copies.has(slot, CopyFlag.releaseAsked) : present === 0 || endedAt >= copies.grantedAt[slot]!) return;
      if (!tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, holder, promisedUntilMicros: Infinity, how: isReleased ? 'was given back by nobody' : 'ended' });
    }

    function isJudged(event: EventView): boolean {
      return event.copySlot !== NO_SLOT && !copies.has(event.copySlot, CopyFlag.tangled) && !isMisplaced(facts, event);
    }

    return {
      on: {
        [EventKind.leaseExpire]: (event) => {
          const { consumers } = facts.queue(event.dest);
          if (consumers !== null) judgePushed(event, consumers);
          else if (isJudged(event)) judge(event, 'ended');
        },
        [EventKind.leaseRelease]: (event) => {
          const { consumers } = facts.queue(event.dest);
          if (consumers !== null) return judgePushed(event, consumers);
          if (!isJudged(event)) return;
          if (copies.has(event.copySlot, CopyFlag.releaseAsked)) tally.exercised++;
          else judge(event, 'was given back by nobody');
        },
        [EventKind.leaseGrant]: (event) => {
          if (isJudged(event) && copies.has(event.copySlot, CopyFlag.leaseForgotten) && facts.queue(event.dest).consumers === null) judge(event, 'was forgotten in a recovery');
        },
      },
    };
  },
  word({ atMicros, message, holder, promisedUntilMicros, how }, { at, name, span }) {
    if (promisedUntilMicros === Infinity) return `the lease of message ${message} by ${name(holder)} ${how} at ${at(atMicros)}, though that consumer was still there`;
    const early = span(promisedUntilMicros - atMicros);
    return `the lease of message ${message} by ${name(holder)} ${how} at ${at(atMicros)}, ${early} before its time at ${at(promisedUntilMicros)}`;
  },
});
