import type { CoverageMap } from '../../coverage/index.js';
import { type AtlasEntry, atlasOf } from '../atlas.js';
import type { Dice } from '../draw/dice.js';
import { diceOf, type DrawnRun, type DrawPlan, drawRun, seedOf } from '../draw/draw-run.js';
import { SWARM_STYLE, UNIFORM_STYLE } from '../draw/style.js';
import { mutateSchedule } from './mutate.js';
import type { Lesson, Strategy } from './strategy.js';
import { strikeSchedule } from './strike.js';

/** A run that reached new ground. */
interface Ancestor extends Pick<Lesson, 'run' | 'moments'> {
  readonly hits: Uint8Array;
  /** Points of which it is known when they were reached. */
  readonly dated: readonly number[];
  /** How often it was chosen to descend from. */
  children: number;
}

const MAX_ANCESTORS = 256;
/** Runs drawn from scratch all the same, so that a search never depends on its first finds. */
const SCRATCH_SHARE = 0.3;
/** Each finds what the other hardly ever does: many faults in much work, and few that nothing hides. */
const SCRATCH_STYLES = [UNIFORM_STYLE, SWARM_STYLE] as const;
/** Of so many candidates the most promising is taken. */
const CANDIDATES = 4;
/** Descendants whose faults are aimed at what happened; the others have a schedule that is changed at random. */
const STRUCK_SHARE = 0.85;
/** In half of the runs faults are as long and as hard as they come, in the others each order of magnitude is as likely as any other. */
const HEAVY_TAILED_SHARE = 0.5;

/**
 * Prefers what reached new ground: most runs descend from one that did, with faults aimed at moments at which something happened in it,
 * with its schedule changed a little, its workload drawn anew, or only another seed. Who is chosen depends on how rare the ground is that
 * an ancestor reached, shared among its children. Until there is an ancestor, runs are wide: what is easy to find shows at once.
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
    if (this.#ancestors.length === 0) return drawRun(this.#plan, number, UNIFORM_STYLE);
    const dice = diceOf(this.#plan, number, 'descent', SWARM_STYLE);
    if (dice.chance(SCRATCH_SHARE)) return drawRun(this.#plan, number, dice.pick(SCRATCH_STYLES));
    const ancestor = this.#choose(dice);
    ancestor.children++;
    return dice.chance(STRUCK_SHARE) ? this.#struck(number, ancestor, dice) : this.#changed(number, ancestor.run, dice);
  }

  learn({ run, hits, moments, fresh }: Lesson): void {
    if (fresh === 0) return;
    const dated = [...hits.keys()].filter((point) => hits[point] === 1 && !Number.isNaN(moments[point]));
    this.#ancestors.push({ run, hits, moments, dated, children: 0 });
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

  /** Workload and seed are kept. Of two points that the ancestor reached the rarer says when to strike. */
  #struck(number: number, { run: { scenario, seed }, moments, dated }: Ancestor, dice: Dice): DrawnRun {
    const rarer = (one: number, other: number): number => (this.#coverage.runsAt(other) < this.#coverage.runsAt(one) ? other : one);
    const faults = strikeSchedule(scenario.faults, {
      scenario, faults: this.#plan.spec.faults, atlas: this.#atlas(scenario), dice,
      amounts: diceOf(this.#plan, number, 'amounts', { heavyTails: dice.chance(HEAVY_TAILED_SHARE) }),
      drawMoment: () => (dated.length === 0 ? 0 : moments[rarer(dice.pick(dated), dice.pick(dated))]!),
    });
    return { number, seed, scenario: { ...scenario, faults } };
  }

  /**
   * | share | workload | schedule                                  | seed       |
   * | ----- | -------- | ----------------------------------------- | ---------- |
   * | 60 %  | kept     | changed                                   | kept or new |
   * | 25 %  | new      | changed, made to fit                      | new        |
   * | 15 %  | kept     | kept                                      | new        |
   */
  #changed(number: number, parent: DrawnRun, dice: Dice): DrawnRun {
    const isSameWorkload = !dice.chance(0.25);
    const isSameSchedule = isSameWorkload && dice.chance(0.2);
    const scenario = isSameWorkload ? parent.scenario : drawRun(this.#plan, number, SWARM_STYLE).scenario;
    const newSeed = seedOf(this.#plan.baseSeed, number);
    if (isSameSchedule) return { number, seed: newSeed, scenario };
    const donor = dice.pick(this.#ancestors).run.scenario.faults;
    const faults = mutateSchedule(parent.scenario.faults, { scenario, faults: this.#plan.spec.faults, atlas: this.#atlas(scenario), donor, dice });
    const seed = isSameWorkload && dice.chance(0.5) ? parent.seed : newSeed;
    return { number, seed, scenario: { ...scenario, faults } };
  }

  #atlas(scenario: DrawnRun['scenario']): AtlasEntry[] {
    return atlasOf(scenario, this.#plan.spec.faults, this.#plan);
  }
}
