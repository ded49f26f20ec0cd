import type { DrawnRun } from '../draw/draw-run.js';

/** What a strategy learns of a run. */
export interface Lesson {
  readonly run: DrawnRun;
  readonly hits: Uint8Array;
  /** For each point when it was first reached, in microseconds; NaN for never. */
  readonly moments: Float64Array;
  /** Points that no run before reached. */
  readonly fresh: number;
}

/**
 * Decides what to try next. Draws come in the order of run numbers, and so do lessons, each {@link lagAt} draws after its own: then
 * the same search comes out on any number of workers.
 */
export interface Strategy {
  draw(number: number): DrawnRun;
  learn(lesson: Lesson): void;
}

/** Runs that are under way at a time. Workers beyond this number would wait. */
export const LAG = 16;
const FIRST_LAG = 4;

/** How many runs may be under way when so many were drawn. The first lessons are the best: a search learns from them while it is small. */
export const lagAt = (drawn: number): number => Math.min(LAG, Math.max(FIRST_LAG, Math.floor(drawn / 2)));

export const STRATEGY_NAMES = ['uniform', 'swarm', 'coverage'] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];
