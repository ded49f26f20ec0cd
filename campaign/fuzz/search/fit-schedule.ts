import type { FuzzFaults, Scenario } from '../../../scenarios/index.js';
import { FAULTS, type FaultSpec, validateFault } from '../../../sim/index.js';
import type { AtlasEntry } from '../atlas.js';
import { castOf, clientsOf } from '../draw/cast.js';
import type { Dice } from '../draw/dice.js';
import { drawFault } from '../draw/draw-fault.js';
import { inTime, stageOf } from '../draw/draw-faults.js';

/** What a schedule must fit, and what is drawn anew with where it does not. */
export interface ScheduleContext {
  readonly scenario: Scenario;
  readonly faults: FuzzFaults;
  readonly atlas: readonly AtlasEntry[];
  readonly dice: Dice;
}

/** The faults of a schedule that this scenario allows, striking machines that it has, in the order of time. */
export function fitSchedule(schedule: readonly FaultSpec[], context: ScheduleContext): FaultSpec[] {
  const { scenario, faults, atlas } = context;
  const allowed = new Set(atlas.map(({ definition }) => definition.kind));
  const cast = castOf(scenario);
  const machines = [cast.broker, ...clientsOf(cast)];
  const fitting = schedule.filter(({ fault }) => allowed.has(fault)).map((fault) => fitted(fault, machines, context));
  return inTime(fitting.slice(0, faults.count.most), scenario.durationMicros);
}

/** A fault of another cast strikes someone who is here. */
function fitted(fault: FaultSpec, machines: readonly string[], { scenario, faults, atlas, dice }: ScheduleContext): FaultSpec {
  if (validateFault(fault, machines).length === 0 && !isBeyond(fault, atlas, scenario.broker.name)) return fault;
  const entry = atlas.find(({ definition }) => definition.kind === fault.fault)!;
  const fresh = drawFault(entry, { at: fault.at }, stageOf(scenario, faults), dice);
  const isLasting = FAULTS.get(fault.fault)!.duration === 'lasting';
  return isLasting && fault.for !== undefined ? { ...fresh, for: fault.for } : fresh;
}

/** Under this configuration the broker need not survive it. */
function isBeyond({ fault, target }: FaultSpec, atlas: readonly AtlasEntry[], broker: string): boolean {
  return target === broker && !atlas.some(({ definition, sides }) => definition.kind === fault && sides.includes('broker'));
}
