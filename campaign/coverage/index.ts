export { CoverageMap, type GroupCoverage } from './coverage-map.js';
export { CoverageObserver } from './coverage-observer.js';
export { type ObservedRun, runObserved } from './observe-run.js';
export { type CoverageScene, sceneOf, type Side, SIDES } from './scene.js';
export { reachable, UNIVERSE, UNIVERSE_SIZE } from './universe.js';
