import { EventKind, Guard, OutcomeReason } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { Reply, WireError } from '../broker/index.js';
import type { TimerHandle } from '../host.js';
import { type Mutations, NO_MUTATIONS } from '../mutants/index.js';
import { bodyChecksum } from './body-checksum.js';
import { DueQueue } from './due-queue.js';
import { classOfLoss, type FailureClass, failureOf, isServiceError } from './failure-class.js';
import { GroupTurns } from './group-turns.js';
import { GuardedBuffer } from './guarded-buffer.js';
import type { BatchLimits } from './message-buffer.js';
import { countAttempt, countGive, isAnew } from './count-attempt.js';
import type { OutgoingMessage, Outcome, ProducerClientOptions, SendListener } from './options.js';
import { RetryGate } from './retry-gate.js';
import { SendBreaker } from './send-breaker.js';
import { SendOperation, type SendOwner } from './send-operation.js';
import { Session } from './session.js';
import { tellRefused } from './tell-refused.js';

/** Mutant `retry-with-new-id`: what tells the ids of an attempt from those of the one before. */
const NEW_ID_SHIFT = 1_000_000;

/**
 * Sends messages and finds out what became of them. A send ends in one of three ways: `ok` (stored), `fail` (certainly
 * not stored: every attempt was turned down or never left), or `info`: an attempt was sent and never answered, and nobody can tell.
 */
export class ProducerClient implements SendOwner {
  readonly #options: ProducerClientOptions;
  readonly #sink: EventSink;
  readonly #actor: NameId;
  readonly #dests: readonly NameId[];
  readonly #queueNumbers: ReadonlyMap<string, number>;
  readonly #session: Session;
  readonly #retries: DueQueue;
  readonly #buffer: GuardedBuffer;
  /** Null: groups are left to their fate. */
  readonly #turns: GroupTurns | null;
  readonly #batch: BatchLimits;
  readonly #maxInFlight: number;
  readonly #lingerMicros: number;
  readonly #linger: TimerHandle;
  readonly #listener: SendListener | null;
  readonly #gate: RetryGate;
  readonly #breaker: SendBreaker;
  readonly #mutations: Mutations;
  #inFlight = 0;
  #isLingering = false;

