import type { CreditSpec } from './credit-window.js';
import type { KnownPolicyKeys, Policy } from './policy.js';
import type { BindingTarget, ExchangeSettings, Headers } from '../../exchange/index.js';

/** What a broker is made of whose clients speak in channels. */
export interface ChannelConfig {
  /** Exchanges that are there from the start and cannot be changed, and how the names begin that are the broker's own. */
  readonly predeclared: Readonly<Record<string, ExchangeSettings>>;
  readonly reservedPrefix: string;
  /** Exchanges and bindings of the configuration. */
  readonly exchanges: readonly ExchangeDeclaration[];
  /** Policies that are there from the start, of users and of operators. */
  readonly policies: readonly Policy[];
  readonly policyKeys: KnownPolicyKeys;
  readonly maxMessageBytes: number;
  /** Whether a prefetch may be one of the whole channel, and a queue transient though it is not exclusive. */
  readonly permitsDeprecated: boolean;
  /** The heartbeat timeout that is proposed to clients; 0: none. */
  readonly heartbeatMicros: number;
  /** Channels of one connection at most. */
  readonly maxChannels: number;
  /** How long a delivery may go without an acknowledgement, where its queue does not say; null: for ever. */
  readonly consumerTimeoutMicros: number | null;
  /** How long that is when it is to be for ever. */
  readonly noTimeoutMicros: number | null;
  /** Whether queues may say so themselves, and whether it is looked at then that they can; their consumers may only where it is. */
  readonly queueTimeouts: 'unknown' | 'unchecked' | 'checked';
  /** Above this the broker reads nothing more of connections that publish (RabbitMQ: memory alarm). */
  readonly memoryLimitBytes: number;
  /** What a message takes of that beside its body. */
  readonly messageOverheadBytes: number;
  /** How often it looks whether it is. */
  readonly memoryCheckMicros: number;
  /** And when less than this is free on its disk. */
  readonly diskFreeLimitBytes: number;
  readonly flow: FlowSpec;
}

/** How much of what is published may wait for the storage of a queue before the broker reads nothing more of its publishers. */
export interface FlowSpec {
  /** Persistent messages in a classic queue. */
  readonly store: CreditSpec;
  /** What one channel tells a quorum queue: when so much is under way, one more is, and then no more. */
  readonly commands: number;
  /** Messages that are read on for a channel when that is reached, and for each queue process behind it. */
  readonly channel: CreditSpec;
}

export interface ExchangeDeclaration {
  readonly name: string;
  readonly settings: ExchangeSettings;
  readonly bindings: readonly { readonly target: BindingTarget; readonly key: string; readonly arguments: Headers }[];
}
