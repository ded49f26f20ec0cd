import { EventKind, type NameId } from '../../history/index.js';
import { isLevelled } from '../contracts/levels.js';
import type { PushContract, RunContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { LanesInTurn } from '../facts/lanes-in-turn.js';
import { defineInvariant, type Handler } from '../invariant.js';
import type { Breach, Tally } from '../tally.js';

interface Overtaken extends Breach {
  /** Null: it was out of turn, of two lanes. */
  readonly level: number | null;
  /** The level of the one that waited; of two lanes: whether it is the upper one. */
  readonly waiting: number;
}

interface Levels {
  /** Ready copies that have a priority, by level. */
  readonly ready: number[];
  readonly isQuorum: boolean;
}

type Watched = Readonly<Record<
  'accept' | 'leaseGrant' | 'leaseRelease' | 'leaseExpire' | 'leaves' | 'recoverBegin', Handler
>>;

/** What comes back to a quorum queue has lost its priority, and is served before all else. Of what a recovery brings back the priority is not told. */
export const priorityRespected = defineInvariant<Overtaken, 'priority-respected'>({
  id: 'priority-respected',
  promise: 'No message is handed out while one of a higher priority is ready in its queue; in a quorum queue with two lanes each third one may be of the other lane, if it is older.',
  exercisedBy: 'messages handed out while one of another priority was ready',
  concerns: ({ queues }: RunContract) => queues.some(({ push }) => push !== undefined && isLevelled(push)),
  create(facts, tally) {
    const byLevel = overtakenByLevel(facts, tally);
    const { accept, leaseGrant, leaseRelease, leaseExpire, leaves, recoverBegin } = facts.contract.queues.some(({ push }) => push?.upperLaneAbove !== undefined)
      ? withLanes(byLevel, facts, tally) : byLevel;
    return {
      on: {
        [EventKind.accept]: accept,
        [EventKind.leaseGrant]: leaseGrant,
        [EventKind.leaseRelease]: leaseRelease,
        [EventKind.leaseExpire]: leaseExpire,
        [EventKind.settle]: leaves,
        [EventKind.drop]: leaves,
        [EventKind.move]: leaves,
        [EventKind.setAside]: leaves,
        [EventKind.recoverBegin]: recoverBegin,
      },
    };
  },
  word({ atMicros, message, queue, level, waiting }, { at, name }) {
    const what = `message ${message}${level === null ? '' : ` of priority ${level}`} was handed out from ${name(queue)} at ${at(atMicros)}`;
    if (level !== null) return `${what}, while one of priority ${waiting} was ready`;
    return waiting > 0 ? `${what}, while one of high priority was ready whose turn it was` : `${what}, though it was the turn of one without high priority, which was older`;
  },
});

/** Where the highest level comes first. */
function overtakenByLevel(facts: Facts, tally: Tally<Overtaken>): Watched {
  const queues = new Map<NameId, Levels>();
  /** Level of the copies that have one. */
  const levelOf = new Map<number, number>();

  function levelsOf(queue: NameId, push: PushContract): Levels {
    const known = queues.get(queue);
    if (known !== undefined) return known;
    const made = { ready: new Array<number>(push.priorities!.highest + 1).fill(0), isQuorum: push.type === 'quorum' };
    queues.set(queue, made);
    return made;
  }

  const waits = (event: EventView, by: 1 | -1): void => {
    const level = levelOf.get(event.copy);
    if (level !== undefined) queues.get(event.dest)!.ready[level]! += by;
  };

  function comesBack(event: EventView): void {
    if (queues.get(event.dest)?.isQuorum === true) levelOf.delete(event.copy);
    else waits(event, 1);
  }

  return {
    accept: (event) => {
      const push = facts.queue(event.dest).contract?.push;
      if (push === undefined || push.priorities === null) return;
      const { highest, usual } = push.priorities;
      levelsOf(event.dest, push);
      levelOf.set(event.copy, Math.min(event.c === 0 ? usual : event.c - 1, highest));
      waits(event, 1);
    },
    leaseGrant: (event) => {
      const level = levelOf.get(event.copy);
      if (level === undefined) return;
      const { ready } = queues.get(event.dest)!;
      waits(event, -1);
      const waiting = ready.findLastIndex((count, other) => count > 0 && other !== level);
      if (waiting < 0) return;
      tally.exercised++;
      if (waiting < level || !tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, level, waiting });
    },
    leaseRelease: comesBack,
    leaseExpire: comesBack,
    // A copy that nobody holds leaves its level; of one that is held nothing waits.
    leaves: (event) => {
      if (event.copySlot >= 0 && !facts.copies.isHeld(event.copySlot, event.time)) waits(event, -1);
      levelOf.delete(event.copy);
    },
    recoverBegin: () => {
      levelOf.clear();
      queues.clear();
    },
  };
}

/** The same, and queues with two lanes by their own rule. */
function withLanes(others: Watched, facts: Facts, tally: Tally<Overtaken>): Watched {
  const lanes = new LanesInTurn(facts);
  const either = (kind: keyof Watched, inLanes: (event: EventView, push: PushContract) => void): Handler => (event) => {
    const push = lanes.contractOf(event);
    if (push === null) others[kind](event);
    else inLanes(event, push);
  };
  return {
    accept: either('accept', (event, push) => lanes.came(event, push)),
    leaseRelease: either('leaseRelease', (event, push) => lanes.gaveBack(event, push)),
    leaseExpire: either('leaseExpire', (event) => lanes.leftBehind(event)),
    leaves: either('leaves', (event) => lanes.leaves(event)),
    leaseGrant: either('leaseGrant', (event) => {
      const isChoice = lanes.waitsInBoth(event);
      const turn = lanes.handedOut(event);
      if (turn === null) return;
      if (isChoice) tally.exercised++;
      if (turn.isInTurn || !tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, level: null, waiting: turn.isUpper ? 0 : 1 });
    }),
    recoverBegin: (event) => {
      others.recoverBegin(event);
      lanes.recovers();
    },
  };
}
