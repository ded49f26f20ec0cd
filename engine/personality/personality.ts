import type { BrokerConfig } from '../broker/index.js';

/** A system to imitate: settings for the engine's parts. Nothing here is code that the engine calls back. */
export interface Personality {
  readonly name: string;
  /** What a {@link BrokerConfig} takes from it. */
  readonly broker: Pick<BrokerConfig, 'queuePolicies' | 'queueDefaults' | 'queueLimits' | 'limits' | 'errors' | 'attributes' | 'channels'>;
  /** What requests cost the broker's processor. */
  readonly costs: RequestCosts;
}

/** Processor time of a request: its base by operation, and more by the size of its message on the wire. */
export interface RequestCosts {
  readonly baseMicros: Readonly<Record<string, number>>;
  readonly perKiBMicros: number;
}
