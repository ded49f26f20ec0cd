import { type Host, type MessageProperties, type Mutations, type OutgoingMessage, ProducerClient, Publisher, type SendBufferPolicy, type SendListener, type TimerHandle } from '../../engine/index.js';
import type { EventSink } from '../../history/index.js';
import type { RandomStreams } from '../kernel/index.js';
import { type Arrivals, arrivalsOf } from './arrivals.js';
import { makeBody } from './body.js';
import { BusinessWrites } from './business-writes.js';
import { CrashPoints, type ProducerStep } from './crash-points.js';
import type { Database } from './database.js';
import { GroupChoice } from './group-choice.js';
import type { Handlings } from './handlings.js';
import { PublishRoutes } from './publish-routes.js';
import type { ProducerSettings } from './settings.js';
import type { TraceCounter } from './trace-counter.js';

/** Intended sends made up for in one instant at most; a longer backlog goes on in the next instant. */
const MAX_CATCH_UP = 10_000;

/** What a producer needs of its client. */
interface SendingClient {
  send(message: OutgoingMessage): void;
  readonly hasRoom: boolean;
  waitForRoom(): void;
  readonly outstanding: number;
}

export interface ProducerContext {
  readonly sink: EventSink;
  readonly streams: RandomStreams;
  readonly traces: TraceCounter;
  readonly handlings: Handlings;
  /** Address of the broker. */
  readonly address: string;
  /** Bytes that the messages of one request may have in all; left out: no limit. */
  readonly maxBatchBytes?: number;
  readonly mutations: Mutations;
  /** Of the programs that send and receive. */
  readonly database: Database;
  /** Has the machine of this name killed in this instant, after this step, and started again later. */
  readonly crash: (machine: string, after: string, forMicros: number) => void;
  /** True time, read as a field. */
  readonly time: { readonly now: number };
}

/**
 * An open-loop source of messages: it intends to send at times drawn or written beforehand, whatever becomes of the sends. What it
 * could not send in time (its machine was paused, its buffer full) goes out late and counts from the intended time. While its process is dead it
 * intends nothing.
 */
export class ProducerWorkload {
  readonly settings: ProducerSettings;
  readonly #context: ProducerContext;
  readonly #arrivals: Arrivals;
  readonly #groups: GroupChoice | null;
  readonly #routes: PublishRoutes | null;
  readonly #crashPoints: CrashPoints<ProducerStep>;
  /** Null: it only sends. */
  readonly #writes: BusinessWrites | null;
  #client: SendingClient | null = null;
  #timer: TimerHandle | null = null;
  #sent = 0;
  #isStopped = false;

  constructor(settings: ProducerSettings, context: ProducerContext) {
    this.settings = settings;
    this.#context = context;
    this.#arrivals = arrivalsOf(settings, context.streams);
    this.#crashPoints = new CrashPoints(settings.crashes ?? [], ({ after, forMicros }) => context.crash(settings.name, after, forMicros));
    this.#writes = this.#writing();
    const groups = settings.groups ?? null;
    this.#routes = settings.publish === undefined ? null : new PublishRoutes(settings.publish);
    this.#groups = groups === null ? null : new GroupChoice(groups, context.streams.stream(`${settings.name}/groups`));
  }

