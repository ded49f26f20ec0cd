import { Broker, type Host, type Mutations, type Personality, sqs } from '../../engine/index.js';
import type { EventSink } from '../../history/index.js';
import type { Scenario } from '../model.js';

const PERSONALITIES: Readonly<Record<Scenario['personality'], Personality>> = { sqs };

export function personalityOf(scenario: Scenario): Personality {
  return PERSONALITIES[scenario.personality];
}

export interface BrokerStart {
  readonly scenario: Scenario;
  readonly host: Host;
  readonly sink: EventSink;
  readonly mutations: Mutations;
  readonly onReady?: () => void;
  readonly onFatal: (error: Error) => void;
}

/** Starts the scenario's broker on a host, simulated or live. */
export function startBroker({ scenario, host, sink, mutations, onReady, onFatal }: BrokerStart): Broker {
  const { broker, queues } = scenario;
  return new Broker({
    host,
    sink,
    name: broker.name,
    config: {
      ...personalityOf(scenario).broker,
      queues: queues.map(({ name, ...settings }) => ({ name, settings })),
      flush: broker.flush,
      flushIntervalMicros: broker.flushIntervalMicros,
      segmentBytes: broker.segmentBytes,
      mutations,
    },
    ...(onReady === undefined ? {} : { onReady }),
    onFatal,
  });
}
