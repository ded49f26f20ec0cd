import { CopyState, EventKind } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Neglect extends Breach {
  /** Since when it could have been handed out. */
  readonly sinceMicros: number;
  /** For how long someone waited for it meanwhile, at a working broker. */
  readonly neglectedMicros: number;
  readonly wasLeased: boolean;
  /** False when it never came out. */
  readonly cameOut: boolean;
}

/**
 * Only time in which a poll waits at the broker counts, and only while the broker is up, no fault hinders it, and the queue
 * is below its limit of messages in flight.
 */
export const leaseExpiryLive = defineInvariant<Neglect, 'lease-expiry-live'>({
  id: 'lease-expiry-live',
  promise: 'A message whose lease ended, or that is ready, is handed out or dead-lettered within the bound while someone waits for it.',
  exercisedBy: 'messages handed out or dead-lettered after a lease of theirs ended without acknowledgement',
  create(facts, tally) {
    const { copies } = facts;
    const report = (slot: number, atMicros: number, cameOut: boolean): void => {
      const neglectedMicros = neglect(facts, slot, atMicros);
      if (neglectedMicros === 0) return;
      const sinceMicros = facts.availableSince(slot);
      const isAmongFirst = tally.isAmongFirst(null, sinceMicros);
      tally.breach(null);
      if (!isAmongFirst) return;
      const wasLeased = copies.state[slot] === CopyState.leased || copies.has(slot, CopyFlag.waitsAgain);
      tally.tell({
        atMicros, message: copies.message[slot]!, queue: copies.queue[slot]!, sinceMicros, neglectedMicros, wasLeased, cameOut,
      });
    };
    const comesOut = (event: EventView): void => {
      const slot = event.copySlot;
      if (slot === NO_SLOT || isMisplaced(facts, event)) return;
      if (copies.has(slot, CopyFlag.waitsAgain)) tally.exercised++;
      report(slot, event.time, true);
    };
    return {
      on: {
        [EventKind.leaseGrant]: comesOut,
        [EventKind.move]: comesOut,
        [EventKind.leaseExpire]: (event) => {
          if (event.copySlot !== NO_SLOT && copies.state[event.copySlot] === CopyState.leased) report(event.copySlot, event.time, true);
        },
      },
      finish: () => {
        copies.forEach((slot) => report(slot, facts.nowMicros, false));
      },
    };
  },
  word({ message, queue, sinceMicros, neglectedMicros, wasLeased, cameOut }, { at, name, span }) {
    const since = wasLeased ? `the last lease of message ${message} ended at ${at(sinceMicros)}` : `message ${message} was ready at ${at(sinceMicros)}`;
    const end = cameOut ? 'before it went on' : 'and it never came out';
    return `${since}, and someone waited ${span(neglectedMicros)} for messages of ${name(queue)} at a working broker ${end}`;
  },
});

/** For how long beyond the bound's reach a copy was neglected; 0 when within the bound. */
function neglect(facts: Facts, slot: number, nowMicros: number): number {
  const { copies, contract } = facts;
  // What the broker's clock measured: its last lease, or the delay with which it was stored.
  const measuredMicros = Math.max(copies.leaseMicros[slot]!, copies.delayedUntil[slot]! - copies.storedAt[slot]!);
  const bound = contract.redeliveryBoundMicros + facts.driftMicros(measuredMicros);
  if (nowMicros - facts.availableSince(slot) <= bound) return 0;
  const neglected = facts.neglectedMicros(slot, nowMicros);
  return neglected > bound ? neglected : 0;
}
