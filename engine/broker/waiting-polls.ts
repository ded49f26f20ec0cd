import { PollEndCause } from '../../history/index.js';
import type { ClockPort, TimerPort } from '../host.js';
import { Alarm } from '../queue/index.js';
import type { Session } from './session.js';

/** A receive that found nothing and waits. */
export interface WaitingPoll {
  readonly session: Session;
  readonly requestId: number;
  readonly maxMessages: number;
  readonly timeoutMicros: number;
  readonly attemptId: string | null;
  /** The storage servers that it hears, as bits. */
  readonly reach: number;
  /** The wait that was asked for. */
  readonly waitMicros: number;
  /** End of the wait, monotonic. */
  readonly deadline: number;
}

/** The long polls of one queue in the order of their arrival, with one timer for all of them. */
export class WaitingPolls {
  readonly #alarm: Alarm;
  readonly #onEnd: (poll: WaitingPoll, cause: PollEndCause) => void;
  #polls: WaitingPoll[] = [];
  /** Polls before this index have been taken. */
  #first = 0;

  /** `onEnd` is called for each poll whose wait is over, or whose session has ended. */
  constructor(host: { readonly clock: ClockPort; readonly timers: TimerPort }, onEnd: (poll: WaitingPoll, cause: PollEndCause) => void) {
    this.#onEnd = onEnd;
    this.#alarm = new Alarm(host, (now) => this.#ring(now));
  }

  get size(): number {
    return this.#polls.length - this.#first;
  }

  /** By place in the line, from 0 to below `size`. */
  at(place: number): WaitingPoll {
    return this.#polls[this.#first + place] as WaitingPoll;
  }

  add(poll: WaitingPoll, now: number): void {
    this.#polls.push(poll);
    this.#alarm.setFor(poll.deadline, now);
  }

  remove(place: number): void {
    if (place > 0) this.#polls.splice(this.#first + place, 1);
    else this.#removeFirst();
  }

  #removeFirst(): void {
    this.#first++;
    if (this.#first === this.#polls.length) {
      this.#polls.length = 0;
      this.#first = 0;
    } else if (this.#first >= 64 && this.#first * 2 >= this.#polls.length) {
      this.#polls.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** Ends the polls of a session that has ended. */
  removeSession(session: Session): void {
    this.#endWhere((poll) => poll.session === session, PollEndCause.sessionEnded);
  }

  /** Ends them all. */
  endAll(): void {
    this.#endWhere(() => true, PollEndCause.queueDeleted);
    this.#alarm.cancel();
  }

  stop(): void {
    this.#alarm.cancel();
    this.#polls = [];
    this.#first = 0;
  }

  #ring(now: number): void {
    this.#endWhere((poll) => poll.deadline <= now, PollEndCause.timedOut);
    let next = Infinity;
    for (let index = this.#first; index < this.#polls.length; index++) {
      next = Math.min(next, (this.#polls[index] as WaitingPoll).deadline);
    }
    this.#alarm.setFor(next, now);
  }

  #endWhere(isOver: (poll: WaitingPoll) => boolean, cause: PollEndCause): void {
    const waiting = this.#polls.slice(this.#first);
    this.#polls = waiting.filter((poll) => !isOver(poll));
    this.#first = 0;
    for (const poll of waiting) {
      if (isOver(poll)) this.#onEnd(poll, cause);
    }
  }
}