  /** @param queues the queues that this producer sends to. */
  constructor(options: ProducerClientOptions, queues: readonly string[]) {
    this.#options = options;
    this.#sink = options.sink;
    this.#listener = options.listener ?? null;
    this.#maxInFlight = options.maxInFlight;
    this.#lingerMicros = options.lingerMicros ?? 0;
    this.#batch = { messages: options.batchSize, bytes: options.maxBatchBytes ?? Infinity };
    this.#turns = options.keepsGroupOrder === false || options.mutations?.groupTurnsIgnored === true ? null : new GroupTurns();
    this.#mutations = options.mutations ?? NO_MUTATIONS;
    this.#actor = options.sink.name(options.name);
    this.#dests = queues.map((queue) => options.sink.name(queue));
    this.#queueNumbers = new Map(queues.map((queue, index) => [queue, index]));
    this.#buffer = new GuardedBuffer({
      policy: options.buffer,
      othersWaiting: () => this.#turns?.size ?? 0,
      onFull: (trace) => this.#emitFull(trace),
      onGivenUp: (message, hasWaited) => this.#giveUp(message, hasWaited),
    });
    this.#retries = new DueQueue(options.host);
    this.#linger = options.host.timers.create(() => this.#endLinger());
    const guard = { sink: options.sink, actor: this.#actor, dest: this.#dests[0] ?? 0, mutations: this.#mutations };
    this.#gate = new RetryGate({ policy: options.retry, random: options.host.random, ...guard });
    this.#breaker = new SendBreaker({ host: options.host, policy: options.breaker ?? null, onAdmitting: () => this.#pump(), ...guard });
    this.#session = new Session({
      host: options.host, name: options.name, address: options.address, retry: options.retry, queues, pollWaitMicros: 0,
      mutations: this.#mutations,
    });
  }

  /** Messages whose outcome is not known yet, those that wait for their turn included. */
  get outstanding(): number {
    return this.#inFlight + this.#buffer.size + (this.#turns?.size ?? 0);
  }

  /** Whether one more message fits into the buffer. */
  get hasRoom(): boolean {
    return this.#buffer.hasRoom;
  }

  /** The source has a message for which there is no room, and waits for `onRoom`. */
  waitForRoom(): void {
    this.#buffer.waitForRoom();
  }

  /** Takes the message; its outcome goes to the listener and to the history, never inside this call unless the buffer is full or the circuit breaker open. */
  send(message: OutgoingMessage): void {
    if (!this.#buffer.admits(message)) return;
    if (this.#turns !== null && !this.#turns.admit(message)) return;
    this.#buffer.push(message);
    this.#pump();
  }

  /** Ends the session. What is outstanding stays without an outcome. */
  close(): void {
    this.#session.close();
    this.#retries.clear();
    this.#linger.disarm();
    this.#breaker.close();
  }

  onSent(operation: SendOperation, reply: Reply): void {
    this.#breaker.record(operation.admission, reply.operation === 'error' && reply.error.retriable);
    if (reply.operation === 'sendReply') {
      this.#succeed(operation, operation.messages[0]!, reply.messageId);
    } else if (reply.operation === 'sendBatchReply') {
      this.#settleBatch(operation, reply.results);
    } else if (reply.operation === 'error') {
      this.#turnedDown(operation, operation.messages, reply.error);
    }
    this.#pump();
  }

  onSendLost(operation: SendOperation, reason: OutcomeReason): void {
    this.#breaker.record(operation.admission, true);
    if (this.#retryLater(operation, classOfLoss(reason))) return this.#pump();
    if (this.#mutations.unansweredSendTakenForDone) for (const message of operation.messages) this.#succeed(operation, message, 0);
    else this.#endAll(operation, operation.messages, reason);
    this.#pump();
  }

  retry(operation: SendOperation): void {
    const admission = this.#breaker.admit();
    if (admission === null) return this.#refuseRetry(operation);
    operation.admission = admission;
    operation.attempt += 1;
    if (this.#mutations.retryWithNewId) operation.traceShift += NEW_ID_SHIFT;
    for (const message of operation.messages) {
      countAttempt(message);
      this.#emit(EventKind.sendAttempt, message, operation.queue, 0, numberOf(operation, message), 0, 0);
    }
    this.#session.send(operation, 'plain');
  }

  #refuseRetry(operation: SendOperation): void {
    if (!this.#breaker.failsFast) {
      this.#retries.add(this.#breaker.askAgainMicros, operation);
      return;
    }
    this.#endAll(operation, operation.messages, OutcomeReason.breakerOpen);
    this.#pump();
  }

  /** The message found no room in the buffer, or gave way to a newer one. */
  #giveUp(message: OutgoingMessage, hasWaited: boolean): void {
    this.#invoke(message);
    this.#end(message, 'fail', OutcomeReason.overloaded, 0);
    if (hasWaited) this.#endTurn(message);
  }

  #emitFull(trace: number): void {
    this.#sink.emit(EventKind.clientGuard, this.#actor, 0, this.#dests[0] ?? 0, trace, 0, Guard.bufferFull, 0, 0);
  }

  #pump(): void {
    this.#fill();
    this.#buffer.tellRoom();
  }

  #fill(): void {
    while (this.#buffer.size > 0 && this.#inFlight < this.#maxInFlight && !this.#breaker.isHolding) {
      if (!this.#buffer.fillsBatch(this.#batch)) {
        if (!this.#isLingering) this.#linger.arm(this.#lingerMicros);
        this.#isLingering = true;
        return;
      }
      this.#sendNext();
    }
  }

  /** The next request; or what it would carry fails, because the circuit breaker is open. */
  #sendNext(): void {
    const admission = this.#breaker.admit();
    const room = this.#maxInFlight - this.#inFlight;
    const messages = this.#buffer.shiftBatch(this.#batch.messages <= room ? this.#batch : { messages: room, bytes: this.#batch.bytes });
    if (admission !== null) return this.#transmit(messages, admission);
    for (const message of messages) {
      this.#invoke(message);
      this.#end(message, 'fail', OutcomeReason.breakerOpen, 0);
      this.#endTurn(message);
    }
  }

  #endLinger(): void {
    this.#isLingering = false;
    if (this.#maxInFlight > this.#inFlight && this.#buffer.size > 0 && !this.#breaker.isHolding) this.#sendNext();
    this.#pump();
  }

  #transmit(messages: readonly OutgoingMessage[], admission: number): void {
    this.#inFlight += messages.length;
    const queue = this.#queueNumbers.get(messages[0]!.queue);
    if (queue === undefined) throw new Error(`The producer ${this.#options.name} did not name the queue ${messages[0]!.queue}.`);
    for (let index = 0; index < messages.length; index += 1) this.#invoke(messages[index]!);
    const operation = new SendOperation(this, queue, messages);
    operation.admission = admission;
    this.#session.send(operation, 'plain');
  }

  #settleBatch(operation: SendOperation, results: readonly (number | WireError)[]): void {
    const again: OutgoingMessage[] = [];
    let error: WireError | null = null;
    for (let index = 0; index < operation.messages.length; index += 1) {
      const message = operation.messages[index]!;
      const result = results[index]!;
      if (typeof result === 'number') this.#succeed(operation, message, result);
      else if (this.#mutations.batchFailuresIgnored) this.#succeed(operation, message, 0);
      else if (result.retriable) {
        again.push(message);
        error = result;
      } else this.#turnedDown(operation, [message], result);
    }
    if (error !== null) this.#turnedDown(operation, again, error);
  }

  #succeed(operation: SendOperation, message: OutgoingMessage, messageId: number): void {
    this.#inFlight -= 1;
    this.#gate.succeeded(operation.retryCost);
    this.#emit(EventKind.sendOk, message, operation.queue, messageId, numberOf(operation, message), 0, 0);
    this.#endTurn(message);
    this.#listener?.onSendOutcome(message, 'ok', null);
  }

  /** The broker said no to these messages of the operation. */
  #turnedDown(operation: SendOperation, messages: readonly OutgoingMessage[], error: WireError): void {
    const failed = restOf(operation, messages);
    tellRefused(this.#sink, this.#actor, this.#dests[operation.queue]!, messages.length === 1 ? messages[0]!.trace : 0, error);
    if (isServiceError(error) && !this.#mutations.serviceErrorTakenForRefusal) failed.mayBeStored = true;
    const { failure, reason } = failureOf(error);
    if (error.retriable && this.#retryLater(failed, failure)) return;
    this.#endAll(failed, messages, error.retriable ? reason : OutcomeReason.rejected);
  }

  /** False: it is not tried again. */
  #retryLater(operation: SendOperation, failure: FailureClass): boolean {
    const cost = this.#gate.take({ attempt: operation.attempt, failure, traces: operation.messages.map(({ trace }) => trace) });
    if (cost === null) return false;
    operation.retryCost = cost;
    this.#retries.add(this.#gate.backoff(operation.attempt, failure), operation);
    return true;
  }

  #endAll(operation: SendOperation, messages: readonly OutgoingMessage[], reason: OutcomeReason): void {
    this.#inFlight -= messages.length;
    const outcome = operation.mayBeStored && !this.#mutations.timedOutSendReportedFailed ? 'info' : 'fail';
    for (const message of messages) {
      this.#end(message, outcome, reason, numberOf(operation, message));
      this.#endTurn(message);
    }
  }

  #end(message: OutgoingMessage, outcome: Outcome, reason: OutcomeReason, attempt: number): void {
    const kind = outcome === 'info' || isAnew(message) ? EventKind.sendInfo : EventKind.sendFail;
    this.#emit(kind, message, this.#queueNumbers.get(message.queue) ?? 0, 0, reason, attempt, 0);
    this.#listener?.onSendOutcome(message, outcome, reason);
  }

  /** The next message of the group, if one waits, can go with the next request. */
  #endTurn(message: OutgoingMessage): void {
    const next = this.#turns?.done(message) ?? null;
    if (next !== null) this.#buffer.push(next);
  }

  #invoke(message: OutgoingMessage): void {
    const { body } = message;
    const queue = this.#queueNumbers.get(message.queue) ?? 0;
    const number = countGive(message);
    if (number > 1) return this.#emit(EventKind.sendAttempt, message, queue, 0, number, 1, 0);
    this.#emit(EventKind.sendInvoke, message, queue, 0, message.intendedMicros, bodyChecksum(this.#sink, body), body.length);
  }

  #emit(kind: EventKind, message: OutgoingMessage, queue: number, copy: number, a: number, b: number, c: number): void {
    this.#sink.emit(kind, this.#actor, 0, this.#dests[queue]!, message.trace, copy, a, b, c);
  }
}

/** Which attempt of a message an operation makes, over all lives of the program. */
const numberOf = ({ attempt }: SendOperation, { attempts }: OutgoingMessage): number => attempts?.count ?? attempt;

/** What carries these messages of an operation on: itself, when they are all. */
function restOf(operation: SendOperation, messages: readonly OutgoingMessage[]): SendOperation {
  if (messages.length === operation.messages.length) return operation;
  const rest = new SendOperation(operation.owner, operation.queue, messages);
  rest.attempt = operation.attempt;
  rest.mayBeStored = operation.mayBeStored;
  return rest;
}
