import { PollEndCause } from '../../history/index.js';
import type { ClockPort, TimerPort } from '../host.js';
import { EVERY_SERVER, NO_MESSAGE, type LeaseBatch, type Queue } from '../queue/index.js';
import type { QueueCounts } from './queue-counts.js';
import { RequestQuota } from './request-quota.js';
import { type WaitingPoll, WaitingPolls } from './waiting-polls.js';

/** Where the polls of a queue get their answers. */
export interface PollAnswerer {
  onPollWait(served: ServedQueue, poll: WaitingPoll): void;
  /** The poll is over; `batch` holds what it gets, possibly nothing. */
  onPollEnd(served: ServedQueue, poll: WaitingPoll, batch: LeaseBatch, cause: PollEndCause): void;
}

/** A queue with the polls that wait at it. */
export class ServedQueue {
  readonly queue: Queue;
  readonly quota = new RequestQuota();
  /** When it was purged last, monotonic. */
  purgedAt = -Infinity;
  /** In the node's list of queues whose waiting polls may be served. */
  isDeliverable = false;
  #counts: QueueCounts | null = null;
  #countedAt = 0;
  readonly #polls: WaitingPolls;
  readonly #answerer: PollAnswerer;
  readonly #batch: LeaseBatch;

  /** `batch` is the node's, used by one operation at a time. */
  constructor(host: { readonly clock: ClockPort; readonly timers: TimerPort }, queue: Queue, answerer: PollAnswerer, batch: LeaseBatch) {
    this.queue = queue;
    this.#answerer = answerer;
    this.#batch = batch;
    this.#polls = new WaitingPolls(host, (poll, cause) => this.#endEmpty(poll, cause));
  }

  get waitingPolls(): number {
    return this.#polls.size;
  }

  wait(poll: WaitingPoll, now: number): void {
    this.#polls.add(poll, now);
    this.#answerer.onPollWait(this, poll);
  }

  /** Gives what is ready to the polls that wait, first come, first served. */
  serve(now: number): void {
    const batch = this.#batch;
    let place = 0;
    while (this.#polls.size > place && this.queue.state.firstReady !== NO_MESSAGE) {
      const poll = this.#polls.at(place);
      this.queue.receive(poll.maxMessages, poll.timeoutMicros, poll.session.client, now, batch, true, poll.reach);
      if (poll.attemptId !== null) this.queue.rememberAttempt(poll.attemptId, poll.timeoutMicros, now, batch);
      if (batch.length === 0) {
        // Nothing to give: what was ready has moved to the dead-letter queue, or too much is in flight. Or it is where this poll does not hear of it.
        if (poll.reach === EVERY_SERVER) return;
        place++;
        continue;
      }
      this.#polls.remove(place);
      this.#answerer.onPollEnd(this, poll, batch, PollEndCause.answered);
    }
  }

  /** Messages by state, as the queue tells them: where it has replicas, as of a while ago. */
  counts(now: number): QueueCounts {
    const { state } = this.queue;
    const age = state.settings.replicas?.counterAgeMicros ?? 0;
    if (this.#counts === null || age === 0 || now - this.#countedAt >= age) {
      this.#counts = { ready: state.readyCount, leased: state.leasedCount, delayed: state.delayedCount };
      this.#countedAt = now;
    }
    return this.#counts;
  }

  /** The queue was deleted: nothing will come. */
  endPolls(): void {
    this.#polls.endAll();
  }

  endSession(session: WaitingPoll['session']): void {
    this.#polls.removeSession(session);
  }

  stop(): void {
    this.#polls.stop();
  }

  #endEmpty(poll: WaitingPoll, cause: PollEndCause): void {
    this.#batch.clear();
    this.#answerer.onPollEnd(this, poll, this.#batch, cause);
  }
}
