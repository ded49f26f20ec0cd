import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { levelIn } from '../contracts/levels.js';
import type { PushContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { ReadyLines } from '../facts/ready-lines.js';
import { defineInvariant } from '../invariant.js';
import type { Breach, Tally } from '../tally.js';

interface Overtaken extends Breach {
  /** Copy that was passed over. */
  readonly passedOver: number;
  readonly copy: number;
  readonly why: 'older' | 'back before' | 'in line before';
}

/**
 * Copies have ascending numbers in the order in which a queue took them. Of what a recovery brings back nobody knows whether it came back before. Of what waits before it is ready
 * nothing is said.
 */
export const requeuePosition = defineInvariant<Overtaken, 'requeue-position'>({
  id: 'requeue-position',
  promise: 'A message that comes back to a classic queue is handed out again before every message that came after it; one that comes back to a quorum queue before all others, in the order of coming back, but what a consumer gave back to one without a delivery limit behind all others.',
  exercisedBy: 'messages handed out while several were ready, one of which had come back',
  concerns: queuesThatPush,
  create(facts, tally) {
    const byItself = overtakenByAge(facts, tally);
    return facts.contract.queues.some(({ push }) => push?.returns === 'last') ? bothOf(facts, byItself, overtakenInLine(facts, tally)) : { on: byItself };
  },
  word({ atMicros, message, queue, copy, passedOver, why }, { at, name }) {
    const reason = { 'older': 'which is older and had come back', 'back before': 'which had come back before it', 'in line before': 'which stood in line before it' }[why];
    return `copy ${copy} of message ${message} was handed out from ${name(queue)} at ${at(atMicros)}, while copy ${passedOver}, ${reason}, was ready`;
  },
});

type Handlers = Readonly<Record<(typeof WATCHED)[number], (event: EventView) => void>>;

const WATCHED = [
  EventKind.accept, EventKind.leaseRelease, EventKind.leaseExpire, EventKind.drop, EventKind.move, EventKind.settle, EventKind.setAside, EventKind.recoverBegin, EventKind.leaseGrant,
] as const;

/** Each queue by its own rule; a recovery concerns all. */
function bothOf(facts: Facts, byAge: Handlers, inLine: Handlers): { on: Handlers } {
  const on = Object.fromEntries(WATCHED.map((kind) => [kind, (event: EventView): void => {
    const isLast = facts.queue(event.dest).contract?.push?.returns === 'last';
    if (!isLast) byAge[kind](event);
    if (isLast || kind === EventKind.recoverBegin) inLine[kind](event);
  }]));
  return { on: on as Handlers };
}

/** Where what comes back goes to its old place, or to a line of its own. */
function overtakenByAge(facts: Facts, tally: Tally<Overtaken>): Handlers {
  /** Copies that came back and are ready, by queue, in the order of coming back. */
  const returned = new Map<NameId, Set<number>>();

  function comesBack(event: EventView): void {
    const push = facts.queue(event.dest).contract?.push;
    if (push === undefined || !(push.keepsPosition || push.returns === 'first')) return;
    const set = returned.get(event.dest);
    if (set === undefined) returned.set(event.dest, new Set([event.copy]));
    else set.add(event.copy);
  }

  const leaves = (event: EventView): void => {
    if (returned.size > 0) returned.get(event.dest)?.delete(event.copy);
  };

  return {
    [EventKind.accept]: () => undefined,
    [EventKind.leaseRelease]: comesBack,
    [EventKind.leaseExpire]: comesBack,
    [EventKind.drop]: leaves,
    [EventKind.move]: leaves,
    [EventKind.settle]: leaves,
    [EventKind.setAside]: leaves,
    [EventKind.recoverBegin]: () => returned.clear(),
    [EventKind.leaseGrant]: (event) => {
      const set = returned.size === 0 ? undefined : returned.get(event.dest);
      if (set === undefined || set.size === 0) return;
      const isByAge = facts.queue(event.dest).contract!.push!.keepsPosition;
      const passedOver = isByAge ? lowest(set) : set.values().next().value!;
      const hasReturned = set.delete(event.copy);
      if (set.size > 0 || (hasReturned && facts.queue(event.dest).ready > 1)) tally.exercised++;
      // Another that was handed out before came back before a recovery.
      const isInOrder = isByAge ? passedOver >= event.copy : passedOver === event.copy || (event.b > 1 && !hasReturned);
      if (isInOrder || !tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, passedOver, why: isByAge ? 'older' : 'back before' });
    },
  };
}

function lowest(copies: ReadonlySet<number>): number {
  let lowestSoFar = Infinity;
  for (const copy of copies) if (copy < lowestSoFar) lowestSoFar = copy;
  return lowestSoFar;
}

/** Where what a consumer gives back goes to the tail. That those that nobody has had come in their order is another promise. */
function overtakenInLine(facts: Facts, tally: Tally<Overtaken>): Handlers {
  /** And those in it that came back. */
  const queues = new Map<NameId, { readonly lines: ReadyLines; readonly back: Set<number> }>();
  const pushOf = ({ dest }: EventView): PushContract => facts.queue(dest).contract!.push!;

  function queueOf({ dest }: EventView): { readonly lines: ReadyLines; readonly back: Set<number> } {
    let known = queues.get(dest);
    if (known === undefined) queues.set(dest, known = { lines: new ReadyLines(), back: new Set() });
    return known;
  }

  const leaves = (event: EventView): void => {
    const { lines, back } = queueOf(event);
    lines.leaves(event.copy);
    back.delete(event.copy);
  };

  return {
    [EventKind.accept]: (event) => queueOf(event).lines.arrives(event.copy, levelIn(pushOf(event), event.c - 1)),
    [EventKind.leaseRelease]: (event) => {
      const { lines, back } = queueOf(event);
      lines.arrives(event.copy, levelIn(pushOf(event), -1));
      back.add(event.copy);
    },
    [EventKind.leaseExpire]: (event) => {
      const { lines, back } = queueOf(event);
      lines.returns(event.copy);
      back.add(event.copy);
    },
    [EventKind.drop]: leaves,
    [EventKind.move]: leaves,
    [EventKind.settle]: leaves,
    [EventKind.setAside]: leaves,
    [EventKind.recoverBegin]: () => queues.clear(),
    [EventKind.leaseGrant]: (event) => {
      const { lines, back } = queueOf(event);
      const first = lines.firstReturned ?? lines.firstBefore(event.copy);
      const isKnown = lines.has(event.copy);
      if (isKnown && lines.size > 1 && back.size > 0) tally.exercised++;
      const isOvertaken = isKnown && first !== event.copy && (back.has(event.copy) || back.has(first!));
      leaves(event);
      if (!isOvertaken || !tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, passedOver: first!, why: 'in line before' });
    },
  };
}
