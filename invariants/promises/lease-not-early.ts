import { EventKind, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface EarlyEnd extends Breach {
  readonly holder: NameId;
  readonly promisedUntilMicros: number;
  readonly how: 'ended' | 'was given back by nobody' | 'was forgotten in a recovery';
}

/**
 * A lease was promised until the end of its grant or last extension, in true time. One that a recovery brings back starts
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

    function isJudged(event: EventView): boolean {
      // Where consumers are pushed to, a lease lasts as long as its channel, which may end at any time.
      if (facts.queue(event.dest).contract?.push !== undefined) return false;
      return event.copySlot !== NO_SLOT && !copies.has(event.copySlot, CopyFlag.tangled) && !isMisplaced(facts, event);
    }

    return {
      on: {
        [EventKind.leaseExpire]: (event) => {
          if (isJudged(event)) judge(event, 'ended');
        },
        [EventKind.leaseRelease]: (event) => {
          if (!isJudged(event)) return;
          if (copies.has(event.copySlot, CopyFlag.releaseAsked)) tally.exercised++;
          else judge(event, 'was given back by nobody');
        },
        [EventKind.leaseGrant]: (event) => {
          if (isJudged(event) && copies.has(event.copySlot, CopyFlag.leaseForgotten)) judge(event, 'was forgotten in a recovery');
        },
      },
    };
  },
  word({ atMicros, message, holder, promisedUntilMicros, how }, { at, name, span }) {
    const early = span(promisedUntilMicros - atMicros);
    return `the lease of message ${message} by ${name(holder)} ${how} at ${at(atMicros)}, ${early} before its time at ${at(promisedUntilMicros)}`;
  },
});
