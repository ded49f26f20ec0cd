import type { PublishProperties } from '../broker/index.js';
import type { BreakerPolicy } from './circuit-breaker.js';
import type { ClientOptions, OutgoingMessage, SendBufferPolicy, SendListener } from './options.js';

/** Where a message is published to, and how. */
export interface PublishRoute {
  readonly exchange: string;
  readonly routingKey: string;
  /** Shared by all messages that are alike. */
  readonly properties: PublishProperties;
}

export interface PublisherOptions extends ClientOptions {
  /** Publishes are confirmed. Without it nobody ever knows what became of one. */
  readonly confirm: boolean;
  /** Publishes are committed, so many at most together (tx); it excludes confirms. Left out or null: they are not. */
  readonly transactionSize?: number | null;
  /** How long it waits before it connects again. Left out or null: a backoff of `retry`. */
  readonly recoveryMicros?: number | null;
  /** The heartbeat timeout that it wants of its connection; 0: none. Left out or null: the one that the broker proposes. */
  readonly heartbeatMicros?: number | null;
  /** What cannot be routed comes back. */
  readonly mandatory: boolean;
  /** Publishes that wait for their confirm at most. */
  readonly maxInFlight: number;
  readonly buffer?: SendBufferPolicy;
  /** Left out or null: none. */
  readonly breaker?: BreakerPolicy | null;
  /** Where it sends, for what concerns the client as a whole: a queue or an exchange. */
  readonly destination: string;
  /** Where and how a message is published; the same object for messages that are alike. */
  readonly routeOf: (message: OutgoingMessage) => PublishRoute;
  readonly listener?: SendListener;
}
