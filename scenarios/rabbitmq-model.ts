import type { ExchangeType, PushSettings } from '../engine/index.js';

/** What only a RabbitMQ scenario has: queues of its types, and exchanges. */
export interface PushSpec extends PushSettings {
  readonly type: 'classic' | 'quorum';
  /** It is the own of the connection that declares it, and goes with it. Left out: false. */
  readonly isExclusive?: boolean;
}

export interface ExchangeSpec {
  readonly name: string;
  readonly type: ExchangeType;
  readonly alternate: string | null;
  readonly internal: boolean;
  /** It goes when the last of its bindings does. Left out: false. */
  readonly autoDelete?: boolean;
  readonly bindings: readonly {
    readonly target: { readonly kind: 'queue' | 'exchange'; readonly name: string };
    readonly key: string;
    /** Null asks that a header is there, whatever its value. */
    readonly headers: Readonly<Record<string, string | number | boolean | null>>;
  }[];
}
