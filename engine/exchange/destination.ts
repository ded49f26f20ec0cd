/**
 * Where a binding leads: to a queue, or to another exchange. There is one of it for each queue and exchange, whatever the
 * number of bindings that lead there, so that a route can tell that it was here already.
 *
 * `Q` is what the owner of the router keeps of a queue.
 */
export class Destination<Q> {
  readonly kind: 'queue' | 'exchange';
  readonly name: string;
  /** Null for an exchange. */
  readonly queue: Q | null;
  /** Number of the route that met it last; see {@link import('./route.js').Route}. */
  metBy = 0;

  constructor(kind: 'queue' | 'exchange', name: string, queue: Q | null) {
    this.kind = kind;
    this.name = name;
    this.queue = queue;
  }
}
