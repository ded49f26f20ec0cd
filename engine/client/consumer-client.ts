import { EventKind, Guard } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { Reply, WireDelivery } from '../broker/index.js';
import type { Host } from '../host.js';
import { NO_MUTATIONS, type Mutations } from '../mutants/index.js';
import { AcknowledgementBatch } from './acknowledgement-batch.js';
import { backoffMicros } from './backoff.js';
import { bodyChecksum } from './body-checksum.js';
import { DueQueue } from './due-queue.js';
import { failureDelayMicros } from './failure-delay.js';
import { GroupsInWork } from './groups-in-work.js';
import { LeaseExtender } from './lease-extender.js';
import type { ConsumerClientOptions } from './options.js';
import { type PollOwner, PollRequest } from './poll-request.js';
import { Session } from './session.js';
import { Settler } from './settler.js';
import { tellRefused } from './tell-refused.js';
import { Work, type WorkOwner } from './work.js';

/** A short poll that found nothing rests this long, so that an empty queue is not asked without a pause. */
export const EMPTY_POLL_PAUSE_MICROS = 1_000;
/** Longest wait of a long poll (SQS: 20 s), for the deadline of polls whose wait the queue decides. */
const MAX_WAIT_MICROS = 20_000_000;
/**
 * Whether a lease has ended, by the client's own clock. Of a message that was deleted by another consumer since, SQS confirms the
 * deletion as if it were the first. A lease of no time is none that could be kept.
 */
const hasOutlivedLease = ({ receivedMicros, timeoutMicros }: Work, nowMicros: number): boolean =>
  timeoutMicros > 0 && nowMicros >= receivedMicros + timeoutMicros;

/** Mutant `coarse-deduplication-id`: messages that share an id. */
const MESSAGES_PER_COARSE_ID = 8;

/**
 * Receives messages of one queue, hands them to a handler, and settles them. Polls while it has room; several messages
 * may be in work at once. What it cannot settle, because it crashed or lost its broker, comes back when the lease ends.
 */
export class ConsumerClient implements PollOwner, WorkOwner {
  readonly #options: ConsumerClientOptions;
  readonly #host: Host;
  readonly #sink: EventSink;
  readonly #actor: NameId;
  readonly #dest: NameId;
  readonly #mutations: Mutations;
  readonly #session: Session;
  readonly #delayed: DueQueue;
  readonly #settler: Settler;
  readonly #acknowledgements: AcknowledgementBatch;
  readonly #extender: LeaseExtender | null;
  readonly #poll: PollRequest;
  readonly #buffer: Work[] = [];
  /** Null: groups are left to their fate. */
  readonly #groups: GroupsInWork | null;
  #inWork = 0;
  /** Deliveries acknowledged before their work, which waits for the outcome (`acknowledge: 'first'`). */
  #acknowledgingFirst = 0;
  #isPolling = false;
  /** No poll before a pause or a backoff is over. */
  #isResting = false;
  #pollFailures = 0;
  #isStopping = false;
  /** Its buffer was full, and is not yet half empty. */
  #isPaused = false;

