import type { FuzzFaults, Scenario } from '../../../scenarios/index.js';
import type { FaultSpec } from '../../../sim/index.js';
import type { AtlasEntry } from '../atlas.js';
import { castOf } from './cast.js';
import type { Dice } from './dice.js';
import type { FaultStage } from './draw-fault.js';
import { masked } from './mask.js';
import { busyMicros } from './moments.js';
import { anyShape, single } from './shapes.js';
import type { RunStyle } from './style.js';

const LEAST_FOR_MICROS = 1_000;

/** Where faults of this scenario are drawn. */
export function stageOf(scenario: Scenario, { forMicros }: FuzzFaults): FaultStage {
  const busy = Math.max(1, Math.round(busyMicros(scenario)));
  return { cast: castOf(scenario), busyMicros: busy, forMicros: forMicros ?? { least: LEAST_FOR_MICROS, most: Math.max(LEAST_FOR_MICROS, Math.round(busy / 3)) } };
}

/** Draws a schedule of explicit faults, in the order of time. */
export function drawFaults(scenario: Scenario, faults: FuzzFaults, atlas: readonly AtlasEntry[], style: RunStyle, dice: Dice): FaultSpec[] {
  const chosen = masked(atlas, style.mask, dice);
  const count = drawCount(faults, dice);
  if (chosen.length === 0) return [];
  const stage = stageOf(scenario, faults);
  const shape = style.shapes ? anyShape : single;
  const drawn: FaultSpec[] = [];
  // A shape that has nothing to offer to this mask gives way to a single fault.
  while (drawn.length < count) {
    const some = shape({ scenario, atlas: chosen, stage, dice });
    drawn.push(...(some.length > 0 ? some : single({ scenario, atlas: chosen, stage, dice })));
  }
  return inTime(drawn.slice(0, count), scenario.durationMicros);
}

/** Runs without any fault, where there may be such. */
const CALM_SHARE = 0.05;

function drawCount({ count: { least, most } }: FuzzFaults, dice: Dice): number {
  if (dice.chance(CALM_SHARE)) return least;
  return dice.amount(Math.min(most, Math.max(1, least)), most);
}

/** Faults that begin while the scenario lasts, in the order of time. */
export function inTime(faults: readonly FaultSpec[], durationMicros: number): FaultSpec[] {
  return faults.filter(({ at }) => at < durationMicros).sort((one, other) => one.at - other.at);
}
