import { OutcomeReason } from '../../history/index.js';
import type { Reply, Request } from '../broker/index.js';
import type { CloseReason, Connection, ConnectionHandler, Host, TimerHandle, WireMessage } from '../host.js';
import { type Mutations, NO_MUTATIONS } from '../mutants/index.js';
import { backoffMicros } from './backoff.js';
import { failureOf } from './failure-class.js';
import type { RetryPolicy } from './options.js';
import { Pacer } from './pacer.js';
import { type PendingRequest, RequestTable } from './request-table.js';

/** Which wait for an answer a request has: the client's timeout, or that and the wait of a long poll. */
export type RequestClass = 'plain' | 'poll';

const HELLO_BYTES = 64;
const ALIVE: Request = { operation: 'keepAlive' };
const KEEP_ALIVE_BYTES = 16;

export interface SessionOptions {
  readonly host: Host;
  readonly name: string;
  readonly address: string;
  readonly retry: RetryPolicy;
  /** Queues this session speaks of; their index is their number on the wire. */
  readonly queues: readonly string[];
  /** Added to the timeout of long polls. */
  readonly pollWaitMicros: number;
  /** Default: none. */
  readonly mutations?: Mutations;
}

/**
 * A client's connection to its broker, opened again whenever it is lost, and the requests under way on it.
 *
 * | state      | request arrives          | opens            | closes or is reset                      | a request times out |
 * | ---------- | ------------------------ | ---------------- | --------------------------------------- | ------------------- |
 * | connecting | waits for the connection | send what waits  | lose what was sent, wait out a backoff  | lose it; reconnect  |
 * | open       | is sent                  | cannot happen    | lose what was sent, wait out a backoff  | lose it; reconnect if nothing was heard since it was sent |
 * | waiting    | waits for the connection | cannot happen    | cannot happen                           | lose it             |
 * | closed     | is lost at once          | cannot happen    | cannot happen                           | cannot happen       |
 */
