export { backoffMicros } from './backoff.js';
export { ConsumerClient } from './consumer-client.js';
export { type ActionOutcome, type OperatorAction, OperatorClient, type OperatorClientOptions } from './operator-client.js';
export type * from './options.js';
export { ProducerClient } from './producer-client.js';
export { Publisher, type PublisherOptions, type PublishRoute } from './publisher.js';
export { Subscriber, type SubscriberOptions } from './subscriber.js';
