import type { Destination } from './destination.js';

/** A value in the headers of a message or in the arguments of a binding. In a binding null (AMQP `void`) asks for presence alone. */
export type HeaderValue = string | number | boolean | null;
export type Headers = Readonly<Record<string, HeaderValue>>;

/** From an exchange to a destination. Two are the same when destination, key and arguments are. */
export interface Binding<Q> {
  readonly destination: Destination<Q>;
  readonly key: string;
  readonly arguments: Headers;
}

/** One end of a binding. */
export interface BindingTarget {
  readonly kind: 'queue' | 'exchange';
  readonly name: string;
}

export interface BindingRequest {
  readonly source: string;
  readonly target: BindingTarget;
  readonly key: string;
  readonly arguments: Headers;
}

/** What makes a binding the one it is, within its exchange. */
export function bindingId(kind: string, name: string, key: string, args: Headers): string {
  const sorted = Object.keys(args).sort().map((header) => [header, args[header]]);
  return JSON.stringify([kind, name, key, sorted]);
}

/** The bindings of one exchange, arranged for finding those that match. The owner keeps out what is there already. */
export interface BindingTable<Q> {
  add(binding: Binding<Q>): void;
  /** The very object that was added. */
  remove(binding: Binding<Q>): void;
  /** Calls back for the destination of every binding that matches; for one with several such bindings, perhaps several times. */
  match(key: string, headers: Headers, visit: (destination: Destination<Q>) => void): void;
}