export class Session implements ConnectionHandler {
  readonly #host: Host;
  readonly #options: SessionOptions;
  readonly #plain = new RequestTable();
  readonly #polls = new RequestTable();
  readonly #deadlineTimer: TimerHandle;
  readonly #reconnectTimer: TimerHandle;
  #state: 'connecting' | 'open' | 'waiting' | 'closed' = 'waiting';
  #connection: Connection | null = null;
  /** Connections that ended since the last answer; sets the next backoff. */
  #failures = 0;
  #heardMicros = 0;
  /** When the timer of the deadlines rings; `Infinity` when it does not. */
  #armedForMicros = Infinity;
  readonly #mutations: Mutations;
  /** Null: requests leave at once. */
  readonly #pacer: Pacer | null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#mutations = options.mutations ?? NO_MUTATIONS;
    this.#host = options.host;
    this.#pacer = options.retry.pace === 'adaptive' ? new Pacer(options.host) : null;
    this.#deadlineTimer = options.host.timers.create(() => this.#checkDeadlines());
    this.#reconnectTimer = options.host.timers.create(() => this.#connect());
    this.#connect();
  }

  /** Requests without an answer. */
  get outstanding(): number {
    return this.#plain.size + this.#polls.size + (this.#pacer?.size ?? 0);
  }

  /** Sends a request, or keeps it until the connection is there. The outcome comes later; on a closed session at once. */
  send(request: PendingRequest, requestClass: RequestClass): void {
    if (this.#state === 'closed') {
      request.onLost(OutcomeReason.stopped, false);
      return;
    }
    if (this.#pacer === null) this.#enqueue(request, requestClass);
    else this.#pacer.pass(() => this.#enqueue(request, requestClass));
  }

  #enqueue(request: PendingRequest, requestClass: RequestClass): void {
    const table = requestClass === 'poll' ? this.#polls : this.#plain;
    const extra = requestClass === 'poll' ? this.#options.pollWaitMicros : 0;
    const deadline = this.#host.clock.monotonicMicros() + this.#options.retry.timeoutMicros + extra;
    const isOpen = this.#state === 'open';
    const sequence = table.add(request, deadline, isOpen);
    if (isOpen) this.#transmit(requestClass, sequence, request);
    // The deadline of a long poll is late: a later request may be due before it.
    if (deadline < this.#armedForMicros) this.#armDeadline();
  }

  /** Ends the session in good order. What is under way is forgotten. */
  close(): void {
    this.#state = 'closed';
    this.#connection?.close();
    this.#connection = null;
    this.#deadlineTimer.disarm();
    this.#reconnectTimer.disarm();
    this.#pacer?.stop();
  }

  onOpen(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.#heardMicros = this.#host.clock.monotonicMicros();
    const connection = this.#connection!;
    connection.send({ operation: 'hello', client: this.#options.name } as Request, HELLO_BYTES);
    for (let queue = 0; queue < this.#options.queues.length; queue += 1) {
      const name = this.#options.queues[queue]!;
      connection.send({ operation: 'openQueue', queue, name } as Request, HELLO_BYTES + name.length);
    }
    this.#plain.sendWaiting((sequence, request) => this.#transmit('plain', sequence, request));
    this.#polls.sendWaiting((sequence, request) => this.#transmit('poll', sequence, request));
  }

  onMessage(message: WireMessage): void {
    if (this.#state !== 'open') return;
    this.#failures = 0;
    this.#heardMicros = this.#host.clock.monotonicMicros();
    if (message.operation === 'keepAlive') {
      this.#connection!.send(ALIVE, KEEP_ALIVE_BYTES);
      return;
    }
    const reply = message as Reply;
    this.#pacer?.answered(isThrottling(reply));
    // The lowest bit of a request's id says which table it waits in.
    const table = reply.requestId % 2 === 1 ? this.#polls : this.#plain;
    const sequence = this.#mutations.repliesMatchedByOrder ? table.oldest : Math.floor(reply.requestId / 2);
    table.take(sequence)?.onReply(reply);
  }

  onClose(_reason: CloseReason): void {
    if (this.#state === 'connecting' || this.#state === 'open') this.#reconnectLater();
  }

  #transmit(requestClass: RequestClass, sequence: number, request: PendingRequest): void {
    const id = sequence * 2 + (requestClass === 'poll' ? 1 : 0);
    this.#connection!.send(request.request(id), request.sizeBytes);
  }

  #connect(): void {
    this.#state = 'connecting';
    this.#heardMicros = this.#host.clock.monotonicMicros();
    this.#connection = this.#host.network.connect(this.#options.address, this);
  }

  /** The connection is gone: what was sent on it has no answer; what was not waits for the next one. */
  #reconnectLater(): void {
    this.#connection = null;
    this.#state = 'waiting';
    this.#failures += 1;
    this.#reconnectTimer.arm(backoffMicros(this.#options.retry, this.#failures, this.#host.random));
    this.#plain.loseAll(OutcomeReason.connectionLost, true);
    this.#polls.loseAll(OutcomeReason.connectionLost, true);
  }

  #checkDeadlines(): void {
    this.#armedForMicros = Infinity;
    const now = this.#host.clock.monotonicMicros();
    let isSilent = false;
    while (this.#plain.expireOldest(now, OutcomeReason.timeout) || this.#polls.expireOldest(now, OutcomeReason.timeout)) {
      isSilent ||= this.#heardMicros <= now - this.#options.retry.timeoutMicros;
    }
    if (isSilent && (this.#state === 'open' || this.#state === 'connecting')) {
      this.#connection?.close();
      this.#reconnectLater();
    }
    this.#armDeadline();
  }

  #armDeadline(): void {
    if (this.#state === 'closed') return;
    const deadline = Math.min(this.#plain.nextDeadlineMicros, this.#polls.nextDeadlineMicros);
    this.#armedForMicros = deadline;
    if (deadline !== Infinity) this.#deadlineTimer.arm(Math.max(0, deadline - this.#host.clock.monotonicMicros()));
  }
}

function isThrottling(reply: Reply): boolean {
  return reply.operation === 'error' && reply.error.retriable && failureOf(reply.error).failure === 'throttling';
}
