import { CopyFlag } from './copy-facts.js';
import type { Facts } from './facts.js';
import type { Storing } from './journal-facts.js';
import { Outcome } from './message-facts.js';
import { NO_SLOT } from './slot-table.js';

/** When a copy was stored, and since when it was written for certain: its producer heard of it by then. */
export function storingOf(facts: Facts, slot: number): Storing {
  const storedMicros = facts.copies.storedAt[slot]!;
  const answeredMicros = wasAnswered(facts, slot) ? facts.messages.outcomeAt[facts.messages.find(facts.copies.message[slot]!)]! : Infinity;
  return { storedMicros, writtenMicros: answeredMicros >= storedMicros ? answeredMicros : Infinity };
}

/** True when its producer was told of this very copy. Of several attempts it is not known which one was answered. */
export function wasAnswered({ copies, messages }: Facts, slot: number): boolean {
  const message = messages.find(copies.message[slot]!);
  return message !== NO_SLOT && messages.outcome[message] === Outcome.ok && !copies.has(slot, CopyFlag.redriven)
    && (messages.attempts[message] === 1 || messages.stored[message] === 1);
}
