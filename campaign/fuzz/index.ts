export { atlasOf, type AtlasEntry, type AtlasOptions } from './atlas.js';
export type { DrawnRun } from './draw/draw-run.js';
export { type Corpus, failureFileName, groundFile, readCorpus, writeCorpusFile } from './corpus.js';
export { type Execute, type Executed, executeHere, executeIn, type ExecuteOptions } from './executed.js';
export type { AllowedBreaches } from './allowed.js';
export type { FuzzFailure } from './failure-sorts.js';
export {
  type CorpusRun, fuzz, type FuzzOptions, type FuzzProgress, type FuzzReport, type FuzzStop,
} from './fuzz.js';
export type { GroundRun } from './ground-keeper.js';
export { breaksPromise, FUZZ_MAX_EVENTS, hunt, type HuntOptions, type HuntResult, type Prey } from './hunt.js';
export { Search, type SearchOptions } from './search/search.js';
export { LAG, STRATEGY_NAMES, type StrategyName } from './search/strategy.js';
