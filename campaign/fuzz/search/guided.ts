import type { CoverageMap } from '../../coverage/index.js';
import { atlasOf } from '../atlas.js';
import { diceOf, type DrawnRun, type DrawPlan, drawRun, seedOf } from '../draw/draw-run.js';
import type { Dice } from '../draw/dice.js';
import { SWARM_STYLE } from '../draw/style.js';
import { mutateSchedule } from './mutate.js';
import type { Lesson, Strategy } from './strategy.js';

/** A run that reached new ground. */
interface Ancestor {
  readonly run: DrawnRun;
  readonly hits: Uint8Array;
  /** How often it was chosen to descend from. */
  children: number;
}

const MAX_ANCESTORS = 256;
/** Runs drawn from scratch all the same, so that a search never depends on its first finds. */
const FRESH_SHARE = 0.5;
/** Of so many candidates the most promising is taken. */
const CANDIDATES = 4;

/**
 * Prefers what reached new ground: most runs descend from one that did, with its schedule changed a little, its workload drawn
 * anew, or only another seed. Who is chosen depends on how rare the ground is that an ancestor reached, shared among its children.
 */
export class Guided implements Strategy {
  readonly #plan: DrawPlan;
  readonly #coverage: CoverageMap;
  readonly #ancestors: Ancestor[] = [];

  constructor(plan: DrawPlan, coverage: CoverageMap) {
    this.#plan = plan;
    this.#coverage = coverage;
  }

  draw(number: number): DrawnRun {
    const fresh = drawRun(this.#plan, number, SWARM_STYLE);
    const dice = diceOf(this.#plan, number, 'descent', SWARM_STYLE);
    if (this.#ancestors.length === 0 || dice.chance(FRESH_SHARE)) return fresh;
    const ancestor = this.#choose(dice);
    ancestor.children++;
    return this.#child(number, ancestor.run, fresh, dice);
  }

  learn({ run, hits, fresh }: Lesson): void {
    if (fresh === 0) return;
    this.#ancestors.push({ run, hits, children: 0 });
    if (this.#ancestors.length > MAX_ANCESTORS) this.#forgetOne();
  }

  #choose(dice: Dice): Ancestor {
    const candidates = Array.from({ length: CANDIDATES }, () => dice.pick(this.#ancestors));
    return candidates.reduce((best, candidate) => (this.#energy(candidate) > this.#energy(best) ? candidate : best));
  }

  #energy({ hits, children }: Ancestor): number {
    return this.#coverage.rarity(hits) / (1 + children);
  }

  /** The one with the least promise goes. */
  #forgetOne(): void {
    const energies = this.#ancestors.map((ancestor) => this.#energy(ancestor));
    this.#ancestors.splice(energies.indexOf(Math.min(...energies)), 1);
  }

  /**
   * | share | workload | schedule                                  | seed       |
   * | ----- | -------- | ----------------------------------------- | ---------- |
   * | 60 %  | kept     | changed                                   | kept or new |
   * | 25 %  | new      | changed, made to fit                      | new        |
   * | 15 %  | kept     | kept                                      | new        |
   */
  #child(number: number, parent: DrawnRun, fresh: DrawnRun, dice: Dice): DrawnRun {
    const { spec } = this.#plan;
    const isSameWorkload = !dice.chance(0.25);
    const isSameSchedule = isSameWorkload && dice.chance(0.2);
    const scenario = isSameWorkload ? parent.scenario : fresh.scenario;
    const newSeed = seedOf(this.#plan.baseSeed, number);
    if (isSameSchedule) return { number, seed: newSeed, scenario };
    const atlas = atlasOf(scenario, spec.faults, this.#plan);
    const donor = dice.pick(this.#ancestors).run.scenario.faults;
    const faults = mutateSchedule(parent.scenario.faults, { scenario, faults: spec.faults, atlas, donor, dice });
    const seed = isSameWorkload && dice.chance(0.5) ? parent.seed : newSeed;
    return { number, seed, scenario: { ...scenario, faults } };
  }
}
