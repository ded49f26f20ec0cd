import { CopyState, EventKind, type NameId } from '../../history/index.js';
import { fairQueues } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { QueueTenants } from '../facts/queue-tenants.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Unfair extends Breach {
  readonly noisy: NameId;
  readonly inFlight: number;
  readonly leased: number;
  readonly quiet: NameId;
}

/**
 * Judged only where there is no doubt: the tenant that is served holds more than a tenth of what is in flight and at least 30 messages; the one that
 * waits holds less than a tenth and has had less than a twentieth of the processing time of the last minutes.
 */
export const fairDwell = defineInvariant<Unfair, 'fair-dwell'>({
  id: 'fair-dwell',
  promise: 'In a fair queue no message of a noisy group is handed out while one of a quiet group waits.',
  exercisedBy: 'messages of noisy groups handed out',
  concerns: fairQueues,
  create(facts, tally) {
    const { copies, groups } = facts;
    const queues: (QueueTenants | undefined)[] = [];
    const tenantsOf = (queue: NameId): QueueTenants | null => {
      if (facts.queue(queue).contract?.isFair !== true) return null;
      return (queues[queue] ??= new QueueTenants());
    };
    const leave = (event: EventView): void => {
      const slot = event.copySlot;
      const group = slot === NO_SLOT || isMisplaced(facts, event) ? null : groups.of(slot);
      const tenants = group === null ? null : tenantsOf(event.dest);
      if (tenants === null || group === null) return;
      if (copies.state[slot] === CopyState.leased) tenants.returned(group.group, event.time - copies.grantedAt[slot]!, event.time);
      else if (copies.state[slot] === CopyState.ready) tenants.left(group.group);
    };
    return {
      on: {
        [EventKind.place]: (event) => {
          if (event.copySlot !== NO_SLOT && copies.state[event.copySlot] === CopyState.ready) tenantsOf(event.dest)?.came(event.peer, event.time);
        },
        [EventKind.leaseGrant]: (event) => {
          const slot = event.copySlot;
          const group = slot === NO_SLOT || isMisplaced(facts, event) ? null : groups.of(slot);
          const tenants = group === null ? null : tenantsOf(event.dest);
          if (tenants === null || group === null) return;
          const { leased } = facts.queue(event.dest);
          const noisy = tenants.of(group.group);
          if (noisy.inFlight >= 30 && noisy.inFlight > 0.1 * leased) {
            tally.exercised++;
            const quiet = tenants.quietWaiting(leased, event.time);
            if (quiet !== null && tally.breach(facts.standard)) {
              tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, noisy: group.group, inFlight: noisy.inFlight, leased, quiet });
            }
          }
          if (copies.state[slot] === CopyState.ready) tenants.left(group.group);
          else if (copies.state[slot] === CopyState.leased) return;
          noisy.inFlight++;
        },
        [EventKind.leaseExpire]: (event) => {
          leave(event);
          if (event.copySlot !== NO_SLOT) comeBack(event);
        },
        [EventKind.leaseRelease]: (event) => {
          leave(event);
          if (event.copySlot !== NO_SLOT) comeBack(event);
        },
        [EventKind.settle]: leave,
        [EventKind.drop]: leave,
        [EventKind.move]: leave,
        // What a restart does to shares is not followed.
        [EventKind.recoverBegin]: () => {
          queues.length = 0;
        },
      },
    };

    function comeBack(event: EventView): void {
      const group = groups.of(event.copySlot);
      if (group !== null) tenantsOf(event.dest)?.came(group.group, event.time);
    }
  },
  word({ atMicros, message, queue, noisy, inFlight, leased, quiet }, { at, name }) {
    return `message ${message} of group ${name(noisy)}, which had ${inFlight} of ${leased} messages in flight, was handed out from ${name(queue)} at ${at(atMicros)} while group ${name(quiet)} waited`;
  },
});
