export type { Personality, RequestCosts } from './personality.js';
export { SQS } from './sqs.js';
