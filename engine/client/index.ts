export { backoffMicros } from './backoff.js';
export { ConsumerClient } from './consumer-client.js';
export type * from './options.js';
export { ProducerClient } from './producer-client.js';
