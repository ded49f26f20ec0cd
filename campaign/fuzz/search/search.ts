import { DEFAULT_FUZZ, type Scenario } from '../../../scenarios/index.js';
import { CoverageMap, reachable, sceneOf } from '../../coverage/index.js';
import { atlasOf, reachOf } from '../atlas.js';
import { type DrawnRun, type DrawPlan, judgedAlone } from '../draw/draw-run.js';
import { createStrategy } from './create-strategy.js';
import { lagAt, type Lesson, type Strategy, type StrategyName } from './strategy.js';

export interface SearchOptions {
  readonly scenario: Scenario;
  readonly strategy: StrategyName;
  /** Everything that is drawn follows from it. */
  readonly baseSeed: string;
  /** Also faults that may lose confirmed messages. Default no. */
  readonly beyondContract?: boolean;
  /** The scenario with other settings, as `--set` takes them. Without it, settings are not varied. */
  readonly withSettings?: (overrides: readonly string[]) => Scenario;
}

/** What became of a run of the corpus. */
export interface Recalled extends Pick<Lesson, 'hits' | 'moments'> {
  readonly isBroken: boolean;
}

/** Draws runs one after the other and keeps account of what they reached. It does not run them. */
export class Search {
  readonly coverage: CoverageMap;
  readonly #strategy: Strategy;
  #drawn = 0;
  #learnt = 0;
  #sinceNew = 0;

  constructor({ scenario, strategy, baseSeed, beyondContract = false, withSettings }: SearchOptions) {
    const given = scenario.fuzz ?? DEFAULT_FUZZ;
    const spec = withSettings === undefined ? { ...given, vary: [] } : given;
    const plan: DrawPlan = { scenario, spec, baseSeed, beyondContract, withSettings: withSettings ?? (() => scenario) };
    const atlas = atlasOf(scenario, spec.faults, plan);
    this.coverage = new CoverageMap(reachable(sceneOf(scenario, reachOf(atlas, scenario))));
    this.#strategy = createStrategy(strategy, plan, this.coverage);
  }

  /** Runs drawn. */
  get drawn(): number {
    return this.#drawn;
  }

  /** Whether the next run may be drawn with so many under way, or the first of these must be learnt from before. */
  mayDraw(underWay: number): boolean {
    return underWay < lagAt(this.#drawn);
  }

  /** Runs learnt from. */
  get learnt(): number {
    return this.#learnt;
  }

  /** Runs learnt from since the last that reached new ground. */
  get sinceNew(): number {
    return this.#sinceNew;
  }

  /** The next run; its number is one more than that of the one before, from 1. */
  draw(): DrawnRun {
    this.#drawn++;
    return this.#strategy.draw(this.#drawn);
  }

  /** Takes what a run of earlier fuzzing reached, before the first draw. What descends from one that breaks a promise would break it again. */
  recall(run: DrawnRun, { hits, moments, isBroken }: Recalled): void {
    const fresh = this.coverage.add(hits);
    if (!isBroken) this.#strategy.learn({ run: { ...run, scenario: judgedAlone(run.scenario) }, hits, moments, fresh });
  }

  /** Takes what a run reached, in the order of run numbers. Answers how many points no run before had reached. */
  learn(run: DrawnRun, hits: Uint8Array, moments: Float64Array): number {
    const fresh = this.coverage.add(hits);
    this.#learnt++;
    this.#sinceNew = fresh > 0 ? 0 : this.#sinceNew + 1;
    this.#strategy.learn({ run, hits, moments, fresh });
    return fresh;
  }
}
