import { type DrawPlan, drawRun } from '../draw/draw-run.js';
import type { DrawStyle } from '../draw/style.js';
import type { Strategy } from './strategy.js';

/** Every run is drawn from scratch; nothing is learnt. */
export function blind(plan: DrawPlan, style: DrawStyle): Strategy {
  return { draw: (number) => drawRun(plan, number, style), learn: () => undefined };
}
