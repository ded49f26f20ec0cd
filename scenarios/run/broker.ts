import { Broker, type BrokerConfig, type ChannelConfig, type ExchangeDeclaration, type Host, type Mutations, type Personality, type QueueDeclaration, rabbitmq, sqs } from '../../engine/index.js';
import type { EventSink } from '../../history/index.js';
import type { Scenario } from '../model.js';

export function personalityOf({ personality, version = '4.2' }: Scenario): Personality {
  return personality === 'rabbitmq' ? rabbitmq(version) : sqs;
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
      queues: queues.filter((queue) => !isExclusive(queue)).map(declarationOf),
      flush: broker.flush,
      flushIntervalMicros: broker.flushIntervalMicros,
      segmentBytes: broker.segmentBytes,
      mutations,
      ...systemOf(scenario),
    },
    ...(onReady === undefined ? {} : { onReady }),
    onFatal,
  });
}

/** What the personality brings, with the exchanges of the scenario. */
function systemOf(scenario: Scenario): Personality['broker'] {
  const { broker } = personalityOf(scenario);
  if (broker.channels === undefined) return broker;
  return { ...broker, channels: { ...broker.channels, ...limitsOf(scenario), policies: scenario.policies ?? [], exchanges: exchangesOf(scenario) } } satisfies Partial<BrokerConfig>;
}

/** So much of a credit is granted at a time, as of RabbitMQ's 4000 and 400; a quorum queue goes on as soon as it has less. */
const GRANTED = { store: 0.2, channel: 0.5 } as const;

function limitsOf({ memoryLimitBytes, messageOverheadBytes, memoryCheckMicros, diskFreeLimitBytes, consumerTimeoutMicros, flow }: Scenario): Partial<ChannelConfig> {
  return {
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }), ...(messageOverheadBytes === undefined ? {} : { messageOverheadBytes }), ...(memoryCheckMicros === undefined ? {} : { memoryCheckMicros }), ...(diskFreeLimitBytes === undefined ? {} : { diskFreeLimitBytes }),
    ...(consumerTimeoutMicros === undefined ? {} : { consumerTimeoutMicros }),
    ...(flow === undefined ? {} : { flow: { store: creditOf(flow.store, GRANTED.store), commands: flow.commands, channel: creditOf(flow.credit, GRANTED.channel) } }),
  };
}

const creditOf = (limit: number, share: number): { readonly limit: number; readonly grant: number } => ({ limit, grant: Math.max(1, Math.floor(limit * share)) });

/** One connection's own: it is there when that declares it, with what leads to it. */
const isExclusive = ({ push }: Scenario['queues'][number]): boolean => push?.isExclusive === true;

function exchangesOf({ exchanges = [], queues }: Scenario): ExchangeDeclaration[] {
  const absent = queues.filter(isExclusive).map(({ name }) => name);
  return exchanges.map(({ name, type, alternate, internal, autoDelete = false, bindings }) => ({
    name, settings: { type, durable: true, autoDelete, internal, alternateExchange: alternate },
    bindings: bindings.filter(({ target }) => target.kind !== 'queue' || !absent.includes(target.name)).map(({ target, key, headers }) => ({ target, key, arguments: headers })),
  }));
}

/** Of a queue that pushes nothing counts but what it says of that. */
function declarationOf({ name, push, ...settings }: Scenario['queues'][number]): QueueDeclaration {
  if (push === undefined) return { name, settings };
  const { type, isExclusive: _, ...rest } = push;
  return { name, settings: { kind: type, push: rest } };
}
