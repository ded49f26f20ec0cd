import { InstantDisk } from '../../../bench/instant/instant-disk.js';
import { type InstantHost, InstantWorld } from '../../../bench/instant/instant-world.js';
import {
  Broker, type BrokerConfig, type Connection, type MessageProperties, type Mutations, NO_MUTATIONS, type QueueDeclaration, type QueuePolicy,
  policyOf, type Reply, type Request, sqs, type WireDelivery,
} from '../../../engine/index.js';
import { EVENTS, type EventKind, type EventSink } from '../../../history/index.js';

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface SeenEvent {
  readonly at: number;
  readonly event: string;
  readonly actor: string;
  readonly peer: string;
  readonly dest: string;
  readonly message: number;
  readonly copy: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Keeps every event, with names for numbers. */
export class SeenEvents implements EventSink {
  readonly list: SeenEvent[] = [];
  readonly #names: string[] = [''];
  readonly #world: InstantWorld;

  constructor(world: InstantWorld) {
    this.#world = world;
  }

  name(text: string): number {
    const known = this.#names.indexOf(text);
    return known >= 0 ? known : this.#names.push(text) - 1;
  }

  emit(kind: EventKind, actor: number, peer: number, dest: number, message: number, copy: number, a: number, b: number, c: number): void {
    const [actorName, peerName, destName] = [actor, peer, dest].map((id) => this.#names[id]!) as [string, string, string];
    this.list.push({ at: this.#world.now, event: EVENTS[kind].name, actor: actorName, peer: peerName, dest: destName, message, copy, a, b, c });
  }

  of(event: string): SeenEvent[] {
    return this.list.filter((seen) => seen.event === event);
  }

  /** Names of the events about one message, in order. */
  story(message: number): string[] {
    return this.list.filter((seen) => seen.message === message).map(({ event }) => event);
  }
}

export interface StageOptions {
  readonly queues?: readonly QueueDeclaration[];
  readonly mutations?: Partial<Mutations>;
  readonly config?: Partial<BrokerConfig>;
}

/** A broker whose standard queues follow another policy. */
export function withPolicy(policy: Partial<QueuePolicy>): Partial<BrokerConfig> {
  const { queuePolicies } = sqs.broker;
  return { queuePolicies: { ...queuePolicies, standard: { ...policyOf(queuePolicies, 'standard'), ...policy } } };
}

type Distribute<R> = R extends { readonly requestId: number } ? Omit<R, 'requestId'> : never;
/** A request without its number; the client gives it one. */
export type Call = Distribute<Request>;

/** A real broker in an instant world, with clients that speak the protocol by hand. */
export class Stage {
  readonly world = new InstantWorld();
  readonly events = new SeenEvents(this.world);
  disk = new InstantDisk(this.world);
  broker!: Broker;
  fatal: Error | null = null;
  #host: InstantHost | null = null;
  readonly #options: StageOptions;

  constructor(options: StageOptions = {}) {
    this.#options = options;
    this.boot();
  }

  /** Starts the broker on its disk. */
  boot(): void {
    const { queues = [{ name: 'jobs', settings: {} }], mutations, config } = this.#options;
    this.#host = this.world.host('broker', this.disk);
    this.broker = new Broker({
      host: this.#host, sink: this.events, name: 'broker',
      config: {
        ...sqs.broker, queues, flush: 'always', flushIntervalMicros: 0, segmentBytes: 1024 * 1024,
        mutations: { ...NO_MUTATIONS, ...mutations }, ...config,
      },
      onFatal: (error) => {
        this.fatal = error;
      },
    });
    this.world.settle();
  }

  kill(): void {
    this.#host!.end();
    this.world.settle();
  }

  restart(): void {
    this.kill();
    this.boot();
  }

  /** The broker's process and its page cache are gone. */
  powerLoss(): void {
    this.#host!.end();
    this.disk = this.disk.copyAfterPowerLoss();
    this.world.settle();
    this.boot();
  }

  client(name: string, queues: readonly string[] = ['jobs']): HandClient {
    return new HandClient(this.world, name, queues);
  }
}

/** Sends requests as they are written down, and keeps the replies. */
export class HandClient {
  readonly replies = new Map<number, Reply>();
  isOpen = true;
  /** Whether it answers when the broker asks for a sign of life. */
  isAlive = true;
  readonly #world: InstantWorld;
  readonly #connection: Connection;
  #lastId = 0;

  constructor(world: InstantWorld, name: string, queues: readonly string[]) {
    this.#world = world;
    this.#connection = world.host(`${name}-machine`).network.connect('broker', {
      onOpen: () => {},
      onMessage: (message) => {
        if (message.operation !== 'keepAlive') this.replies.set((message as Reply).requestId, message as Reply);
        else if (this.isAlive) this.#connection.send({ operation: 'keepAlive' }, 0);
      },
      onClose: () => {
        this.isOpen = false;
      },
    });
    world.settle();
    this.#say({ operation: 'hello', client: name });
    for (const [number, queue] of queues.entries()) this.open(number, queue);
  }

  /** Gives a queue name a number. */
  open(number: number, queue: string): void {
    this.#say({ operation: 'openQueue', queue: number, name: queue });
  }

  /** Sends; the reply is there later. Returns the request's number. */
  post(call: Call): number {
    const requestId = ++this.#lastId;
    this.#say({ ...call, requestId } as Request);
    return requestId;
  }

  reply(requestId: number): Reply | null {
    this.#world.settle();
    return this.replies.get(requestId) ?? null;
  }

  /** Sends and waits for the reply, no longer than this instant. */
  call(call: Call): Reply {
    const reply = this.reply(this.post(call));
    if (reply === null) throw new Error(`${call.operation} was not answered at once`);
    return reply;
  }

  /** Sends a message; returns its id. */
  send(trace: number, { queue = 0, delayMicros = null as number | null, size = 8, properties = null as MessageProperties | null } = {}): number {
    const reply = this.call({ operation: 'send', queue, body: bodyOf(trace, size), trace, delayMicros, properties });
    if (reply.operation !== 'sendReply') throw new Error(code(reply));
    return reply.messageId;
  }

  receive({ queue = 0, max = 10, timeoutMicros = null as number | null, waitMicros = 0 } = {}): readonly WireDelivery[] {
    const reply = this.call({ operation: 'receive', queue, maxMessages: max, timeoutMicros, waitMicros });
    if (reply.operation !== 'receiveReply') throw new Error(code(reply));
    return reply.deliveries;
  }

  receiveOne(options: Parameters<HandClient['receive']>[0] = {}): WireDelivery {
    const [delivery] = this.receive({ ...options, max: 1 });
    if (delivery === undefined) throw new Error('nothing was received');
    return delivery;
  }

  /** The reply's name, or the error's code. */
  delete(handle: number, queue = 0): string {
    return code(this.call({ operation: 'delete', queue, handle }));
  }

  change(handle: number, timeoutMicros: number, queue = 0): string {
    return code(this.call({ operation: 'changeVisibility', queue, handle, timeoutMicros }));
  }

  counts(queue = 0): [ready: number, leased: number, delayed: number] {
    const reply = this.call({ operation: 'getQueueAttributes', queue });
    if (reply.operation !== 'getQueueAttributesReply') throw new Error(code(reply));
    return [reply.ready, reply.leased, reply.delayed];
  }

  close(): void {
    this.#connection.close();
    this.#world.settle();
  }

  #say(message: Request): void {
    this.#connection.send(message, 0);
    this.#world.settle();
  }
}

export function code(reply: Reply | null): string {
  if (reply === null) return 'no reply';
  return reply.operation === 'error' ? reply.error.code : reply.operation;
}

export function traces(deliveries: readonly WireDelivery[]): number[] {
  return deliveries.map(({ trace }) => trace);
}

/** A body of printable text, which every personality takes. */
export function bodyOf(trace: number, size: number): Uint8Array {
  return new Uint8Array(size).fill(0x21 + (trace % 94));
}
