import { EventKind, OutcomeReason } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { Reply, WireError } from '../broker/index.js';
import type { RandomPort } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import type { DueQueue } from './due-queue.js';
import { classOfLoss, type FailureClass, failureOf, isServiceError } from './failure-class.js';
import type { RetryPolicy } from './options.js';
import { RetryGate } from './retry-gate.js';
import type { Session } from './session.js';
import { type SettleKind, SettleOperation, type SettleOwner } from './settle-operation.js';
import { tellRefused } from './tell-refused.js';
import type { Work } from './work.js';

export interface SettlerOptions {
  readonly session: Session;
  readonly retries: DueQueue;
  readonly retry: RetryPolicy;
  readonly random: RandomPort;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly dest: NameId;
  readonly mutations: Mutations;
  /** Called when an acknowledgement is over, `isSettled` when the broker confirmed it. */
  readonly onAcknowledged: (work: Work, isSettled: boolean) => void;
}

/** The events of one kind of operation. */
interface OperationEvents {
  readonly invoke: EventKind;
  readonly ok: EventKind;
  readonly fail: EventKind;
  readonly info: EventKind;
}

const EVENTS_OF: Readonly<Record<SettleKind, OperationEvents>> = {
  ack: { invoke: EventKind.ackInvoke, ok: EventKind.ackOk, fail: EventKind.ackFail, info: EventKind.ackInfo },
  nack: { invoke: EventKind.nackInvoke, ok: EventKind.nackOk, fail: EventKind.nackFail, info: EventKind.nackInfo },
  extend: { invoke: EventKind.extendInvoke, ok: EventKind.extendOk, fail: EventKind.extendFail, info: EventKind.extendInfo },
};

/**
 * Acknowledges, negatively acknowledges and extends, with retries. All three may be repeated without harm: the handle
 * says which delivery is meant. An attempt without an answer leaves the outcome open until a later one is answered.
 */
export class Settler implements SettleOwner {
  readonly #options: SettlerOptions;
  readonly #gate: RetryGate;
  #outstanding = 0;

  constructor(options: SettlerOptions) {
    this.#options = options;
    this.#gate = new RetryGate({ policy: options.retry, ...options });
  }

  /** Operations without an outcome. */
  get outstanding(): number {
    return this.#outstanding;
  }

  acknowledge(works: readonly Work[]): void {
    this.#begin(new SettleOperation(this, 'ack', works, 0));
  }

  /** Visible again in `delayMicros`; 0 is at once. */
  negativelyAcknowledge(work: Work, delayMicros: number): void {
    this.#begin(new SettleOperation(this, 'nack', [work], delayMicros));
  }

  /** The lease ends `timeoutMicros` from now. */
  extend(work: Work, timeoutMicros: number): void {
    this.#begin(new SettleOperation(this, 'extend', [work], timeoutMicros));
  }

  onSettleReply(operation: SettleOperation, reply: Reply): void {
    if (reply.operation === 'error') {
      this.#turnedDown(operation, reply.error);
      return;
    }
    if (reply.operation === 'deleteBatchReply') this.#endBatch(operation, reply.results);
    else this.#endAll(operation, EVENTS_OF[operation.kind].ok, operation.timeoutMicros);
  }

  onSettleLost(operation: SettleOperation, reason: OutcomeReason): void {
    if (!this.#tryAgain(operation, classOfLoss(reason))) this.#giveUp(operation, reason);
  }

  retrySettle(operation: SettleOperation): void {
    operation.attempt += 1;
    this.#options.session.send(operation, 'plain');
  }

  #begin(operation: SettleOperation): void {
    this.#outstanding += 1;
    const kind = EVENTS_OF[operation.kind].invoke;
    for (let index = 0; index < operation.works.length; index += 1) this.#emit(kind, operation.works[index]!, operation.timeoutMicros);
    this.#options.session.send(operation, 'plain');
  }

  #tryAgain(operation: SettleOperation, failure: FailureClass): boolean {
    const { attempt, works } = operation;
    const cost = this.#gate.take({ attempt, failure, traces: works.map(({ trace }) => trace) });
    if (cost === null) return false;
    operation.retryCost = cost;
    this.#options.retries.add(this.#gate.backoff(attempt, failure), operation);
    return true;
  }

  #giveUp(operation: SettleOperation, reason: OutcomeReason): void {
    const isTakenForDone = this.#options.mutations.unansweredAckTakenForDone && operation.kind === 'ack';
    if (isTakenForDone) this.#endAll(operation, EVENTS_OF[operation.kind].ok, 0);
    else this.#endAll(operation, notDone(operation), reason);
  }

  #endAll(operation: SettleOperation, kind: EventKind, detail: number): void {
    this.#outstanding -= 1;
    for (let index = 0; index < operation.works.length; index += 1) this.#end(operation, operation.works[index]!, kind, detail);
  }

  /** Each entry of a batch has an answer of its own: what may be tried again is, by itself. */
  #endBatch(operation: SettleOperation, results: readonly (WireError | null)[]): void {
    const again: Work[] = [];
    let last: WireError | null = null;
    for (let index = 0; index < operation.works.length; index += 1) {
      const work = operation.works[index]!;
      const error = results[index]!;
      if (error === null) this.#end(operation, work, EVENTS_OF[operation.kind].ok, 0);
      else if (error.retriable) {
        again.push(work);
        last = error;
      } else this.#end(operation, work, notDone(operation), OutcomeReason.rejected);
    }
    if (again.length === 0) {
      this.#outstanding -= 1;
      return;
    }
    this.#turnedDown(operation.withOnly(again), last!);
  }

  #turnedDown(operation: SettleOperation, error: WireError): void {
    const { works } = operation;
    tellRefused(this.#options.sink, this.#options.actor, this.#options.dest, works.length === 1 ? works[0]!.trace : 0, error);
    if (isServiceError(error)) operation.mayHaveHappened = true;
    const { failure, reason } = failureOf(error);
    if (error.retriable && this.#tryAgain(operation, failure)) return;
    this.#giveUp(operation, error.retriable ? reason : OutcomeReason.rejected);
  }

  #end(operation: SettleOperation, work: Work, kind: EventKind, detail: number): void {
    if (kind === EVENTS_OF[operation.kind].ok) this.#gate.succeeded(operation.retryCost);
    this.#emit(kind, work, detail);
    if (operation.kind === 'ack') this.#options.onAcknowledged(work, kind === EventKind.ackOk);
  }

  #emit(kind: EventKind, work: Work, detail: number): void {
    const { sink, actor, dest } = this.#options;
    sink.emit(kind, actor, 0, dest, work.trace, work.messageId, work.handle, detail, 0);
  }
}

/** The broker said no: certainly not done, unless an attempt went out that was never answered. */
const notDone = ({ kind, mayHaveHappened }: SettleOperation): EventKind => (mayHaveHappened ? EVENTS_OF[kind].info : EVENTS_OF[kind].fail);
