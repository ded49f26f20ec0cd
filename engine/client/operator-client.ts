import type { OutcomeReason } from '../../history/index.js';
import type { Policy, QueueAttributes, Reply, Request } from '../broker/index.js';
import type { Host } from '../host.js';
import { backoffMicros } from './backoff.js';
import type { ClientOptions, RetryPolicy } from './options.js';
import type { PendingRequest } from './request-table.js';
import { Session } from './session.js';
import { REQUEST_BYTES } from './wire-size.js';

/** What an operator does to a queue as a whole. */
export type OperatorAction =
  /** Starts a message move task: `to` null, back to where the messages came from. */
  | { readonly kind: 'redrive'; readonly queue: string; readonly to: string | null; readonly ratePerSecond: number | null }
  /** Cancels the message move task that runs from a queue; what it has moved stays moved. */
  | { readonly kind: 'cancelRedrive'; readonly queue: string }
  | { readonly kind: 'purge'; readonly queue: string }
  /** In the names and words of the personality. */
  | { readonly kind: 'configure'; readonly queue: string; readonly attributes: QueueAttributes }
  /** `queue` is the name of the policy. */
  | { readonly kind: 'setPolicy'; readonly queue: string; readonly policy: Policy }
  | { readonly kind: 'clearPolicy'; readonly queue: string; readonly isOperator: boolean };

/** Whoever looks after queues, over whatever protocol. */
export interface Operating {
  /** Requests without an answer. */
  readonly outstanding: number;
  perform(action: OperatorAction, onOutcome: (outcome: ActionOutcome) => void): void;
  /** Messages that are ready in a queue, as the queue tells it; null when it cannot be learnt. */
  readDepth(queue: string, onDepth: (depth: number | null) => void): void;
}

/** `ok`; the code of the error that refused it; or that nobody knows. */
export type ActionOutcome = string;

export interface OperatorClientOptions extends Omit<ClientOptions, 'sink'> {
  /** Queues that it will speak of. */
  readonly queues: readonly string[];
}

/** The client of whoever looks after queues: it reads their depth, moves dead letters back, purges, changes settings. */
export class OperatorClient implements Operating {
  readonly #options: OperatorClientOptions;
  readonly #session: Session;

  constructor(options: OperatorClientOptions) {
    this.#options = options;
    this.#session = new Session({ pollWaitMicros: 0, ...options });
  }

  /** Requests without an answer. */
  get outstanding(): number {
    return this.#session.outstanding;
  }

  perform(action: OperatorAction, onOutcome: (outcome: ActionOutcome) => void): void {
    if (action.kind === 'cancelRedrive') this.#cancelRedrive(action.queue, onOutcome);
    else this.#send((requestId) => this.#requestFor(action, requestId), (reply) => onOutcome(reply === null ? 'unknown' : outcomeOf(reply)));
  }

  /** The newest task is the one that runs, if one does. Without one the broker is asked to cancel what is not there, and says so. */
  #cancelRedrive(source: string, onOutcome: (outcome: ActionOutcome) => void): void {
    this.#send((requestId) => ({ operation: 'listMessageMoveTasks', requestId, source }), (listed) => {
      if (listed?.operation !== 'listMessageMoveTasksReply') return onOutcome(listed === null ? 'unknown' : outcomeOf(listed));
      const taskId = listed.tasks[0]?.taskId ?? 0;
      this.#send((requestId) => ({ operation: 'cancelMessageMoveTask', requestId, taskId }), (reply) => onOutcome(reply === null ? 'unknown' : outcomeOf(reply)));
    });
  }

  /** Messages that are ready in a queue, as the queue tells it; null when it cannot be learnt. */
  readDepth(queue: string, onDepth: (depth: number | null) => void): void {
    this.#send((requestId) => ({ operation: 'getQueueAttributes', requestId, queue: this.#number(queue) }), (reply) => {
      onDepth(reply?.operation === 'getQueueAttributesReply' ? reply.ready : null);
    });
  }

  #send(request: (requestId: number) => Request, onEnd: (reply: Reply | null) => void): void {
    const { host, retry } = this.#options;
    new Attempts({ host, retry, session: this.#session, request, onEnd }).begin();
  }

  #requestFor(action: Exclude<OperatorAction, { readonly kind: 'cancelRedrive' }>, requestId: number): Request {
    switch (action.kind) {
      case 'redrive': return { operation: 'startMessageMoveTask', requestId, source: action.queue, destination: action.to, maxMessagesPerSecond: action.ratePerSecond };
      case 'purge': return { operation: 'purgeQueue', requestId, queue: this.#number(action.queue) };
      case 'setPolicy':
      case 'clearPolicy': throw new OperatorActionError(action.kind);
      case 'configure': return { operation: 'setQueueAttributes', requestId, queue: this.#number(action.queue), attributes: action.attributes };
    }
  }

  #number(queue: string): number {
    return this.#options.queues.indexOf(queue);
  }
}

interface AttemptsOptions {
  readonly host: Host;
  readonly retry: RetryPolicy;
  readonly session: Session;
  request(requestId: number): Request;
  /** Null: no answer came, however often it was asked. */
  onEnd(reply: Reply | null): void;
}

/** One request over all its attempts: again when it is throttled or not answered, as the retry policy allows. */
class Attempts implements PendingRequest {
  readonly sizeBytes = REQUEST_BYTES;
  readonly #options: AttemptsOptions;
  #attempt = 1;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#options.session.send(this, 'plain');
  }

  request(requestId: number): Request {
    return this.#options.request(requestId);
  }

  onReply(reply: Reply): void {
    if (reply.operation === 'error' && reply.error.retriable && this.#attempt < this.#options.retry.attempts) this.#again();
    else this.#options.onEnd(reply);
  }

  onLost(_reason: OutcomeReason, _wasSent: boolean): void {
    if (this.#attempt < this.#options.retry.attempts) this.#again();
    else this.#options.onEnd(null);
  }

  #again(): void {
    const { host, retry } = this.#options;
    const wait = backoffMicros(retry, this.#attempt, host.random);
    this.#attempt += 1;
    host.timers.create(() => this.begin()).arm(wait);
  }
}

/** Thrown for an action that the personality does not have: a scenario that asks for one is not accepted. */
export class OperatorActionError extends Error {
  readonly code = 'QL_CLIENT_OPERATOR_ACTION';
  constructor(kind: string) {
    super(`This broker has no such action for operators: ${kind}.`);
    this.name = 'OperatorActionError';
  }
}

function outcomeOf(reply: Reply): ActionOutcome {
  return reply.operation === 'error' ? reply.error.code : 'ok';
}
