import { UNIVERSE, UNIVERSE_SIZE } from './universe.js';

/** What was reached of one group, of what could be. */
export interface GroupCoverage {
  readonly id: string;
  readonly title: string;
  readonly reached: number;
  readonly total: number;
  /** Names of the points that could have been reached and were not. */
  readonly missed: readonly string[];
}

/** What many runs reached together. Runs are added in the order of their numbers. */
export class CoverageMap {
  /** In how many runs each point was reached. */
  readonly #runs = new Uint32Array(UNIVERSE_SIZE);
  readonly #reachable: Uint8Array;
  /** Points reached, of those that can be. */
  #reached = 0;
  readonly total: number;

  /** @param reachable for each point 1 when it can be reached, as `reachable(scene)` says */
  constructor(reachable: Uint8Array) {
    this.#reachable = reachable;
    this.total = reachable.reduce((sum, mark) => sum + mark, 0);
  }

  get reached(): number {
    return this.#reached;
  }

  /** Adds a run. Answers how many points it was the first to reach. */
  add(hits: Uint8Array): number {
    let fresh = 0;
    for (let point = 0; point < hits.length; point++) {
      if (hits[point] === 0) continue;
      if (this.#runs[point] === 0) {
        fresh++;
        // What nobody thought reachable is reached all the same.
        if (this.#reachable[point] === 1) this.#reached++;
      }
      this.#runs[point]!++;
    }
    return fresh;
  }

  /** In how many runs a point was reached. */
  runsAt(point: number): number {
    return this.#runs[point]!;
  }

  /** How rare what a run reached is: the sum, over its points, of one divided by the number of runs that reached it. */
  rarity(hits: Uint8Array): number {
    let sum = 0;
    for (let point = 0; point < hits.length; point++) if (hits[point] === 1) sum += 1 / Math.max(1, this.#runs[point]!);
    return sum;
  }

  groups(): GroupCoverage[] {
    return UNIVERSE.map(({ group, base }) => {
      const numbers = group.points.map((_, point) => point).filter((point) => this.#reachable[base + point] === 1);
      const missed = numbers.filter((point) => this.#runs[base + point] === 0);
      const { id, title, points } = group;
      return { id, title, total: numbers.length, reached: numbers.length - missed.length, missed: missed.map((point) => points[point]!) };
    });
  }
}
