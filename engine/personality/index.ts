export type { Personality, RequestCosts } from './personality.js';
export { RABBITMQ_VERSIONS, rabbitmq, type RabbitmqVersion } from './rabbitmq.js';
export { sqs } from './sqs.js';