  #writing(): BusinessWrites | null {
    const { name, queue, write = null } = this.settings;
    const { database, sink, mutations } = this.#context;
    if (write === null) return null;
    return new BusinessWrites({ name, queue, settings: write, database, sink, mutations, crashPoints: this.#crashPoints });
  }

  /** Starts a new incarnation of the producer's process. */
  boot(host: Host): void {
    this.#crashPoints.boot();
    const client = this.#connect(host);
    this.#client = client;
    this.#writes?.boot(host, (message) => this.#give(client, message));
    this.#timer = host.timers.create(() => this.#tick());
    this.#arrivals.skipUntil(this.#context.time.now);
    this.#armNext();
  }

  #connect(host: Host): SendingClient {
    const { settings } = this;
    const routes = this.#routes;
    const guards = { breaker: settings.breaker ?? null, ...this.#buffering(), ...this.#listening() };
    if (settings.publish !== undefined && routes !== null) {
      const { confirm, mandatory, transactionSize = null, recoveryMicros = null, heartbeatMicros = null } = settings.publish;
      return new Publisher({
        host, sink: this.#context.sink, name: settings.name, address: this.#context.address, retry: settings.retry, maxInFlight: settings.maxInFlight,
        confirm, transactionSize, recoveryMicros, heartbeatMicros, mandatory, routeOf: ({ number = 1 }) => routes.of(number), mutations: this.#context.mutations,
        destination: settings.queue, ...guards,
      });
    }
    return new ProducerClient(
      {
        host, sink: this.#context.sink, name: settings.name, address: this.#context.address, retry: settings.retry,
        maxInFlight: settings.maxInFlight, batchSize: settings.batchSize, lingerMicros: settings.lingerMicros ?? 0,
        ...(this.#context.maxBatchBytes === undefined ? {} : { maxBatchBytes: this.#context.maxBatchBytes }),
        keepsGroupOrder: settings.keepsGroupOrder ?? true,
        mutations: this.#context.mutations,
        ...guards,
      },
      [settings.queue],
    );
  }

  #buffering(): { readonly buffer?: SendBufferPolicy } {
    const { buffer = null } = this.settings;
    if (buffer === null) return {};
    const { maxMessages, whenFull } = buffer;
    return { buffer: whenFull === 'block' ? { maxMessages, onRoom: () => this.#tick() } : { maxMessages, whenFull } };
  }

  #listening(): { readonly listener?: SendListener } {
    const writes = this.#writes;
    if (writes !== null) return { listener: writes };
    if ((this.settings.crashes ?? []).length === 0) return {};
    return { listener: { onSendOutcome: (_message, outcome) => void (outcome === 'ok' && this.#crashPoints.reached('published')) } };
  }

  /** The process is gone, and with it what it had not sent. */
  crash(): void {
    this.#client = null;
    this.#timer = null;
    this.#writes?.crash();
  }

  /** Intends nothing more; what is on its way goes on. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.disarm();
  }

  /** True when it will send nothing more and knows the outcome of everything it sent. */
  get isDone(): boolean {
    return this.#hasNoMore() && this.outstanding === 0;
  }

  /** Messages sent or waiting to be sent whose outcome is not known. */
  get outstanding(): number {
    return (this.#client?.outstanding ?? 0) + (this.#writes?.outstanding ?? 0);
  }

  #hasNoMore(): boolean {
    return this.#isStopped || this.#arrivals.nextMicros === Infinity;
  }

  #armNext(): void {
    if (this.#hasNoMore()) return;
    this.#timer?.arm(Math.max(0, this.#arrivals.nextMicros - this.#context.time.now));
  }

  #tick(): void {
    const { now } = this.#context.time;
    for (let count = 0; count < MAX_CATCH_UP && this.#arrivals.nextMicros <= now && !this.#isStopped && !this.#crashPoints.isDying; count += 1) {
      if (this.#isBlocked()) return;
      this.#send(this.#arrivals.nextMicros);
    }
    this.#armNext();
  }

  /** The source has to wait: the buffer tells when it goes on. */
  #isBlocked(): boolean {
    const client = this.#client;
    if (this.settings.buffer?.whenFull !== 'block' || this.settings.write?.kind === 'outbox' || client === null || client.hasRoom) return false;
    client.waitForRoom();
    return true;
  }

  #send(intendedMicros: number): void {
    const { queue, delayMicros } = this.settings;
    this.#sent += 1;
    const { traces, handlings } = this.#context;
    const trace = traces.next();
    const fate = this.#arrivals.nextFate;
    if (fate !== null) handlings.settle(trace, fate);
    const sizeBytes = this.#arrivals.take();
    handlings.log?.onSend({ producer: this.settings.name, message: trace, atMicros: intendedMicros, sizeBytes, fate });
    const body = makeBody(trace, this.#sent, sizeBytes);
    const message = { queue, body, trace, delayMicros, properties: this.#properties(trace), intendedMicros, number: this.#sent };
    if (this.#writes !== null) this.#writes.write(message);
    else if (this.#client !== null) this.#give(this.#client, message);
  }

  #give(client: SendingClient, message: OutgoingMessage): void {
    client.send(message);
    this.#crashPoints.reached('sent');
  }

  /** A message without group and deduplication id is a plain one. */
  #properties(trace: number): MessageProperties | null {
    const isNamed = this.settings.deduplication === 'id';
    if (this.#groups === null && !isNamed) return null;
    return { group: this.#groups?.next() ?? null, deduplicationId: isNamed ? `message-${trace}` : null, attributes: null };
  }
}
