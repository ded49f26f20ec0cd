export { Batches } from './batches.js';
export { type Estimate, meanEstimate, momentsOf, pairedDifference, separateDifference } from './interval.js';
export { CONFIDENCE_LEVELS, type ConfidenceLevel, studentT, USUAL_CONFIDENCE } from './student-t.js';
export { ESTIMATED_QUANTILES, type EstimatedQuantile, type SettledDurations, steadyDurations, steadyMean, type Unsettled } from './steady-state.js';
export { STEADY_STATE_METHOD, type SteadyMeasure, type SteadyStateResult, steadyStateResult } from './steady-state-result.js';
export { warmUpBatches } from './warm-up.js';
