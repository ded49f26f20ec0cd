import type { NameId } from '../../history/index.js';
import type { Envelope } from './envelope.js';

/** A queue that a dead letter goes to. */
export interface LetterTarget {
  readonly nameId: NameId;
  readonly state: { readonly number: number; readonly name: string };
  publish(body: Uint8Array, trace: number, envelope: Envelope, publisher?: object | null, onTaken?: (() => void) | null): boolean;
}

/** What dead letters need of their broker. */
export interface LetterRouter {
  /** The queues to which an exchange leads; none when there is no such exchange. */
  route(exchange: string, envelope: Envelope): readonly LetterTarget[];
  /** The position behind the last record of the journal, and the one below which everything is durable. */
  journal(): { readonly next: number; readonly durable: number };
  /** A timer rang; whatever is ready can be served now. */
  onTimerDone(): void;
}
