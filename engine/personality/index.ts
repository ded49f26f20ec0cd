export type { Personality, RequestCosts } from './personality.js';
export { sqs } from './sqs.js';
