import type { CoverageMap } from '../../coverage/index.js';
import type { DrawPlan } from '../draw/draw-run.js';
import { SWARM_STYLE, UNIFORM_STYLE } from '../draw/style.js';
import { blind } from './blind.js';
import { Guided } from './guided.js';
import type { Strategy, StrategyName } from './strategy.js';

/**
 * | name       | draws                                                                     | learns |
 * | ---------- | ------------------------------------------------------------------------- | ------ |
 * | `uniform`  | every fault, one by one, uniform amounts: the baseline                    | no     |
 * | `swarm`    | masks, heavy tails, shapes                                                | no     |
 * | `coverage` | by turns as these two, and what strikes where something happened          | yes    |
 */
export function createStrategy(name: StrategyName, plan: DrawPlan, coverage: CoverageMap): Strategy {
  switch (name) {
    case 'uniform':
      return blind(plan, UNIFORM_STYLE);
    case 'swarm':
      return blind(plan, SWARM_STYLE);
    case 'coverage':
      return new Guided(plan, coverage);
  }
}
