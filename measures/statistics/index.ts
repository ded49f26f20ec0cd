export { Batches } from './batches.js';
export { type Estimate, meanEstimate, momentsOf, pairedDifference } from './interval.js';
export { CONFIDENCE_LEVELS, type ConfidenceLevel, studentT } from './student-t.js';
export { ESTIMATED_QUANTILES, type EstimatedQuantile, steadyState, type SteadyState, type Unsettled } from './steady-state.js';
export { warmUpBatches } from './warm-up.js';
