export { atlasOf, type AtlasEntry, type AtlasOptions } from './atlas.js';
export type { DrawnRun } from './draw/draw-run.js';
export { breaksPromise, FUZZ_MAX_EVENTS, hunt, type HuntOptions, type HuntResult, type Prey } from './hunt.js';
export { Search, type SearchOptions } from './search/search.js';
export { LAG, STRATEGY_NAMES, type StrategyName } from './search/strategy.js';
