import { CopyState, EventKind, type NameId, PollEndCause } from '../../history/index.js';
import { queuesThatAreAsked } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';
import { type Poll, type PollTerms, WaitingPolls } from './waiting-polls.js';

interface WrongPoll extends Breach {
  readonly what: 'too-long' | 'too-many' | 'nothing' | 'early' | 'late' | 'in-vain';
  readonly consumer: NameId;
  readonly asked: number;
  readonly got: number;
  readonly waitedMicros: number;
  readonly waitMicros: number;
  /** Since when a message could have been handed out. */
  readonly sinceMicros: number;
}

/** SQS: WaitTimeSeconds. */
const MAX_WAIT_MICROS = 20_000_000;
const CLIENTS = 0x400_0000;
/** What happens at one instant has an order that the history does not show. */
const INSTANT_MICROS = 1_000;

/** A poll that ends with its session, or because its queue was deleted, promises nothing. */
export const longpollContract = defineInvariant<WrongPoll, 'longpoll-contract'>({
  id: 'longpoll-contract',
  promise: 'A long poll waits no longer than it asked and 20 seconds, ends early with messages only, and never ends empty while one could be handed out.',
  exercisedBy: 'long polls that were answered or timed out',
  concerns: queuesThatAreAsked,
  create(facts, tally) {
    const waiting = new Map<number, WaitingPolls>();
    const terms = pollTerms(facts);
    const keyOf = (event: EventView): number => (event.dest * CLIENTS + event.peer) * 2 + (event.c > 0 ? 1 : 0);
    const report = (event: EventView, poll: Poll, what: WrongPoll['what'], sinceMicros = 0): void => {
      if (!tally.breach(what === 'in-vain' && event.c > 0 ? facts.standard : null)) return;
      tally.tell({
        atMicros: event.time, message: 0, queue: event.dest, what, consumer: event.peer, asked: poll.max, got: event.a,
        waitedMicros: event.time - poll.atMicros, waitMicros: poll.waitMicros, sinceMicros,
      });
    };
    return {
      on: {
        [EventKind.pollWait]: (event) => {
          const poll = { atMicros: event.time, max: event.a, waitMicros: event.b };
          const key = keyOf(event);
          let polls = waiting.get(key);
          if (polls === undefined) waiting.set(key, polls = new WaitingPolls(event.c === 0, terms));
          polls.add(poll);
          if (poll.waitMicros > MAX_WAIT_MICROS) report(event, poll, 'too-long');
        },
        [EventKind.pollEnd]: (event) => {
          const polls = waiting.get(keyOf(event));
          if (event.b === PollEndCause.sessionEnded || event.b === PollEndCause.queueDeleted) return polls?.endWithSession();
          const poll = event.b === PollEndCause.answered ? polls?.takeAnswered(event.a) : polls?.takeTimedOut(event.time);
          if (poll === undefined) return;
          tally.exercised++;
          if (event.a > poll.max) report(event, poll, 'too-many');
          if (event.b === PollEndCause.answered) {
            if (event.a === 0) report(event, poll, 'nothing');
            return;
          }
          if (terms.earlyBy(poll, event.time) > 0) report(event, poll, 'early');
          else if (terms.lateBy(poll, event.time) > 0 && !terms.isExcused(poll)) report(event, poll, 'late');
          const since = event.c > 0 ? Math.max(unheardSince(facts, event), poll.atMicros) : deliverableSince(facts, event);
          if (since < event.time - INSTANT_MICROS) report(event, poll, 'in-vain', since);
        },
        // Who waits at a broker that dies never hears of it.
        [EventKind.recoverBegin]: () => waiting.clear(),
      },
    };
  },
  word({ atMicros, queue, what, consumer, asked, got, waitedMicros, waitMicros, sinceMicros }, { at, name, span }) {
    const poll = `a poll of ${name(consumer)} at ${name(queue)}`;
    if (what === 'too-long') return `${poll} began at ${at(atMicros)} to wait for ${span(waitMicros)}; ${span(MAX_WAIT_MICROS)} are allowed`;
    if (what === 'too-many') return `${poll} asked for ${asked} messages and got ${got} at ${at(atMicros)}`;
    if (what === 'nothing') return `${poll} was answered at ${at(atMicros)}, before its time, with nothing`;
    if (what === 'early') return `${poll} timed out at ${at(atMicros)} after ${span(waitedMicros)} of the ${span(waitMicros)} it asked for`;
    if (what === 'late') return `${poll} timed out at ${at(atMicros)} only, after ${span(waitedMicros)}; it asked for ${span(waitMicros)}`;
    return `${poll} ended empty at ${at(atMicros)} after ${span(waitedMicros)}, though a message could have been handed out since ${at(sinceMicros)}`;
  },
});

/** A poll ends on time as far as the broker's clock and its timers go. */
function pollTerms(facts: Facts): PollTerms {
  return {
    earlyBy: ({ atMicros, waitMicros }, nowMicros) => atMicros + waitMicros - nowMicros - facts.driftMicros(waitMicros) - 1,
    lateBy: ({ atMicros, waitMicros }, nowMicros) => nowMicros - atMicros - waitMicros - facts.driftMicros(waitMicros) - facts.contract.redeliveryBoundMicros,
    // A poll that waits while something keeps the broker from its timers may end late.
    isExcused: ({ atMicros }) => facts.broker.wellSinceMicros > atMicros,
  };
}

/** Since when a message was there for a poll that did not hear of every message; `Infinity` for none. */
function unheardSince(facts: Facts, event: EventView): number {
  const queue = facts.queue(event.dest);
  return queue.ready > 0 && queue.hasRoom && facts.broker.isWell ? queue.readySince : Infinity;
}

/** Since when the queue has something for this poll, as far as the broker could hand it out; `Infinity` for nothing. */
function deliverableSince(facts: Facts, event: EventView): number {
  const queue = facts.queue(event.dest);
  if (!queue.canServe(facts.broker.isWell)) return Infinity;
  let since = Infinity;
  if (!queue.isFifo) since = queue.ready > 0 ? queue.readySince : Infinity;
  else {
    facts.groups.forEachIn(event.dest, ({ head, headSince }) => {
      if (head !== NO_SLOT && facts.copies.state[head] === CopyState.ready) since = Math.min(since, Math.max(headSince, facts.copies.availableAt[head]!));
    });
  }
  return since >= event.time ? Infinity : event.time - queue.attendance.between(since, event.time);
}
