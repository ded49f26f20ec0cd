import type { Scenario } from '../../../scenarios/index.js';
import type { FaultSpec } from '../../../sim/index.js';
import { SIDES, type Side } from '../../coverage/index.js';
import type { AtlasEntry } from '../atlas.js';
import type { Cast } from './cast.js';
import type { Dice } from './dice.js';
import { drawFault, type FaultStage } from './draw-fault.js';
import { drawMoment, wanderers } from './moments.js';

/** What a shape is drawn from. */
export interface ShapeContext {
  readonly scenario: Scenario;
  /** The faults of this run; not empty. */
  readonly atlas: readonly AtlasEntry[];
  readonly stage: FaultStage;
  readonly dice: Dice;
}

/** Some faults that belong together. */
export type Shape = (context: ShapeContext) => FaultSpec[];

/** Any fault at any time. */
export const single: Shape = ({ atlas, stage, dice }) => [drawFault(dice.pick(atlas), { at: dice.whole(0, stage.busyMicros - 1) }, stage, dice)];

/** A fault when something is decided. */
const aimed: Shape = ({ scenario, atlas, stage, dice }) => [drawFault(dice.pick(atlas), { at: drawMoment(scenario, dice) }, stage, dice)];

/** The same trouble over and over, at intervals. */
const repeated: Shape = ({ atlas, stage, dice }) => {
  const first = drawFault(dice.pick(atlas), { at: dice.whole(0, stage.busyMicros - 1) }, stage, dice);
  const every = dice.amount(1_000, Math.max(1_000, Math.round(stage.busyMicros / 4)));
  return Array.from({ length: dice.whole(2, 5) }, (_, time) => ({ ...first, at: first.at + time * every }));
};

/** A second fault while the first is there. */
const overlapping: Shape = ({ atlas, stage, dice }) => {
  const first = drawFault(dice.pick(atlas), { at: dice.whole(0, stage.busyMicros - 1) }, stage, dice);
  const at = first.at + dice.amount(0, first.for ?? 100_000);
  return [first, drawFault(dice.pick(atlas), { at }, stage, dice)];
};

/** FoundationDB's swizzle: machine after machine is struck, and they are healed in another order. */
const swizzle: Shape = ({ atlas, stage, dice }) => {
  const lasting = atlas.filter(({ definition }) => definition.duration === 'lasting');
  if (lasting.length === 0) return [];
  const entry = dice.pick(lasting);
  const machines = wanderers(stage.cast, dice).filter((machine) => canStrike(entry, machine, stage.cast));
  const start = dice.whole(0, stage.busyMicros - 1);
  const gap = dice.amount(1_000, stage.forMicros.most);
  const ends = dice.shuffled(machines.map((_, order) => start + (machines.length + order) * gap));
  return machines.map((target, order) => {
    const at = start + order * gap;
    return drawFault(entry, { at, target, for: Math.max(1, ends[order]! - at) }, stage, dice);
  });
};

const canStrike = ({ sides }: AtlasEntry, machine: string, cast: Cast): boolean =>
  sides.some((side) => side === sideIn(cast, machine));

function sideIn({ broker, producers }: Cast, machine: string): Side {
  if (machine === broker) return SIDES[0];
  return producers.includes(machine) ? SIDES[1] : SIDES[2];
}

/** The faults after which the broker recovers. */
export const STOPS: readonly string[] = ['crash', 'power-loss', 'disk-replace', 'fsync-failure', 'disk-error', 'disk-full'];
/** A recovery of a small journal takes milliseconds; what strikes it must come about as fast. */
const RECOVERY_MICROS = 30_000;
/** A broker whose storage failed is started again after this long. */
const RESTART_MICROS = 1_000_000;
const MAX_CHASES = 3;

/** The broker stops, and something strikes it while it comes back, perhaps again and again. */
const recoveryChase: Shape = ({ atlas, stage, dice }) => {
  const ofBroker = atlas.filter(({ sides }) => sides.includes('broker'));
  const stops = ofBroker.filter(({ definition: { kind } }) => STOPS.includes(kind));
  if (stops.length === 0) return [];
  const faults: FaultSpec[] = [];
  let at = dice.whole(0, stage.busyMicros - 1);
  for (let left = dice.whole(1, MAX_CHASES); left > 0; left--) {
    const stop = drawFault(dice.pick(stops), { at, side: 'broker' }, stage, dice);
    // While its disk is full or fails, the broker tries again every so often; the end is when it succeeds.
    const back = stop.fault === 'fsync-failure' ? stop.at + RESTART_MICROS : stop.at + (stop.for ?? 0);
    at = Math.max(stop.at + 1, back + dice.amount(0, RECOVERY_MICROS));
    faults.push(stop);
  }
  return [...faults, drawFault(dice.pick(ofBroker), { at, side: 'broker' }, stage, dice)];
};

const SHAPES: readonly Shape[] = [single, single, aimed, aimed, repeated, overlapping, swizzle, recoveryChase, recoveryChase];

export const anyShape: Shape = (context) => context.dice.pick(SHAPES)(context);
