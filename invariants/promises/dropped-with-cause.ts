import { CopyState, DropReason, EventKind, MoveReason, type NameId, NO_DEADLINE_MICROS, Operation } from '../../history/index.js';
import { droppingQueues } from '../contracts/concerns.js';
import type { DropRules } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { Purges } from '../facts/purges.js';
import type { QueueFacts } from '../facts/queue-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { TimesToLive } from '../facts/time-to-live.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface NoCause extends Breach {
  readonly reason: DropReason;
  /** What its owner allows, and what was so; null: no rule allows it at all. */
  readonly rule: { readonly least: number; readonly was: number; readonly isInBytes?: boolean } | null;
}

type Finding = NoCause['rule'] | 'due' | 'unknown';

/** What a finding rests on: the facts before the event, and what operators and consumers asked for. */
interface Evidence {
  readonly facts: Facts;
  readonly queue: QueueFacts;
  readonly slot: number;
  readonly purges: Purges;
  readonly timesToLive: TimesToLive;
  /** By copy: the handle with which its consumer asked last to let go of it. */
  readonly rejected: ReadonlyMap<number, number>;
  /** When somebody last got a message of a queue that goes when nobody uses it. */
  readonly lastUse: ReadonlyMap<NameId, number>;
}

/** The wall clock and true time may disagree by their rounding. */
const SLACK_MICROS = 1_000;

/**
 * That a queue lets go of a message is no loss where its owner said so. Whether the rule was due is worked out from the configuration and the rest of the
 * history, not from the reason that the broker gives. Of a setting that an operator changes the most lenient value counts
 * that it may have by then.
 */
