import { EVENTS, EventKind } from '../../history/index.js';
import { FAULTS } from '../../sim/index.js';
import type { PointGroup, Probe, ProbeContext, Sight } from './point-group.js';
import { type CoverageScene, SIDES, type Side } from './scene.js';

const KINDS = [...FAULTS.keys()];
const SLOTS = KINDS.flatMap((kind) => SIDES.map((side) => ({ kind, side, text: `${kind} of a ${side}` })));
const SLOT_NUMBER: ReadonlyMap<string, number> = new Map(SLOTS.map(({ kind, side }, number) => [`${kind}/${side}`, number]));

/** What a fault can meet. Not itself, nor what happens in every run once, nor what no queue does. */
const MET: readonly EventKind[] = [
  EventKind.sendInvoke, EventKind.sendAttempt, EventKind.sendOk, EventKind.sendFail, EventKind.sendInfo, EventKind.deliver,
  EventKind.handleStart, EventKind.handleEnd, EventKind.effect, EventKind.ackInvoke, EventKind.ackOk, EventKind.ackFail, EventKind.ackInfo,
  EventKind.extendInvoke, EventKind.extendOk, EventKind.extendFail, EventKind.extendInfo,
  EventKind.nackInvoke, EventKind.nackOk, EventKind.nackFail, EventKind.nackInfo, EventKind.pollWait, EventKind.pollEnd,
  EventKind.accept, EventKind.leaseGrant, EventKind.leaseExtend, EventKind.leaseExpire, EventKind.leaseRelease, EventKind.settle,
  EventKind.move, EventKind.drop, EventKind.nodeStart, EventKind.nodeStop, EventKind.recoverBegin, EventKind.restore, EventKind.recoverEnd,
];
const MEETINGS = SLOTS.length * MET.length;
const PAIRS = KINDS.flatMap((one, index) => KINDS.slice(index).map((other) => `${one} and ${other} at a time`));
const POINTS = [
  ...SLOTS.flatMap(({ text }) => MET.map((kind) => `${text} × ${EVENTS[kind].name}`)),
  ...PAIRS,
  ...KINDS.map((kind) => `${kind} while the broker recovers`),
];
const PAIR_BASE = MEETINGS;
const RECOVERY_BASE = PAIR_BASE + PAIRS.length;

const MET_NUMBER = new Int16Array(256).fill(-1);
MET.forEach((kind, number) => {
  MET_NUMBER[kind] = number;
});

/** Which fault was there while what happened, which faults overlapped, and which struck a recovery. */
export const FAULT: PointGroup = {
  id: 'fault',
  title: 'faults: kind and side × what happens meanwhile, overlaps, recoveries',
  points: POINTS,
  canReach,
  begin: (context) => new Meetings(context).probe,
};

const canStrikeAny = (scene: CoverageScene, kind: string): boolean => SIDES.some((side) => scene.mayStrike(kind, side));

function canReach(point: number, scene: CoverageScene): boolean {
  if (point < PAIR_BASE) {
    const { kind, side } = SLOTS[Math.floor(point / MET.length)]!;
    const isOfDeadLetters = MET[point % MET.length] === EventKind.move && !scene.hasDeadLetters;
    return scene.mayStrike(kind, side) && !isOfDeadLetters;
  }
  if (point >= RECOVERY_BASE) return canStrikeAny(scene, KINDS[point - RECOVERY_BASE]!);
  const [one = 0, other = 0] = pairOf(point - PAIR_BASE);
  return canStrikeAny(scene, KINDS[one]!) && canStrikeAny(scene, KINDS[other]!);
}

/** Pairs are numbered row by row: kind 0 with 0, 1, …, then kind 1 with 1, 2, …. */
const rowStart = (one: number): number => one * KINDS.length - (one * (one - 1)) / 2;

function pairOf(pair: number): [number, number] {
  let one = 0;
  while (one + 1 < KINDS.length && rowStart(one + 1) <= pair) one++;
  return [one, one + pair - rowStart(one)];
}

const pairNumber = (one: number, other: number): number => {
  const low = Math.min(one, other);
  return rowStart(low) + Math.max(one, other) - low;
};

/** A fault that is over at once is taken to be there for this long: its consequences are. */
const AFTERMATH_MICROS = 100_000;

/** A fault that is there: its slot, and when it is taken to be over. */
interface Present {
  readonly slot: number;
  readonly index: number;
  untilMicros: number;
}

class Meetings {
  readonly #context: ProbeContext;
  #present: Present[] = [];
  #isRecovering = false;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  get probe(): Probe {
    return {
      on: {
        [EventKind.faultBegin]: (chunk, row) => this.#begins(chunk.time[row]!, chunk.actor[row]!, chunk.a[row]!, chunk.b[row]!),
        [EventKind.faultEnd]: ({ time, a }, row) => this.#ends(time[row]!, a[row]!),
        [EventKind.recoverBegin]: () => this.#recoveryBegins(),
        [EventKind.recoverEnd]: () => {
          this.#isRecovering = false;
        },
        [EventKind.nodeStop]: ({ actor }, row) => this.#stops(actor[row]!),
      },
      onAny: this.#meets,
    };
  }

  #begins(now: number, actor: number, index: number, kindName: number): void {
    const { names, scene, hit } = this.#context;
    const side: Side = scene.sideOf(names.text(actor));
    const slot = SLOT_NUMBER.get(`${names.text(kindName)}/${side}`);
    if (slot === undefined) return;
    const kind = Math.floor(slot / SIDES.length);
    this.#leave(now);
    for (const other of this.#present) hit(PAIR_BASE + pairNumber(kind, Math.floor(other.slot / SIDES.length)));
    if (this.#isRecovering) hit(RECOVERY_BASE + kind);
    this.#present.push({ slot, index, untilMicros: Infinity });
  }

  #ends(now: number, index: number): void {
    for (const fault of this.#present) if (fault.index === index) fault.untilMicros = now + AFTERMATH_MICROS;
  }

  #recoveryBegins(): void {
    this.#isRecovering = true;
    for (const { slot } of this.#present) this.#context.hit(RECOVERY_BASE + Math.floor(slot / SIDES.length));
  }

  #stops(actor: number): void {
    const { names, scene } = this.#context;
    if (names.text(actor) === scene.brokerName) this.#isRecovering = false;
  }

  #leave(now: number): void {
    if (this.#present.some((fault) => fault.untilMicros < now)) this.#present = this.#present.filter((fault) => fault.untilMicros >= now);
  }

  readonly #meets: Sight = ({ kind, time }, row) => {
    const present = this.#present;
    if (present.length === 0) return;
    const met = MET_NUMBER[kind[row]!]!;
    if (met < 0) return;
    this.#leave(time[row]!);
    for (let i = 0; i < this.#present.length; i++) this.#context.hit(this.#present[i]!.slot * MET.length + met);
  };
}
