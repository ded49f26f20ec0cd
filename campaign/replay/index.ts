export { type Parting, describeParting } from './parting.js';
export {
  MAX_RECORDED_EVENTS, recordRun, replay, type Replay, type ReplayOptions, type Reproduction, REPRODUCTION_SCHEMA, reproductionSchema, scenarioOf,
} from './reproduction.js';
export { decodeToken, encodeToken, isToken, TokenError, type TokenContent, tokenOf } from './token.js';
export { unrepeatable, verifyRun, UnrepeatableRunError } from './verify.js';
