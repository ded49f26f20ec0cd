import type { InvariantId } from '../catalogue.js';
import { type Circumstance, CIRCUMSTANCES } from './circumstances.js';
import { INVARIANT_CONTRACTS } from './invariant-contracts.js';

/** What a contract says of one promise, in a sentence. @param possible what the configuration lets come about */
export function termsOf(invariant: InvariantId, possible: readonly Circumstance[]): string {
  const excuses = INVARIANT_CONTRACTS[invariant].excusedBy.filter((circumstance) => possible.includes(circumstance)).map((circumstance) => CIRCUMSTANCES[circumstance].when);
  return excuses.length === 0 ? 'It must hold here, whatever strikes.' : `It must hold here; what excuses a breach: ${excuses.join('; ')}.`;
}
