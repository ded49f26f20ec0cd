import { CopyState, type NameId } from '../../history/index.js';
import { type EffectPromise, handlerPromise } from '../contracts/handlers.js';
import { mayBeFull, mayRefuse } from '../contracts/refusals.js';
import type { QueueContract, RunContract } from '../contracts/run-contract.js';
import { Attendance } from './attendance.js';
import { PeakSince } from './peak-since.js';
import { PushedConsumers } from './pushed-consumers.js';

/** In-flight messages beyond which a queue hands out nothing, whoever waits. SQS: about 120 000. */
export const MAX_IN_FLIGHT: Readonly<Record<RunContract['personality'], number>> = { sqs: 120_000, rabbitmq: Infinity };

/** What came to a queue and left it, for the words of the ledger. */
export interface Flows {
  accepted: number;
  /** Came back by a recovery. */
  returned: number;
  movedIn: number;
  settled: number;
  dropped: number;
  movedOut: number;
  /** Were not found by a recovery. */
  vanished: number;
}

/** Messages of a FIFO queue that a receive looks through, unless it is said. (SQS, Developer Guide: avoiding a backlog with the same message group.) */
const LOOK_AHEAD = 120_000;

/** One queue: what the contract says of it, the copies in it by state, and who waits for them. */
export class QueueFacts {
  readonly nameId: NameId;
  readonly name: string;
  readonly contract: QueueContract | null;
  readonly promise: EffectPromise;
  /** Whoever consumes it acknowledges afterwards. */
  readonly isEffectFirst: boolean;
  /** True when some queue sends its dead letters here. */
  readonly isDeadLetterQueue: boolean;
  readonly flows: Flows = { accepted: 0, returned: 0, movedIn: 0, settled: 0, dropped: 0, movedOut: 0, vanished: 0 };
  readonly attendance = new Attendance();
  /** Null: it pushes to nobody. */
  readonly consumers: PushedConsumers | null;
  readonly #counts = [0, 0, 0];
  readonly #mayRefuse: boolean;
  /** Bytes of what is in it, by state; null: it has no limit in bytes. */
  readonly #bytes: [number, number, number] | null;
  readonly #peakBytes: PeakSince | null;
  /** Leases that may run at the same time. */
  readonly maxInFlight: number;
  /** A receive finds none of those behind so many. */
  readonly #lookAhead: number;
  /** In order within each message group. */
  readonly isFifo: boolean;
  /** How many were acknowledged before the drain began. */
  settledBeforeDrain = 0;
  /** Long polls that wait at the broker and hear of all messages. */
  pollers = 0;
  /** Since when it has ready copies, while it has. */
  readySince = 0;
  /** When it last held so many messages that it may refuse another; -1: never. */
  #fullMicros = -1;
  /** Copies that the broker counts, as long as nothing happens in the queue; -1 when that is not known. */
  ledgerTotal = -1;

  constructor(nameId: NameId, name: string, run: RunContract, nameOf: (id: NameId) => string) {
    this.nameId = nameId;
    this.name = name;
    this.contract = run.queues.find((queue) => queue.name === name) ?? null;
    this.#mayRefuse = this.contract !== null && mayRefuse(this.contract);
    const maxBytes = this.contract?.push?.maxBytes ?? null;
    this.#bytes = maxBytes === null ? null : [0, 0, 0];
    this.#peakBytes = this.#mayRefuse && maxBytes !== null ? new PeakSince(maxBytes) : null;
    this.promise = handlerPromise(this.contract?.handlers ?? []);
    this.isEffectFirst = this.contract !== null && !this.contract.handlers.includes('ack-first');
    this.isDeadLetterQueue = run.queues.some((queue) => queue.deadLetter?.queue === name);
    this.maxInFlight = this.contract?.maxInFlight ?? MAX_IN_FLIGHT[run.personality];
    this.isFifo = this.contract?.kind === 'fifo';
    this.#lookAhead = this.isFifo ? (this.contract?.lookAhead ?? LOOK_AHEAD) : Infinity;
    const push = this.contract?.push;
    this.consumers = push === undefined ? null : new PushedConsumers(push, nameOf);
  }

  /** How often a message may be handed out here; infinite without a dead-letter rule. */
  get maxReceiveCount(): number {
    return this.contract?.deadLetter?.maxReceiveCount ?? Infinity;
  }

  get ready(): number {
    return this.#counts[CopyState.ready]!;
  }

  get leased(): number {
    return this.#counts[CopyState.leased]!;
  }

  get delayed(): number {
    return this.#counts[CopyState.delayed]!;
  }

  get live(): number {
    return this.ready + this.leased + this.delayed;
  }

  /** True where it matters how large a message is. */
  get countsBytes(): boolean {
    return this.#bytes !== null;
  }

  /** Bytes of what is in nobody's hands; 0 where nobody counts them. */
  get waitingBytes(): number {
    return this.#bytes === null ? 0 : this.#bytes[CopyState.ready] + this.#bytes[CopyState.delayed];
  }

  get #liveBytes(): number {
    return this.#bytes === null ? 0 : this.waitingBytes + this.#bytes[CopyState.leased];
  }

  /** Copies that ever came here. */
  get arrived(): number {
    return this.flows.accepted + this.flows.returned + this.flows.movedIn;
  }

  /** True when a waiting poll has to be served. */
  canServe(isBrokerWell: boolean): boolean {
    return this.pollers > 0 && isBrokerWell && this.hasRoom;
  }

  /** True while another message may be leased, whichever is ready. */
  get hasRoom(): boolean {
    return this.leased < this.maxInFlight && this.live <= this.#lookAhead;
  }

  /** Whether it may refuse a message of that size. */
  mayBeFullFor(sizeBytes: number): boolean {
    return this.contract === null || mayBeFull(this.contract, { messages: this.live, bytes: this.#liveBytes }, sizeBytes);
  }

  /** Whether it may have, now or at any time since then. */
  mayHaveBeenFullFor(sizeBytes: number, sinceMicros: number): boolean {
    if (!this.#mayRefuse) return false;
    return this.#fullMicros >= sinceMicros || mayBeFull(this.contract!, { messages: this.live, bytes: this.#peakBytes?.since(sinceMicros) ?? 0 }, sizeBytes);
  }

  /** A copy of that size comes to a state or leaves it; where nobody counts bytes, of any. */
  change(state: CopyState, by: 1 | -1, nowMicros: number, sizeBytes: number): void {
    if (this.#mayRefuse && mayBeFull(this.contract!, { messages: Math.max(this.live, this.live + by), bytes: 0 }, 0)) this.#fullMicros = nowMicros;
    this.#counts[state] = this.#counts[state]! + by;
    this.ledgerTotal = -1;
    if (this.#bytes === null) return;
    this.#bytes[state] += by * sizeBytes;
    this.#peakBytes?.note(this.#liveBytes, nowMicros);
  }
}
