import type { HandlerKind } from './run-contract.js';

/** What the handlers of a queue promise of the effects of its messages. */
export type EffectPromise = 'none' | 'at-most-once' | 'exactly-once';

/** What one kind of handler does, and promises as long as all handlers of a queue are of this kind. */
export interface HandlerContract {
  readonly order: string;
  readonly promise: EffectPromise;
  readonly because: string;
}

/** Total: a kind of handler without a row does not compile. */
export const HANDLER_CONTRACTS: Readonly<Record<HandlerKind, HandlerContract>> = {
  'plain': {
    order: 'has the effect, then acknowledges',
    promise: 'none',
    because: 'a redelivery, or another copy of the message, repeats the effect',
  },
  'ack-first': {
    order: 'acknowledges, then has the effect',
    promise: 'at-most-once',
    because: 'after a crash between the two there is no redelivery',
  },
  'idempotent': {
    order: 'has the effect unless the message had it before, then acknowledges',
    promise: 'exactly-once',
    because: 'whatever comes again finds that the effect was had',
  },
  'forgetful': {
    order: 'has the effect unless it remembers that the message had it, then acknowledges',
    promise: 'none',
    because: 'its memory is bounded: what it has forgotten it takes for new',
  },
  'upsert': {
    order: 'sets the row of the message, then acknowledges',
    promise: 'exactly-once',
    because: 'a redelivery sets the row to what it is',
  },
  'upsert-shared': {
    order: 'sets the row of the message\'s key, then acknowledges',
    promise: 'none',
    because: 'a late redelivery sets the row back to what a newer message had replaced',
  },
  'inbox': {
    order: 'has the effect and notes the message in one transaction, then acknowledges',
    promise: 'exactly-once',
    because: 'a redelivery finds the note exactly if the effect was had',
  },
  'inbox-apart': {
    order: 'has the effect, then notes the message, then acknowledges',
    promise: 'none',
    because: 'after a crash between effect and note the redelivery repeats the effect',
  },
};

/** What all handlers of a queue promise together: of several kinds, each undoes what the other is careful about. */
export function handlerPromise(kinds: readonly HandlerKind[]): EffectPromise {
  const [first] = kinds;
  if (first === undefined || kinds.some((kind) => kind !== first)) return 'none';
  return HANDLER_CONTRACTS[first].promise;
}
