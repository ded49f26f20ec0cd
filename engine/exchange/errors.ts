/**
 * Why the router turned something down.
 *
 * | kind | when |
 * | ---- | ---- |
 * | `exchange-not-found`, `queue-not-found` | it names something that is not there |
 * | `inequivalent` | an exchange is declared again with other settings |
 * | `reserved` | the default exchange, or a name of the broker's own, would be declared, deleted or bound |
 * | `in-use` | an exchange is to be deleted only if unused, and has bindings |
 * | `internal` | a client publishes to an exchange that is for other exchanges only |
 * | `bad-argument` | an argument of a binding cannot be |
 */
export type RoutingErrorKind =
  | 'exchange-not-found' | 'queue-not-found' | 'inequivalent' | 'reserved' | 'in-use' | 'internal' | 'bad-argument';

/** Thrown by {@link import('./router.js').Router} for a request that changes nothing; the broker answers it in its personality's words. */
export class RoutingError extends Error {
  readonly code = 'QL_EXCHANGE_ROUTING';
  readonly kind: RoutingErrorKind;
  /** The exchange, queue or argument concerned. */
  readonly subject: string;

  /** In which setting what is there and what is asked for differ, or the argument that cannot be; null where that is not the matter. */
  readonly difference: { readonly setting: string; readonly known: unknown; readonly asked: unknown } | null;

  constructor(kind: RoutingErrorKind, subject: string, message: string, difference: RoutingError['difference'] = null) {
    super(message);
    this.name = 'RoutingError';
    this.kind = kind;
    this.subject = subject;
    this.difference = difference;
  }
}
