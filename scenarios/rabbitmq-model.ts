import type { ExchangeType, PushSettings } from '../engine/index.js';

/** What only a RabbitMQ scenario has: queues of its types, and exchanges. */
export interface PushSpec extends PushSettings {
  readonly type: 'classic' | 'quorum';
}

export interface ExchangeSpec {
  readonly name: string;
  readonly type: ExchangeType;
  readonly alternate: string | null;
  readonly internal: boolean;
  readonly bindings: readonly {
    readonly target: { readonly kind: 'queue' | 'exchange'; readonly name: string };
    readonly key: string;
    readonly headers: Readonly<Record<string, string | number | boolean>>;
  }[];
}
