import type { DrawnRun } from '../draw/draw-run.js';

/** What a strategy learns of a run. */
export interface Lesson {
  readonly run: DrawnRun;
  readonly hits: Uint8Array;
  /** Points that no run before reached. */
  readonly fresh: number;
}

/**
 * Decides what to try next. Draws come in the order of run numbers, and so do lessons, each {@link LAG} draws after its own: then
 * the same search comes out on any number of workers.
 */
export interface Strategy {
  draw(number: number): DrawnRun;
  learn(lesson: Lesson): void;
}

/** Runs that are drawn before the first of them is learnt from. Workers beyond this number would wait. */
export const LAG = 16;

export const STRATEGY_NAMES = ['uniform', 'swarm', 'coverage'] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];
