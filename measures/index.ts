export { evaluate, formatFigure, isAggregate, type Threshold, THRESHOLD_OPERATORS, type ThresholdOperator, type ThresholdOutcome } from './aggregate.js';
export {
  type Aggregate, AGGREGATES, COUNT_NAMES, type CountName, findMeasure, GAUGE_NAMES, type GaugeName, LATENCY_NAMES, type LatencyName,
  type MeasureDefinition, type MeasureFamily, MEASURES, type MeasureUnit, RATE_NAMES, type RateName, unitOf,
} from './catalogue.js';
export { type ConfidentOutcome, estimateOf, evaluateConfidently, intervalText, isMissed } from './confident.js';
export { UnknownMeasureError } from './errors.js';
export { decodeCounts, HistogramError } from './hdr-decoding.js';
export { encodeHistogram } from './hdr-encoding.js';
export type { GroupShares } from './group-shares.js';
export { HIGHEST_MICROS, LatencyHistogram } from './latency-histogram.js';
export { type DurationSink, LatencyRecorder } from './latency-recorder.js';
export { meanUnderLoad } from './load-rate.js';
export { mergeLatencies } from './merge-latencies.js';
export { latencyResult } from './latency-result.js';
export { Measures, type MeasuresOptions } from './measures.js';
export { Passages } from './passages.js';
export type {
  BreakdownResult, ConsumerResult, DuplicateResult, Figures, GroupResult, HeatResult, LatencyFigures, LatencyResult, MeasuresResult, QueueResult, RepeatResult, ResourceResult, SeriesResult,
} from './result.js';
export { STAGE_NAMES, stageMeanings, type StageName } from './stages.js';
export { FIRST_STEP_MICROS, MAX_STEPS } from './step-grid.js';
export * from './statistics/index.js';
