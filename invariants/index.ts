export { INVARIANTS, type InvariantId } from './catalogue.js';
export {
  type BrokerContract, type Clause, DEFAULT_REDELIVERY_BOUND_MICROS, type EffectPromise, type HandlerKind, handlerPromise, type QueueContract,
  type RunContract,
} from './contract.js';
export { DURABILITY, type FlushPolicy, STORAGE_FAULTS, type StorageFault } from './durability.js';
export { Judge, type JudgeFootprint, type JudgeOptions } from './judge.js';
export { renderCatalogue } from './render-catalogue.js';
export { type InvariantVerdict, type Verdict, VERDICTS, type Violation } from './verdict.js';
