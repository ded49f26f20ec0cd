import { InstantDisk } from '../../../../bench/instant/instant-disk.js';
import { type InstantHost, InstantWorld } from '../../../../bench/instant/instant-world.js';
import {
  Broker, type BrokerConfig, type ChannelConfig, type ChannelReply, type ChannelRequest, type Connection, type Deliver, type MethodOk, type Mutations,
  NO_MUTATIONS, type PublishProperties, rabbitmq, type RabbitmqVersion, type WireMessage,
} from '../../../../engine/index.js';
import { SeenEvents } from '../stage.js';

export const MILLI = 1_000;
export const SECOND = 1_000_000;
export const MEMORY_CHECK = 2_500_000;
export const MINUTE = 60 * SECOND;

interface StageOptions {
  readonly version?: RabbitmqVersion;
  readonly flush?: BrokerConfig['flush'];
  readonly channels?: Partial<ChannelConfig>;
  readonly mutations?: Partial<Mutations>;
}

/** A real broker of the RabbitMQ personality in an instant world. */
export class ChannelStage {
  readonly world = new InstantWorld();
  readonly events = new SeenEvents(this.world);
  broker!: Broker;
  readonly #options: StageOptions;
  readonly disk = new InstantDisk(this.world);
  #host: InstantHost | null = null;

  constructor(options: StageOptions = {}) {
    this.#options = options;
    this.boot();
  }

  boot(): void {
    const { version = '4.2', flush = 'never', channels = {}, mutations = {} } = this.#options;
    const { broker } = rabbitmq(version);
    this.#host = this.world.host('broker', this.disk);
    this.broker = new Broker({
      host: this.#host, sink: this.events, name: 'broker',
      config: {
        ...broker, channels: { ...broker.channels!, ...channels }, queues: [], flush, flushIntervalMicros: 0, segmentBytes: 1024 * 1024,
        mutations: { ...NO_MUTATIONS, ...mutations },
      },
      onFatal: (error) => {
        throw error;
      },
    });
    this.world.settle();
  }

  restart(): void {
    this.#host!.end();
    this.world.settle();
    this.boot();
  }

  /** A connection with one open channel. */
  client(name: string): ChannelHand {
    const hand = new ChannelHand(this.world, name);
    hand.say({ operation: 'channelOpen' });
    return hand;
  }
}

type Distribute<R> = R extends { readonly channel: number } ? Omit<R, 'channel'> & { readonly channel?: number } : never;
export type Method = Distribute<ChannelRequest>;

/** Speaks the protocol by hand, and keeps what it hears. */
export class ChannelHand {
  readonly heard: ChannelReply[] = [];
  isOpen = true;
  readonly #world: InstantWorld;
  readonly #connection: Connection;
  #trace = 0;

