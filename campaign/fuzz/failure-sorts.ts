import type { RunResult } from '../../scenarios/index.js';
import { corpusKey, type Failure, isKnownFailure } from '../shrink/index.js';
import type { DrawnRun } from './draw/draw-run.js';

/** All failures of one sort: the same invariant, kind of message and kinds of faults. */
export interface FuzzFailure {
  readonly key: string;
  readonly failure: Failure;
  /** The first run that failed so. */
  readonly run: DrawnRun;
  readonly result: RunResult;
  /** The file of the corpus that it is from; null for a new one. */
  readonly file: string | null;
  /** Runs that failed so. */
  readonly count: number;
}

/** A sort of failure. */
interface Sort {
  found: FuzzFailure;
  /** What is left of it when it is small; the failure as it was found until somebody says. */
  left: Failure;
}

/** The failures of one session, each sort once. What one comes down to when it is small tells which later ones are of its sort. */
export class FailureSorts {
  readonly #sorts: Sort[] = [];

  /** Counts a failure that is like one before. False: it is of a new sort, which is to be {@link add added}. */
  repeats(failure: Failure): boolean {
    const key = corpusKey(failure);
    const known = this.#sorts.find(({ found, left }) => found.key === key || isKnownFailure(failure, left));
    if (known === undefined) return false;
    known.found = { ...known.found, count: known.found.count + 1 };
    return true;
  }

  /** @returns takes what is left of it */
  add(found: FuzzFailure): (left: Failure) => void {
    const sort: Sort = { found, left: found.failure };
    this.#sorts.push(sort);
    return (left) => {
      sort.left = left;
    };
  }

  get found(): FuzzFailure[] {
    return this.#sorts.map(({ found }) => found);
  }

  get size(): number {
    return this.#sorts.length;
  }

  /** How many of them differ in what is left. */
  get different(): number {
    return new Set(this.#sorts.map(({ left }) => corpusKey(left))).size;
  }
}
