export { aloneTasks } from './alone-tasks.js';
export { huntAll, type HuntAllOptions } from './hunt-all.js';
export { huntMutant } from './hunt-mutant.js';
export type { HuntOutcome, HuntTask, SmallFind } from './hunt-task.js';
export { type HuntingGround, huntingGroundOf } from './hunting-ground.js';
export type { MutantFigures, MutantsReport, SmallFigures, StrategyFigures } from './mutants-report.js';
export { renderMutants } from './render-mutants.js';
export { shrinkTasks } from './shrink-tasks.js';
export { type FinishedHunt, summarise } from './summarise.js';
