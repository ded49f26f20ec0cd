import type { FaultSpec } from '../../../sim/index.js';
import type { Dice } from '../draw/dice.js';
import { drawFault } from '../draw/draw-fault.js';
import { stageOf } from '../draw/draw-faults.js';
import { anyShape } from '../draw/shapes.js';
import { fitSchedule, type ScheduleContext } from './fit-schedule.js';

/** What a schedule is changed with. */
export interface MutationContext extends ScheduleContext {
  /** The schedule of another run that reached new ground. */
  readonly donor: readonly FaultSpec[];
}

type Change = (schedule: readonly FaultSpec[], context: MutationContext) => FaultSpec[];

/** Applies `change` to one fault of the schedule. */
function atOne(schedule: readonly FaultSpec[], dice: Dice, change: (fault: FaultSpec) => readonly FaultSpec[]): FaultSpec[] {
  if (schedule.length === 0) return [];
  const chosen = dice.whole(0, schedule.length - 1);
  return schedule.flatMap((fault, index) => (index === chosen ? change(fault) : [fault]));
}

const shift: Change = (schedule, { scenario, faults, dice }) => atOne(schedule, dice, (fault) => {
  const by = (dice.chance(0.5) ? 1 : -1) * dice.amount(1, stageOf(scenario, faults).busyMicros);
  return [{ ...fault, at: Math.max(0, fault.at + by) }];
});

const stretch: Change = (schedule, { scenario, faults, dice }) => atOne(schedule, dice, (fault) => {
  if (fault.for === undefined) return [fault];
  const { forMicros } = stageOf(scenario, faults);
  return [{ ...fault, for: dice.amount(forMicros.least, forMicros.most) }];
});

const leaveOut: Change = (schedule, { dice }) => atOne(schedule, dice, () => []);

const repeat: Change = (schedule, { scenario, faults, dice }) => atOne(schedule, dice, (fault) =>
  [fault, { ...fault, at: fault.at + dice.amount(1, stageOf(scenario, faults).busyMicros) }]);

/** The same kind at the same time, with everything else drawn anew. */
const redraw: Change = (schedule, { scenario, faults, atlas, dice }) => atOne(schedule, dice, (fault) => {
  const entry = atlas.find(({ definition }) => definition.kind === fault.fault);
  return entry === undefined ? [] : [drawFault(entry, { at: fault.at }, stageOf(scenario, faults), dice)];
});

const add: Change = (schedule, { scenario, faults, atlas, dice }) =>
  atlas.length === 0 ? [...schedule] : [...schedule, ...anyShape({ scenario, atlas, stage: stageOf(scenario, faults), dice })];

const splice: Change = (schedule, { donor, dice }) => {
  const cut = dice.whole(0, Math.max(...schedule.map(({ at }) => at), ...donor.map(({ at }) => at), 0));
  return [...schedule.filter(({ at }) => at <= cut), ...donor.filter(({ at }) => at > cut)];
};

const CHANGES: readonly Change[] = [shift, shift, stretch, leaveOut, repeat, redraw, add, add, splice];
const MAX_CHANGES = 4;

/** A schedule changed a little, and made to fit the scenario again. */
export function mutateSchedule(schedule: readonly FaultSpec[], context: MutationContext): FaultSpec[] {
  const { dice } = context;
  let changed = [...schedule];
  for (let left = dice.amount(1, MAX_CHANGES); left > 0; left--) changed = dice.pick(CHANGES)(changed, context);
  return fitSchedule(changed, context);
}