export const droppedWithCause = defineInvariant<NoCause, 'dropped-with-cause'>({
  id: 'dropped-with-cause',
  promise: 'A message is dropped, or dead-lettered unconsumed, only when a rule that its owner set is due, or somebody asked for it.',
  exercisedBy: 'messages that left because of their age, a length limit, a purge or a rejection',
  concerns: droppingQueues,
  hearsAll: true,
  create(facts, tally) {
    const purges = new Purges(facts.contract, (micros) => facts.driftMicros(micros) + SLACK_MICROS);
    const timesToLive = new TimesToLive(facts);
    const rejected = new Map<number, number>();
    const lastUse = new Map<NameId, number>();
    const disturbed = (event: EventView): void => {
      if (facts.isBroker(event.actor)) purges.disturbed(event.time);
    };
    const hasExpiry = facts.contract.queues.some(({ drops }) => drops?.expiresMicros !== undefined);
    const used = (event: EventView): void => {
      if (facts.queue(event.dest).contract?.drops?.expiresMicros !== undefined) lastUse.set(event.dest, event.time);
    };

    function judge(event: EventView, reason: DropReason): void {
      const slot = event.copySlot;
      const check = CHECKS[reason];
      if (check === undefined || slot === NO_SLOT || isMisplaced(facts, event) || wasCondemned(facts, slot)) return;
      const finding = check({ facts, queue: facts.queue(event.dest), slot, purges, timesToLive, rejected, lastUse });
      if (finding === 'unknown') return;
      tally.exercised++;
      if (finding === 'due' || !tally.breach(finding !== null && facts.broker.clockWasWrong && isAge(reason) ? 'wrong-clock' : null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, reason, rule: finding });
    }

    return {
      on: {
        [EventKind.operateInvoke]: (event) => {
          if (event.a === Operation.purge) purges.asked(event.dest);
        },
        [EventKind.operateEnd]: (event) => {
          if (event.a === Operation.purge) purges.answered(event.dest, facts.names.text(event.b), event.time);
        },
        [EventKind.nodeStop]: disturbed,
        [EventKind.faultBegin]: disturbed,
        [EventKind.nackInvoke]: (event) => {
          if (event.b === 0 && facts.queue(event.dest).contract?.push !== undefined) rejected.set(event.copy, event.a);
        },
        ...(hasExpiry ? { [EventKind.leaseGrant]: used } : {}),
        [EventKind.settle]: ({ copy }) => {
          if (rejected.size > 0) rejected.delete(copy);
        },
        [EventKind.drop]: (event) => {
          judge(event, event.a as DropReason);
          rejected.delete(event.copy);
        },
        [EventKind.move]: (event) => {
          const reason = DROPS[event.b as MoveReason];
          if (reason !== undefined) judge(event, reason);
          rejected.delete(event.copy);
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
    if (rule === null && reason === DropReason.queueDeleted) return `${left}, and it had not been left`;
    if (rule === null) return `${left}, and nobody had set or asked for that`;
    if (reason === DropReason.queueDeleted) return `${left}, when nobody had used it for ${span(rule.was)}; it has to stay for ${span(rule.least)}`;
    return isAge(reason) ? `${left} when it was ${span(rule.was)} old; it had ${span(rule.least)}` : `${left}, with ${rule.was} ${rule.isInBytes === true ? 'bytes' : 'messages'} there; its limit is ${rule.least}`;
  },
});

const AGES: readonly DropReason[] = [DropReason.retention, DropReason.expired];
const isAge = (reason: DropReason): boolean => AGES.includes(reason);

/** One that waits to be dead-lettered was judged when it was set aside. */
const wasCondemned = ({ copies }: Facts, slot: number): boolean => copies.state[slot] === CopyState.delayed && copies.delayMicros[slot] === NO_DEADLINE_MICROS;

const DROPS: Readonly<Partial<Record<MoveReason, DropReason>>> = {
  [MoveReason.rejected]: DropReason.rejected, [MoveReason.expired]: DropReason.expired, [MoveReason.maxLength]: DropReason.maxLength, [MoveReason.deliveryLimit]: DropReason.deliveryLimit,
};

/** Of a copy that came back, or of which the history does not tell how it was stored, nobody knows how old it is; nor of one that lost its id to another. */
function ageOf({ facts: { copies, nowMicros }, slot }: Evidence): number | null {
  const isLetter = copies.has(slot, CopyFlag.letter);
  return copies.has(slot, CopyFlag.returned | CopyFlag.idRepeated | CopyFlag.shortfallAllowed | (isLetter ? 0 : CopyFlag.redriven)) ? null : nowMicros - copies.storedAt[slot]!;
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
    const steps = contract?.retentionSteps?.filter(({ fromMicros }) => fromMicros <= evidence.facts.nowMicros).map(({ micros }) => micros);
    const least = steps === undefined ? contract?.retentionMicros : Math.min(...steps);
    if (least !== undefined) return aged(evidence, least);
    return contract?.push === undefined ? 'unknown' : null;
  },
  [DropReason.expired]: (evidence) => {
    const micros = evidence.timesToLive.exact(evidence.slot);
    if (micros === null) return 'unknown';
    return micros === Infinity ? null : aged(evidence, micros);
  },
  [DropReason.maxLength]: ({ queue }) => {
    const rules = queue.contract?.drops;
    if (rules === undefined) return 'unknown';
    const { maxLength, maxBytes = null } = rules;
    const was = queue.ready + queue.delayed;
    if ((maxLength !== null && was > maxLength) || (maxBytes !== null && queue.waitingBytes > maxBytes)) return 'due';
    if (maxLength !== null) return { least: maxLength, was };
    return maxBytes === null ? null : { least: maxBytes, was: queue.waitingBytes, isInBytes: true };
  },
  // How often it came back is another promise's matter.
  [DropReason.deliveryLimit]: ({ queue: { contract } }) => (contract?.drops !== undefined && contract.push?.deliveryLimit === undefined ? null : 'unknown'),
  // Its last consumer rejects what it lets go of, and has just let go of it.
  [DropReason.rejected]: ({ facts: { copies, names, nowMicros }, queue: { contract }, slot, rejected }) => {
    if (contract?.drops === undefined) return 'unknown';
    const isGivenBackNow = copies.has(slot, CopyFlag.waitsAgain) && copies.expiredAt[slot] === -1 && copies.availableAt[slot] === nowMicros;
    const isAsked = contract.drops.rejecters.includes(names.text(copies.holder[slot]!)) && rejected.get(copies.idOf(slot)) === copies.handle[slot];
    return isGivenBackNow && isAsked ? 'due' : null;
  },
  // RabbitMQ: what a consumer holds is not purged.
  [DropReason.purge]: ({ facts: { copies, nowMicros }, queue, slot, purges }) => {
    if (queue.contract === null) return 'unknown';
    const isHeld = queue.contract.push !== undefined && copies.state[slot] === CopyState.leased;
    return purges.mayGoOn(queue.nameId, nowMicros) && !isHeld ? 'due' : null;
  },
  [DropReason.queueDeleted]: (evidence) => {
    const drops = evidence.queue.contract?.drops;
    if (drops === undefined) return 'unknown';
    if (!drops.mayBeDeleted) return null;
    return drops.goesWith === undefined ? unusedFor(evidence, drops.expiresMicros ?? 0) : leftAlone(evidence.queue, drops.goesWith);
  },
};

/** Whoever got a message used it, and a consumer that is there uses it all the time; who else did is not told. */
function unusedFor({ facts, queue, lastUse }: Evidence, expiresMicros: number): Finding {
  const { present, lastGoneAt } = queue.consumers!;
  const lastUsed = present > 0 ? facts.nowMicros : Math.max(lastUse.get(queue.nameId) ?? 0, facts.broker.upSinceMicros, lastGoneAt);
  const was = facts.nowMicros - lastUsed;
  return was >= expiresMicros - SLACK_MICROS - facts.driftMicros(expiresMicros) ? 'due' : { least: expiresMicros, was };
}

/** The connection that has it for its own may end before it has a consumer. */
function leftAlone({ consumers }: QueueFacts, goesWith: NonNullable<DropRules['goesWith']>): Finding {
  const { present, lastGoneAt } = consumers!;
  return present === 0 && (goesWith === 'owner' || lastGoneAt >= 0) ? 'due' : null;
}

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
