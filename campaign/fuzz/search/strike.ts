import type { FaultSpec } from '../../../sim/index.js';
import type { AtlasEntry } from '../atlas.js';
import type { Dice } from '../draw/dice.js';
import { drawFault } from '../draw/draw-fault.js';
import { stageOf } from '../draw/draw-faults.js';
import { masked } from '../draw/mask.js';
import { STOPS } from '../draw/shapes.js';
import type { Mask } from '../draw/style.js';
import { fitSchedule, type ScheduleContext } from './fit-schedule.js';

export interface StrikeContext extends ScheduleContext {
  /** Draws how long and how hard the faults are. */
  readonly amounts: Dice;
  /** Draws a moment, in microseconds, at which something happened in the run whose schedule it is. */
  readonly drawMoment: () => number;
}

const MASKS: readonly Mask[] = ['none', 'families', 'kinds'];
/** What is struck otherwise would often be hidden by what struck it before. */
const KEEP_SHARE = 0.5;
/** Strikes after which the broker has to come back: what it must not forget is at stake then. */
const STOP_SHARE = 0.3;
/** Consequences take longer than preparations, which are over when what they prepare has happened. */
const AFTER_SHARE = 0.7;
const MAX_BEFORE_MICROS = 20_000;

/**
 * A schedule whose faults strike just before and some time after moments at which something happened. A run with the same workload and
 * seed comes to the first of them as it did before, and to the others much as it did.
 */
export function strikeSchedule(schedule: readonly FaultSpec[], context: StrikeContext): FaultSpec[] {
  const { atlas, dice, faults: { count } } = context;
  const chosen = masked(atlas, dice.pick(MASKS), dice);
  if (chosen.length === 0) return [];
  const strikes = Array.from({ length: dice.whole(Math.max(1, count.least), Math.max(1, count.most)) }, () => strike(chosen, context));
  const last = Math.max(...strikes.map(({ at }) => at));
  const before = dice.chance(KEEP_SHARE) ? schedule.filter(({ at }) => at < last) : [];
  return fitSchedule([...strikes, ...before], context);
}

function strike(atlas: readonly AtlasEntry[], { scenario, faults, dice, amounts, drawMoment }: StrikeContext): FaultSpec {
  const stage = stageOf(scenario, faults);
  const offset = dice.chance(AFTER_SHARE) ? dice.amount(1, stage.busyMicros) : -dice.amount(1, MAX_BEFORE_MICROS);
  const at = Math.max(0, drawMoment() + offset);
  const stops = atlas.filter(({ definition: { kind }, sides }) => sides.includes('broker') && STOPS.includes(kind));
  if (stops.length > 0 && dice.chance(STOP_SHARE)) return drawFault(dice.pick(stops), { at, side: 'broker' }, stage, amounts);
  return drawFault(dice.pick(atlas), { at }, stage, amounts);
}