  constructor(world: InstantWorld, name: string) {
    this.#world = world;
    this.#connection = world.host(`${name}-machine`).network.connect('broker', {
      onOpen: () => {},
      onMessage: (message) => {
        if (message.operation !== 'tune') this.heard.push(message as ChannelReply);
      },
      onClose: () => {
        this.isOpen = false;
      },
    });
    world.settle();
    this.#connection.send({ operation: 'hello', client: name, heartbeatMicros: 0 } as WireMessage, 0);
  }

  /** Says it, on channel 1 unless it names another; returns what was heard since then. */
  say(method: Method): ChannelReply[] {
    const before = this.heard.length;
    this.#connection.send({ channel: 1, ...method } as ChannelRequest, 0);
    this.#world.settle();
    return this.heard.slice(before);
  }

  /** Says several things at once, before the broker hears the first. */
  sayAll(methods: readonly Method[]): ChannelReply[] {
    const before = this.heard.length;
    for (const method of methods) this.#connection.send({ channel: 1, ...method } as ChannelRequest, 0);
    this.#world.settle();
    return this.heard.slice(before);
  }

  queue(name: string, args: Readonly<Record<string, unknown>> = {}, rest: { readonly durable?: boolean; readonly exclusive?: boolean; readonly autoDelete?: boolean } = { durable: true }): MethodOk {
    return this.say({ operation: 'queueDeclare', name, arguments: args, ...rest })[0] as MethodOk;
  }

  exchange(name: string, type: string, alternateExchange: string | null = null): void {
    this.say({ operation: 'exchangeDeclare', name, type, durable: true, alternateExchange });
  }

  bind(source: string, destination: string, key = '', args: Readonly<Record<string, string | number | boolean | null>> = {}): ChannelReply[] {
    return this.say({ operation: 'queueBind', source, destination, key, arguments: args });
  }

  /** The method of a publish whose body is a text. */
  message(text: string, key: string, properties: PublishProperties = {}, exchange = '', mandatory = false): Method {
    return {
      operation: 'publish', exchange, routingKey: key, mandatory, properties: { persistent: true, ...properties }, body: new TextEncoder().encode(text), trace: ++this.#trace,
    };
  }

  publish(text: string, key: string, properties: PublishProperties = {}, exchange = '', mandatory = false): ChannelReply[] {
    return this.say(this.message(text, key, properties, exchange, mandatory));
  }

  consume(queue: string, rest: { readonly noAck?: boolean; readonly exclusive?: boolean; readonly priority?: number; readonly tag?: string; readonly channel?: number; readonly timeoutMillis?: number } = {}): ChannelReply[] {
    return this.say({ operation: 'consume', queue, tag: '', ...rest });
  }

  /** Gets one message, or null. */
  get(queue: string, noAck = false): Deliver | null {
    const [reply] = this.say({ operation: 'get', queue, noAck });
    return reply?.operation === 'deliver' ? reply : null;
  }

  /** Gets everything that is ready, without acknowledging; redelivered ones are marked with an R. */
  drain(queue: string): string[] {
    const all: string[] = [];
    for (let delivery = this.get(queue); delivery !== null; delivery = this.get(queue)) all.push(textOf(delivery));
    return all;
  }

  /** How many messages are ready. */
  ready(queue: string): number {
    return (this.say({ operation: 'queueDeclare', name: queue, passive: true })[0] as MethodOk).messages ?? -1;
  }

  ack(deliveryTag: number, multiple = false): ChannelReply[] {
    return this.say({ operation: 'ack', deliveryTag, multiple });
  }

  nack(deliveryTag: number, requeue = true, multiple = false): ChannelReply[] {
    return this.say({ operation: 'nack', deliveryTag, multiple, requeue });
  }

  reject(deliveryTag: number, requeue: boolean): ChannelReply[] {
    return this.say({ operation: 'reject', deliveryTag, requeue });
  }

  /** Deliveries to consumers so far. */
  get deliveries(): Deliver[] {
    return this.heard.filter((reply): reply is Deliver => reply.operation === 'deliver' && reply.consumerTag !== null);
  }

  /** What a close said: the code. */
  get closedWith(): number | null {
    const closed = this.heard.findLast((reply) => reply.operation === 'channelClosed' || reply.operation === 'connectionClosed');
    return closed?.operation === 'channelClosed' || closed?.operation === 'connectionClosed' ? closed.code : null;
  }

  get closedText(): string {
    const closed = this.heard.findLast((reply) => reply.operation === 'channelClosed' || reply.operation === 'connectionClosed');
    return closed?.operation === 'channelClosed' || closed?.operation === 'connectionClosed' ? closed.text : '';
  }

  /** Confirms as `+1`, `-2`, and `+3*` for all up to 3; returns as `return`. */
  confirms(replies: readonly ChannelReply[] = this.heard): string[] {
    return replies.flatMap((reply) => {
      if (reply.operation === 'returned') return ['return'];
      return reply.operation === 'confirmed' ? [`${reply.isAck ? '+' : '-'}${reply.deliveryTag}${reply.multiple ? '*' : ''}`] : [];
    });
  }

  close(): void {
    this.#connection.close();
    this.#world.settle();
  }
}

export function textOf({ body, redelivered }: Deliver): string {
  return `${new TextDecoder().decode(body)}${redelivered ? 'R' : ''}`;
}
