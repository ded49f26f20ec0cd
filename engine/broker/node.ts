import { EventKind, type EventSink, type NameId, type PollEndCause } from '../../history/index.js';
import type { Host } from '../host.js';
import type { SyncReport } from '../log/index.js';
import { type Mutations, NO_MUTATIONS } from '../mutants/index.js';
import { EVERY_SERVER, LeaseBatch, type MessageStore, NO_MESSAGE, type Queue, type QueueListener, type Queues } from '../queue/index.js';
import type { ChannelReply } from './channel/protocol.js';
import type { BrokerConfig } from './config.js';
import type { ErrorKind } from './errors.js';
import { PendingReplies } from './pending-replies.js';
import type { Reply, WireError } from './protocol.js';
import { receiveReply, receiveReplyBytes } from './receive-reply.js';
import { AttributeChanges } from './attribute-changes.js';
import { type RemovalHost, type RemovalKind, Removals } from './removals.js';
import { type PollAnswerer, ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import type { WaitingPoll } from './waiting-polls.js';
import { REPLY_BYTES } from './wire-size.js';

/** What the operations of a node share: its queues, the replies that wait for the disk, the polls that wait for messages. */
export class BrokerNode implements QueueListener<Queue>, PollAnswerer, RemovalHost {
  readonly host: Host;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly config: BrokerConfig;
  readonly mutations: Mutations;
  /** For one receive at a time. */
  readonly batch: LeaseBatch;
  readonly removals: Removals;
  readonly changes: AttributeChanges;
  readonly #replies = new PendingReplies();
  #queues: Queues | null = null;
  /** By queue number, from 1. */
  readonly #served: (ServedQueue | null)[] = [null];
  readonly #deliverable: ServedQueue[] = [];

  constructor(host: Host, sink: EventSink, name: string, config: BrokerConfig) {
    this.host = host;
    this.sink = sink;
    this.actor = sink.name(name);
    this.config = config;
    this.mutations = config.mutations ?? NO_MUTATIONS;
    // One more than a receive may ask for: a mutant hands out one too many.
    this.removals = new Removals(this);
    this.changes = new AttributeChanges(this);
    this.batch = new LeaseBatch(config.queueLimits.maxMessagesPerReceive + 1);
  }

  /** Only after recovery. */
  get queues(): Queues {
    return this.#queues as Queues;
  }

  get store(): MessageStore {
    return this.queues.registry.store;
  }

  recovered(queues: Queues): void {
    this.#queues = queues;
    this.removals.resume(this.host.clock.monotonicMicros());
    this.changes.resume(this.host.clock.monotonicMicros());
  }

  /** The queue that a session's number means; null when there is none (yet). */
  queueOf(session: Session, number: number): ServedQueue | null {
    const known = session.queueNumber(number);
    if (known !== 0) {
      const served = this.#served[known] as ServedQueue;
      if (!served.queue.state.isDeleted) return served;
    }
    const queue = this.queues.find(session.queueName(number));
    if (queue === null) return null;
    session.bindQueue(number, queue.state.number);
    return this.served(queue);
  }

  served(queue: Queue): ServedQueue {
    const { number } = queue.state;
    while (this.#served.length <= number) this.#served.push(null);
    return (this.#served[number] ??= new ServedQueue(this.host, queue, this, this.batch));
  }

  /** Of a queue that is deleted whoever waits at it hears that it is gone. */
  remove(kind: RemovalKind, name: string, askedWall: number): void {
    const queue = this.queues.find(name);
    if (queue === null) return;
    if (kind === 'purge') return queue.purge();
    const served = this.served(queue);
    this.queues.delete(queue, askedWall);
    served.endPolls();
    served.stop();
  }

  /** Whether no further request can be taken on: what waits for the disk is bounded. */
  isOverloaded(): boolean {
    const { maxPendingReplies, maxPendingLogBytes } = this.config.limits;
    return this.#replies.size >= maxPendingReplies || this.queues.log.pendingBytes >= maxPendingLogBytes;
  }

  /** Answers as soon as everything that was appended until now is durable. */
  reply(session: Session, message: Reply | ChannelReply, sizeBytes: number): void {
    const { log } = this.queues;
    const position = log.nextPosition;
    if (position <= log.durablePosition) session.send(message, sizeBytes);
    else this.#replies.push(position, session, message, sizeBytes);
  }

  /** Answers a receive with what was leased for it. */
  deliver(session: Session, requestId: number, timeoutMicros: number, batch: LeaseBatch): void {
    const message = receiveReply(this.queues.registry, requestId, timeoutMicros, batch, this.mutations.scribbleBody);
    this.reply(session, message, receiveReplyBytes(message));
  }

  /** Turns a request down, at once: a refusal depends on nothing. */
  refuse(session: Session, requestId: number, kind: ErrorKind, detail: string | number = ''): void {
    session.send({ operation: 'error', requestId, error: this.error(kind, detail) }, REPLY_BYTES);
  }

  error(kind: ErrorKind, detail: string | number = ''): WireError {
    const { code, message, retriable, status } = this.config.errors[kind];
    return { code, message: message.replace('{detail}', () => String(detail)), retriable, status };
  }

  /** Everything below `position` is durable. */
  onDurable(position: number): void {
    this.#replies.release(position);
    this.queues.checkpointIfWorthwhile();
  }

  /** The journal begins to be synced. */
  onSyncBegins(sizeBytes: number): void {
    this.sink.emit(EventKind.fsyncBegin, this.actor, 0, 0, 0, 0, sizeBytes, 0, 0);
  }

  /** The journal was synced. */
  onSynced({ sizeBytes, durationMicros, coveredMicrosAgo }: SyncReport): void {
    this.sink.emit(EventKind.fsync, this.actor, 0, 0, 0, 0, sizeBytes, durationMicros, coveredMicrosAgo);
  }

  onDeliverable(queue: Queue): void {
    const served = this.#served[queue.state.number] ?? null;
    if (served === null || served.isDeliverable || served.waitingPolls === 0) return;
    served.isDeliverable = true;
    this.#deliverable.push(served);
  }

  onTimerDone(): void {
    this.servePolls();
  }

  /** Serves the polls that waited for what has happened. Every operation ends with it. */
  servePolls(): void {
    if (this.#deliverable.length === 0) return;
    const now = this.host.clock.monotonicMicros();
    for (let served = this.#deliverable.pop(); served !== undefined; served = this.#deliverable.pop()) {
      served.isDeliverable = false;
      served.serve(now);
    }
  }

  /** A receive is answered with nothing at once. */
  onEmptyReceive(session: Session, { nameId, state: { firstReady, readyCount, leasedCount, settings } }: Queue): void {
    const missed = firstReady === NO_MESSAGE || leasedCount >= settings.maxInFlight ? 0 : readyCount;
    this.sink.emit(EventKind.emptyReceive, this.actor, session.client, nameId, 0, 0, missed, 0, 0);
  }

  onPollWait(served: ServedQueue, poll: WaitingPoll): void {
    this.sink.emit(EventKind.pollWait, this.actor, poll.session.client, served.queue.nameId, 0, 0, poll.maxMessages, poll.waitMicros, unheard(poll));
  }

  onPollEnd(served: ServedQueue, poll: WaitingPoll, batch: LeaseBatch, cause: PollEndCause): void {
    this.sink.emit(EventKind.pollEnd, this.actor, poll.session.client, served.queue.nameId, 0, 0, batch.length, cause, unheard(poll));
    const { isDeleted, name } = served.queue.state;
    if (isDeleted) this.refuse(poll.session, poll.requestId, 'queueDoesNotExist', name);
    else this.deliver(poll.session, poll.requestId, poll.timeoutMicros, batch);
  }

  endSession(session: Session): void {
    for (const served of this.#served) served?.endSession(session);
  }

  /** Nothing is answered after it. */
  stop(): void {
    this.#replies.clear();
    this.removals.stop();
    this.changes.stop();
    for (const served of this.#served) served?.stop();
    this.#queues?.stop();
  }
}

/** How many storage servers a poll does not hear, for the history. */
const unheard = ({ reach }: WaitingPoll): number => (reach === EVERY_SERVER ? 0 : 1);
