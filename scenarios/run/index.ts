export { contractOf } from './contract.js';
export { deathsOf } from './core.js';
export { explainScenario, type ScenarioContract, type ScheduledFault } from './explain-contract.js';
export { Experiment } from './experiment.js';
export { DivergedError, InterruptedError, type RunAsyncOptions, type RunOptions, type RunProgress } from './options.js';
export { replayCommand } from './result.js';
export { judgeScenario, runScenario, runScenarioAsync } from './run-scenario.js';
export { type Retold, retell } from './repeat-run.js';
export { storyRules } from './story-rules.js';
