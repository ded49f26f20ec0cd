import type { DrawnRun } from './draw/draw-run.js';

/** A run that reached what none before it had. */
export interface GroundRun {
  readonly run: DrawnRun;
  /** Points that it was the first to reach. */
  readonly fresh: number;
}

interface Candidate extends GroundRun {
  readonly hits: Uint8Array;
}

/** Runs that are kept in all; those that reached the least new go. */
const MAX_KEPT = 1_000;

/** Keeps the runs that reached new ground, and finds the few that matter. */
export class GroundKeeper {
  readonly #candidates: Candidate[] = [];

  add(run: DrawnRun, hits: Uint8Array, fresh: number): void {
    if (this.#candidates.length < MAX_KEPT) this.#candidates.push({ run, fresh, hits });
  }

  /**
   * Some of the runs that together reach all that the runs reach: again and again the one that adds most, of equal ones the
   * first. At most a few dozen of thousands are left.
   */
  cover(): GroundRun[] {
    const reached = new Set<number>();
    const chosen: GroundRun[] = [];
    const left = new Set(this.#candidates);
    while (left.size > 0) {
      let best: Candidate | null = null;
      let most = 0;
      for (const candidate of left) {
        const added = countNew(candidate.hits, reached);
        if (added === 0) left.delete(candidate);
        else if (added > most) [best, most] = [candidate, added];
      }
      if (best === null) break;
      left.delete(best);
      best.hits.forEach((mark, point) => {
        if (mark === 1) reached.add(point);
      });
      chosen.push({ run: best.run, fresh: best.fresh });
    }
    return chosen;
  }
}

function countNew(hits: Uint8Array, reached: ReadonlySet<number>): number {
  let added = 0;
  for (let point = 0; point < hits.length; point++) if (hits[point] === 1 && !reached.has(point)) added++;
  return added;
}
