/** What is sent through exchanges, and where they lead. */

export type HeaderValue = string | number | boolean;

export interface ExchangeContract {
  readonly name: string;
  readonly type: 'direct' | 'fanout' | 'topic' | 'headers';
  readonly bindings: readonly BindingContract[];
  /** What may get a message that no binding matches; null: perhaps nothing does. Of several it is not known which one counts, for policies change. */
  readonly alternates: readonly (string | null)[];
}

export interface BindingContract {
  readonly target: { readonly kind: 'queue' | 'exchange'; readonly name: string };
  readonly key: string;
  /** Null asks that a header is there, whatever its value. */
  readonly headers: Readonly<Record<string, HeaderValue | null>>;
}

/** How a producer publishes; the routing key of each message is in the history. */
export interface PublishContract {
  /** Empty: the default exchange. */
  readonly exchange: string;
  readonly headers: Readonly<Record<string, HeaderValue>>;
}

/** Where the dead letters of a queue are published. */
export interface LetterContract {
  /** Empty: the default exchange. */
  readonly exchange: string;
  /** Null: they keep their routing key. */
  readonly key: string | null;
}
