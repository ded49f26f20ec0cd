export { invariantsByVerdict, unmetInvariants } from './by-verdict.js';
export { breachesToTell } from './breaches-to-tell.js';
export { INVARIANTS, type InvariantId } from './catalogue.js';
export { type Circumstance, CIRCUMSTANCES, type Clause } from './contracts/circumstances.js';
export { FAULT_MEANINGS } from './contracts/fault-meanings.js';
export { type ContractExplanation, explainContract, type Exception, type QueueExplanation } from './contracts/explanation.js';
export { FAULT_WORDS, type FaultWords } from './contracts/fault-words.js';
export { type EffectPromise, handlerPromise } from './contracts/handlers.js';
export { INVARIANT_CONTRACTS, type InvariantContract } from './contracts/invariant-contracts.js';
export {
  type BrokerContract, type ClientContract, type ConsumerTimeoutContract, DEFAULT_REDELIVERY_BOUND_MICROS, type DropRules, type FlushPolicy, type HandlerKind, type Happening, type PushContract, type QueueContract, type RunContract,
} from './contracts/run-contract.js';
export { NOT_PROMISED, type NotPromised, type NotPromisedId } from './contracts/not-promised.js';
export { renderGuarantees } from './contracts/render-guarantees.js';
export type { BindingContract, ExchangeContract, LetterContract, PublishContract } from './contracts/topology.js';
export { type FaultInQuestion, type Survival, survives } from './contracts/survival.js';
export { judgedInvariants } from './judged-invariants.js';
export { Judge, type JudgeFootprint, type JudgeOptions } from './judge.js';
export { renderCatalogue } from './render-catalogue.js';
export { type InvariantVerdict, type Verdict, VERDICTS, type Violation } from './verdict.js';
