export { KeptComparison } from './kept-comparison.js';
export { describeParting, type Parting } from './parting.js';
export { isRecording, readRecording, recordingJson, type Reproduction } from './recording-file.js';
export { RepeatedRuns, type RepeatedRunsOptions, type RunWatch, UnrepeatableRunError } from './repeated-runs.js';
export { type Recorded, recordRun, replay, type Replay, type ReplayOptions, scenarioOf } from './reproduction.js';
export { decodeToken, encodeToken, isToken, TokenError, type TokenContent, tokenOf } from './token.js';
export { MAX_MARKED_EVENTS, MAX_RECORDED_EVENTS, type RecordedEvents } from './trail.js';
export { verifyInTurns } from './verify.js';
