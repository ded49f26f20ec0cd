import { LetterFate } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from './copy-facts.js';
import type { Facts } from './facts.js';
import { MessageFlag } from './message-facts.js';
import { NO_SLOT } from './slot-table.js';
import { closeMessageIfOver } from './update-messages.js';

/** What becomes of dead letters on their way through an exchange: how it changes the facts. */

/** A letter of a copy that stays until it is confirmed: a queue may store it now. */
export function letterPublished(facts: Facts, event: EventView): void {
  const { messages } = facts;
  if (event.messageSlot === NO_SLOT) return;
  if (event.a === 0 && event.copy !== 0) return letterRefused(facts, event);
  if (event.c !== LetterFate.stored) return;
  messages.redrives[event.messageSlot] = messages.redrives[event.messageSlot]! + 1;
  messages.flags[event.messageSlot] = messages.flags[event.messageSlot]! | MessageFlag.deadLettered | MessageFlag.dying;
}

/** A letter of a copy that is gone: of those that were to be stored it is one less. */
function letterRefused(facts: Facts, { messageSlot: slot, dest, peer }: EventView): void {
  const { messages } = facts;
  messages.redrives[slot] = Math.max(0, messages.redrives[slot]! - 1);
  if (messages.redrives[slot] === 0) messages.flags[slot] = messages.flags[slot]! & ~MessageFlag.dying;
  const isKept = facts.queue(dest).contract?.push?.keepsDeadLetters === true;
  if (isKept || !facts.queue(peer).mayBeFullFor(messages.sizeBytes[slot]!)) messages.noteUnexcused(slot, peer, facts.nowMicros);
  else if (messages.live[slot] === 0) messages.noteLoss(slot, 'dead-letter-refused');
  closeMessageIfOver(facts, slot);
}

/** What was just stored is a dead letter. */
export function letterStored({ copies }: Facts, { copySlot }: EventView): void {
  if (copySlot !== NO_SLOT) copies.set(copySlot, CopyFlag.letter);
}
