import { EventKind, type NameId } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Phantom extends Breach {
  readonly what: 'never-sent' | 'changed-body' | 'wrong-queue' | 'extra-copy';
  readonly actor: NameId;
  /** The queue that it was sent to. */
  readonly sentTo: NameId;
  readonly attempts: number;
}

/** A message that retries stored several times is no phantom: each attempt may leave a copy. */
export const noPhantom = defineInvariant<Phantom, 'no-phantom'>({
  id: 'no-phantom',
  promise: 'What is delivered was sent before, to this queue, and arrives with the body with which it was sent.',
  exercisedBy: 'deliveries',
  create(facts, tally) {
    function report(event: EventView, what: Phantom['what']): void {
      if (!tally.breach(null)) return;
      const slot = event.messageSlot;
      tally.tell({
        atMicros: event.time, message: event.message, queue: event.dest, what, actor: event.actor,
        sentTo: slot === NO_SLOT ? 0 : facts.messages.queue[slot]!, attempts: slot === NO_SLOT ? 0 : facts.messages.attempts[slot]!,
      });
    }
    return {
      on: {
        [EventKind.deliver]: (event) => {
          tally.exercised++;
          if (!facts.messages.wasSent(event.message, event.messageSlot)) report(event, 'never-sent');
          else if (bodyChanged(facts, event)) report(event, 'changed-body');
          else if (cameFromElsewhere(facts, event)) report(event, 'wrong-queue');
        },
        [EventKind.accept]: (event) => {
          if (!isFirstHand(facts, event)) return;
          const { messages } = facts;
          const slot = event.messageSlot;
          if (facts.isExchange(messages.queue[slot]!)) return;
          if (messages.queue[slot] !== event.dest) report(event, 'wrong-queue');
          else if (messages.stored[slot]! >= messages.attempts[slot]!) report(event, 'extra-copy');
        },
      },
    };
  },
  word({ atMicros, message, queue, what, actor, sentTo, attempts }, { at, name }) {
    const happened = {
      'never-sent': `message ${message} was delivered to ${name(actor)} at ${at(atMicros)}, and nobody ever sent it`,
      'changed-body': `message ${message} was delivered to ${name(actor)} at ${at(atMicros)} with a body that is not the one that was sent`,
      'wrong-queue': `message ${message} was sent to ${name(sentTo)} and turned up in ${name(queue)} at ${at(atMicros)}`,
      'extra-copy': `${name(actor)} stored one more copy of message ${message} at ${at(atMicros)} than its producer had made attempts (${attempts})`,
    };
    return happened[what];
  },
});

function bodyChanged(facts: Facts, event: EventView): boolean {
  if (event.messageSlot === NO_SLOT) return false;
  const sent = facts.messages.checksum[event.messageSlot]!;
  return sent === sent && sent !== event.c;
}

/** Neither the queue that it was sent to, nor one that its copy was moved to or from. */
function cameFromElsewhere(facts: Facts, event: EventView): boolean {
  const { messages, copies } = facts;
  if (event.messageSlot === NO_SLOT || messages.queue[event.messageSlot] === event.dest) return false;
  // Where an exchange may lead is for the engine's tests; a dead letter is a copy of its own in a queue of its own.
  if (facts.contract.personality === 'rabbitmq') return false;
  const slot = event.copySlot;
  return slot !== NO_SLOT && copies.queue[slot] !== event.dest && copies.source[slot] !== event.dest;
}

/** A copy that a producer's request stored, not a redrive or a transfer to a dead-letter queue. */
function isFirstHand(facts: Facts, event: EventView): boolean {
  const slot = event.messageSlot;
  if (!facts.messages.wasSent(event.message, slot) || slot === NO_SLOT) return false;
  // A queue that refuses a publish may dead-letter it all the same.
  if (facts.contract.personality === 'rabbitmq' && facts.messages.queue[slot] !== event.dest) return false;
  return facts.messages.redrives[slot] === 0 && !(facts.queue(event.dest).isDeadLetterQueue && facts.messages.queue[slot] !== event.dest);
}
