import { type FuzzSpec, type Scenario, ScenarioError } from '../../../scenarios/index.js';
import { RandomStreams } from '../../../sim/index.js';
import { atlasOf, type AtlasOptions } from '../atlas.js';
import { Dice } from './dice.js';
import { drawFaults } from './draw-faults.js';
import { drawQueues } from './draw-queues.js';
import { drawWorkload } from './draw-workload.js';
import { patient } from './patient.js';
import { type DrawStyle, runStyle } from './style.js';

/** One run, written out: nothing is left to draw but what its seed decides inside the world. */
export interface DrawnRun {
  readonly number: number;
  readonly seed: string;
  readonly scenario: Scenario;
}

/** What runs are drawn from. */
export interface DrawPlan extends AtlasOptions {
  readonly scenario: Scenario;
  readonly spec: FuzzSpec;
  /** The scenario with other settings, given as `--set` takes them. Throws `ScenarioError` for settings that contradict each other. */
  readonly withSettings: (overrides: readonly string[]) => Scenario;
  readonly baseSeed: string;
}

/** The seed of a run, and of the streams from which it is drawn. */
export const seedOf = (baseSeed: string, number: number): string => `${baseSeed}-${number}`;

export function diceOf(plan: DrawPlan, number: number, purpose: string, style: Pick<DrawStyle, 'heavyTails'>): Dice {
  return new Dice(new RandomStreams(seedOf(plan.baseSeed, number)).stream(`fuzz/${purpose}`), style);
}

/** Draws a run from scratch. It depends on plan, number and style alone. */
export function drawRun(plan: DrawPlan, number: number, style: DrawStyle): DrawnRun {
  const own = runStyle(style, diceOf(plan, number, 'style', style));
  const dice = (purpose: string): Dice => diceOf(plan, number, purpose, own);
  const configured = drawSettings(plan, dice('settings'));
  const queued = plan.spec.queues ? drawQueues(configured, dice('queues')) : configured;
  const workload = drawWorkload(queued, plan.spec, dice('workload'));
  const atlas = atlasOf(workload, plan.spec.faults, plan);
  const faults = drawFaults(workload, plan.spec.faults, atlas, own, dice('faults'));
  return { number, seed: seedOf(plan.baseSeed, number), scenario: judgedAlone(patient({ ...workload, faults }, queued)) };
}

/** Draws of settings for one run: of so many in a row that contradict each other it may be said that they always do. */
const MAX_DRAWS = 64;

/**
 * Each setting that may vary is drawn, or left with probability ½. Values that are valid one by one may contradict each other: such a
 * combination is drawn again.
 *
 * @throws ScenarioError of the last combination, when no draw gave a valid one
 */
function drawSettings(plan: DrawPlan, dice: Dice): Scenario {
  let mistake: ScenarioError | null = null;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    try {
      return settingsOnce(plan, dice);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      mistake = error;
    }
  }
  throw mistake!;
}

function settingsOnce({ scenario, spec, withSettings }: DrawPlan, dice: Dice): Scenario {
  const overrides = spec.vary.flatMap(({ path, values }) => (dice.chance(0.5) ? [] : [`${path}=${dice.pick(values)}`]));
  return overrides.length === 0 ? scenario : withSettings(overrides);
}

/** What the file expects was said of the file's workload and faults. Of a drawn run only the contract can say what must hold. */
export const judgedAlone = (scenario: Scenario): Scenario => ({ ...scenario, expect: { promises: [], thresholds: [] } });
