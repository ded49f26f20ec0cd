import { CopyState, DropReason, EventKind, MoveReason, type NameId, NO_DEADLINE_MICROS, Operation } from '../../history/index.js';
import { droppingQueues } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import type { QueueFacts } from '../facts/queue-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface NoCause extends Breach {
  readonly reason: DropReason;
  /** What its owner allows, and what was so; null: no rule allows it at all. */
  readonly rule: { readonly least: number; readonly was: number } | null;
}

type Finding = NoCause['rule'] | 'due' | 'unknown';

/** What a finding rests on: the facts before the event, and what operators asked for. */
interface Evidence {
  readonly facts: Facts;
  readonly queue: QueueFacts;
  readonly slot: number;
  readonly purgedQueues: ReadonlySet<NameId>;
}

/** The wall clock and true time may disagree by their rounding. */
const SLACK_MICROS = 1_000;

/**
 * That a queue lets go of a message is no loss where its owner said so. Whether the rule was due is worked out from the configuration and the rest of the
 * history, not from the reason that the broker gives. Of each rule the most lenient reading counts: the shortest time that was set while the run lasts.
 */
export const droppedWithCause = defineInvariant<NoCause, 'dropped-with-cause'>({
  id: 'dropped-with-cause',
  promise: 'A message is dropped, or dead-lettered unconsumed, only when a rule that its owner set is due, or somebody asked for it.',
  exercisedBy: 'messages that left because of their age, a length limit, a purge or a rejection',
  concerns: droppingQueues,
  hearsAll: true,
  create(facts, tally) {
    const purgedQueues = new Set<NameId>();

    function judge(event: EventView, reason: DropReason): void {
      const slot = event.copySlot;
      const check = CHECKS[reason];
      if (check === undefined || slot === NO_SLOT || isMisplaced(facts, event) || wasCondemned(facts, slot)) return;
      const finding = check({ facts, queue: facts.queue(event.dest), slot, purgedQueues });
      if (finding === 'unknown') return;
      tally.exercised++;
      if (finding === 'due' || !tally.breach(finding !== null && facts.broker.clockWasWrong && isAge(reason) ? 'wrong-clock' : null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, reason, rule: finding });
    }

    return {
      on: {
        [EventKind.operateInvoke]: (event) => {
          if (event.a === Operation.purge) purgedQueues.add(event.dest);
        },
        [EventKind.drop]: (event) => judge(event, event.a as DropReason),
        [EventKind.move]: (event) => {
          const reason = DROPS[event.b as MoveReason];
          if (reason !== undefined) judge(event, reason);
        },
        [EventKind.setAside]: (event) => {
          const reason = DROPS[event.a as MoveReason];
          if (reason !== undefined) judge(event, reason);
        },
      },
    };
  },
  word({ atMicros, message, queue, reason, rule }, { at, name, span }) {
    const left = `message ${message} left ${name(queue)} at ${at(atMicros)} ${CAUSES[reason]}`;
    if (rule === null) return `${left}, and nobody had set or asked for that`;
    return isAge(reason) ? `${left} when it was ${span(rule.was)} old; the shortest time set is ${span(rule.least)}` : `${left}, with ${rule.was} messages there; its limit is ${rule.least}`;
  },
});

const isAge = (reason: DropReason): boolean => reason === DropReason.retention || reason === DropReason.expired;

/** One that waits to be dead-lettered was judged when it was set aside. */
const wasCondemned = ({ copies }: Facts, slot: number): boolean => copies.state[slot] === CopyState.delayed && copies.delayMicros[slot] === NO_DEADLINE_MICROS;

const DROPS: Readonly<Partial<Record<MoveReason, DropReason>>> = {
  [MoveReason.rejected]: DropReason.rejected, [MoveReason.expired]: DropReason.expired, [MoveReason.maxLength]: DropReason.maxLength, [MoveReason.deliveryLimit]: DropReason.deliveryLimit,
};

/** Of a copy that came back, or of which the history does not tell how it was stored, nobody knows how old it is; nor of one that lost its id to another. */
function ageOf({ facts: { copies, nowMicros }, slot }: Evidence): number | null {
  return copies.has(slot, CopyFlag.returned | CopyFlag.redriven | CopyFlag.idRepeated | CopyFlag.shortfallAllowed) ? null : nowMicros - copies.storedAt[slot]!;
}

function aged(evidence: Evidence, least: number): Finding {
  const was = ageOf(evidence);
  if (was === null) return 'unknown';
  return was >= least - SLACK_MICROS ? 'due' : { least, was };
}

/** What makes each reason a good one. Those that are not named are judged by what promises that nothing is lost, or by another limit's own promise. */
const CHECKS: Readonly<Partial<Record<DropReason, (evidence: Evidence) => Finding>>> = {
  [DropReason.retention]: (evidence) => {
    const { contract } = evidence.queue;
    const least = contract?.leastRetentionMicros ?? contract?.retentionMicros;
    if (least !== undefined) return aged(evidence, least);
    return contract?.push === undefined ? 'unknown' : null;
  },
  [DropReason.expired]: (evidence) => {
    const rules = evidence.queue.contract?.drops;
    if (rules === undefined) return 'unknown';
    return rules.leastTtlMicros === null ? null : aged(evidence, rules.leastTtlMicros);
  },
  [DropReason.maxLength]: ({ queue }) => {
    const rules = queue.contract?.drops;
    if (rules === undefined || rules.maxLength === 0) return 'unknown';
    const was = queue.ready + queue.delayed;
    if (rules.maxLength === null) return null;
    return was > rules.maxLength ? 'due' : { least: rules.maxLength, was };
  },
  // How often it came back is another promise's matter.
  [DropReason.deliveryLimit]: ({ queue: { contract } }) => (contract?.drops !== undefined && contract.push?.deliveryLimit === undefined ? null : 'unknown'),
  [DropReason.rejected]: ({ facts, queue: { contract }, slot }) => {
    if (contract?.drops === undefined) return 'unknown';
    return contract.drops.mayReject && facts.copies.has(slot, CopyFlag.releaseAsked) ? 'due' : null;
  },
  [DropReason.purge]: ({ queue, purgedQueues }) => (queue.contract === null ? 'unknown' : purgedQueues.has(queue.nameId) ? 'due' : null),
  [DropReason.queueDeleted]: ({ queue: { contract } }) => {
    if (contract?.drops === undefined) return 'unknown';
    return contract.drops.mayBeDeleted ? 'due' : null;
  },
};

const CAUSES: Readonly<Record<DropReason, string>> = {
  [DropReason.retention]: 'because of the end of its retention',
  [DropReason.purge]: 'because of a purge',
  [DropReason.queueDeleted]: 'because its queue was deleted',
  [DropReason.corrupt]: 'because its record was corrupt',
  [DropReason.rejected]: 'because it was rejected',
  [DropReason.expired]: 'because its time to live was over',
  [DropReason.maxLength]: 'because of a length limit',
  [DropReason.deliveryLimit]: 'because of a delivery limit',
  [DropReason.restart]: 'because of a restart',
};