  constructor(options: ConsumerClientOptions) {
    const { host, sink, name, queue } = options;
    this.#options = options;
    this.#host = host;
    this.#sink = sink;
    this.#actor = sink.name(name);
    this.#dest = sink.name(queue);
    this.#mutations = options.mutations ?? NO_MUTATIONS;
    this.#session = new Session({
      host, name, address: options.address, retry: options.retry, queues: [queue], pollWaitMicros: options.waitTimeMicros ?? MAX_WAIT_MICROS,
      mutations: this.#mutations,
    });
    this.#groups = options.keepsGroupOrder === true ? new GroupsInWork() : null;
    this.#delayed = new DueQueue(host);
    this.#settler = new Settler({
      session: this.#session, retries: this.#delayed, retry: options.retry, random: host.random, sink,
      actor: this.#actor, dest: this.#dest, mutations: this.#mutations, onAcknowledged: (work, isSettled) => this.#onAcknowledged(work, isSettled),
    });
    this.#acknowledgements = new AcknowledgementBatch(
      host, options.acknowledgeBatchSize ?? 1, options.acknowledgeLingerMicros ?? 0, (works) => this.#settler.acknowledge(works),
    );
    this.#extender = options.extendEveryMicros === null
      ? null
      : new LeaseExtender(host, options.extendEveryMicros, (work) => this.#settler.extend(work, work.timeoutMicros));
    this.#poll = new PollRequest(this, options.batchSize, options.visibilityTimeoutMicros, options.waitTimeMicros, this.#attemptPrefix());
    this.#pollIfRoom();
  }

  /** Attempt ids must not be those of an earlier life of this consumer, nor another's. */
  #attemptPrefix(): string | null {
    const { usesAttemptIds = false, name } = this.#options;
    return usesAttemptIds ? `${name}/${this.#host.random.nextUint32().toString(36)}/` : null;
  }

  /** Deliveries that are not settled yet. */
  get outstanding(): number {
    return this.#inWork + this.#acknowledgingFirst + this.#buffer.length + this.#acknowledgements.size + this.#settler.outstanding;
  }

  /** Polls no more, gives back what it has not begun, finishes what it has, and then ends its session. */
  stop(): void {
    this.#isStopping = true;
    for (const work of this.#buffer.splice(0)) this.#giveBack(work);
    this.#closeIfIdle();
  }

  onPollReply(reply: Reply): void {
    this.#isPolling = false;
    if (reply.operation !== 'receiveReply') {
      if (reply.operation === 'error') tellRefused(this.#sink, this.#actor, this.#dest, 0, reply.error);
      this.#pollLater();
      return;
    }
    this.#pollFailures = 0;
    const { deliveries, timeoutMicros } = reply;
    for (let index = 0; index < deliveries.length; index += 1) this.#take(deliveries[index]!, timeoutMicros);
    const isLongPoll = (this.#options.waitTimeMicros ?? 0) > 0;
    if (deliveries.length > 0 || isLongPoll) this.#next();
    else this.#rest(EMPTY_POLL_PAUSE_MICROS);
  }

  onPollLost(): void {
    if (this.#mutations.pollLostForGood) return;
    this.#isPolling = false;
    this.#pollLater();
  }

  onSuccess(work: Work): void {
    this.#inWork -= 1;
    this.#groups?.end(work);
    if (this.#acknowledgesFirst()) this.#next();
    else {
      this.#acknowledgements.add(work);
      this.#next();
    }
  }

  onFailure(work: Work): void {
    this.#inWork -= 1;
    this.#groups?.end(work);
    if (this.#groups !== null && !this.#acknowledgesFirst() && !this.#mutations.groupGoesOnBehindFailure) {
      for (const behind of this.#groups.takeBehind(work, this.#buffer)) this.#giveBack(behind);
    }
    const held = this.#host.clock.monotonicMicros() - work.receivedMicros;
    const delay = this.#acknowledgesFirst() ? null : failureDelayMicros(this.#options.onFailure, work.deliveryCount, held);
    if (delay !== null) this.#settler.negativelyAcknowledge(work, delay);
    this.#next();
  }

  #acknowledgesFirst(): boolean {
    const { acknowledgeAfterWork, acknowledgeBeforeWork } = this.#mutations;
    return this.#options.acknowledge === 'first' ? !acknowledgeAfterWork : acknowledgeBeforeWork;
  }

  #pollIfRoom(): void {
    if (this.#isPolling || this.#isResting || this.#isStopping) return;
    if (!this.#hasRoom()) return;
    this.#isPolling = true;
    this.#session.send(this.#poll, 'poll');
  }

  /** Room for one more batch. Once there was none, half of the buffer has to be free. */
  #hasRoom(): boolean {
    const { bufferSize = null, batchSize, concurrency } = this.#options;
    const isIdle = this.#buffer.length === 0 && this.#inWork + this.#acknowledgingFirst < concurrency;
    if (bufferSize === null) return isIdle;
    const limit = this.#isPaused ? Math.floor(bufferSize / 2) : bufferSize - batchSize;
    const hasRoom = isIdle || this.#buffer.length <= Math.min(limit, bufferSize - batchSize);
    if (hasRoom === this.#isPaused) this.#sink.emit(EventKind.clientGuard, this.#actor, 0, this.#dest, 0, 0, hasRoom ? Guard.resumed : Guard.paused, 0, 0);
    this.#isPaused = !hasRoom;
    return hasRoom;
  }

  #rest(micros: number): void {
    this.#isResting = true;
    this.#delayed.add(micros, {
      run: () => {
        this.#isResting = false;
        this.#pollIfRoom();
      },
    });
  }

  #pollLater(): void {
    this.#pollFailures += 1;
    this.#rest(backoffMicros(this.#options.retry, this.#pollFailures, this.#host.random));
    this.#closeIfIdle();
  }

  #take(delivery: WireDelivery, timeoutMicros: number): void {
    const { body, trace, messageId, handle, deliveryCount } = delivery;
    this.#sink.emit(
      EventKind.deliver, this.#actor, 0, this.#dest, trace, messageId, handle, deliveryCount, bodyChecksum(this.#sink, body),
    );
    const work = new Work(this, this.#options.queue, delivery, this.#deduplicationId(trace, messageId), this.#host.clock.monotonicMicros(), timeoutMicros);
    if (this.#isStopping) this.#giveBack(work);
    else this.#buffer.push(work);
  }

  /** What an idempotent handler remembers: the producer's own id, the same for every copy. */
  #deduplicationId(trace: number, messageId: number): number {
    const { coarseDeduplicationId, deduplicateByCopy } = this.#mutations;
    if (coarseDeduplicationId) return trace - (trace % MESSAGES_PER_COARSE_ID);
    return deduplicateByCopy ? messageId : trace;
  }

  /** Begins what there is room for, then asks for more. */
  #next(): void {
    while (this.#buffer.length > 0 && this.#inWork + this.#acknowledgingFirst < this.#options.concurrency) {
      const work = this.#takeNext();
      if (work === null) break;
      if (this.#acknowledgesFirst() && hasOutlivedLease(work, this.#host.clock.monotonicMicros())) work.state = 'done';
      else if (this.#acknowledgesFirst()) {
        this.#acknowledgingFirst += 1;
        this.#groups?.begin(work);
        this.#acknowledgements.add(work);
      } else this.#begin(work);
    }
    this.#pollIfRoom();
    this.#closeIfIdle();
  }

  /** Out of the buffer; null when all that waits there has to wait. */
  #takeNext(): Work | null {
    if (this.#groups === null) return this.#mutations.newestWorkedFirst ? this.#buffer.pop()! : this.#buffer.shift()!;
    const index = this.#groups.firstFree(this.#buffer);
    return index < 0 ? null : this.#buffer.splice(index, 1)[0]!;
  }

  /** Visible at once for others. */
  #giveBack(work: Work): void {
    work.state = 'done';
    this.#settler.negativelyAcknowledge(work, 0);
  }

  #begin(work: Work): void {
    this.#inWork += 1;
    this.#groups?.begin(work);
    work.state = 'working';
    if (!this.#acknowledgesFirst()) this.#extender?.watch(work);
    this.#options.handler.handle(work);
  }

  #onAcknowledged(work: Work, isSettled: boolean): void {
    if (this.#acknowledgesFirst()) {
      this.#acknowledgingFirst -= 1;
      // Not confirmed, or confirmed when the lease had ended: another may have it, so handling it now could be the second time.
      if (isSettled && !hasOutlivedLease(work, this.#host.clock.monotonicMicros())) this.#begin(work);
      else {
        work.state = 'done';
        this.#groups?.end(work);
      }
      this.#next();
    } else this.#closeIfIdle();
  }

  #closeIfIdle(): void {
    if (!this.#isStopping || this.outstanding > 0 || this.#isPolling) return;
    this.#extender?.stop();
    this.#delayed.clear();
    this.#session.close();
  }
}
