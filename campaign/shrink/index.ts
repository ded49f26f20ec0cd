export { type Failure, type MessageKind, type QueueRole, corpusKey, failureKey, failureOf, isSameFailure, whyNotShrinkable } from './failure.js';
