import { type ChannelModel, connect, type Message } from 'amqplib';
import type { Policy } from '../../engine/index.js';
import type { Method } from '../engine/broker/channel/channel-stage.js';
import { callOf, FLOW, QUEUE_DECLARE, type RawChannel, sayUnanswered } from './amqp.js';
import { noteConfirm } from './engine-side.js';
import { EXCHANGES, QUEUES } from './names.js';
import { closeText, countsLine, deliveryLine, type Heard, linesOf, nothingHeard, type Observation, type SeenDeath } from './observation.js';
import type { Management } from './management.js';
import type { Doing, Operation } from './operation.js';

/** How long what the engine says at once may take here. */
const PATIENCE_MS = 1_500;
/** A reply code, instead of what was got. */
const REFUSED = /^\d{3} /;
const pause = (millis: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, millis);
});

/**
 * A real RabbitMQ with two clients. Queues and exchanges get names of this run, so that runs do not meet; in what is heard, they have the names of the
 * operations.
 */
export class ServerSide {
  readonly #url: string;
  readonly #prefix: string;
  readonly #passMillis: number;
  readonly #restMillis: number;
  readonly #connections: (ChannelModel | null)[] = [null, null];
  readonly #channels = new Map<string, RawChannel>();
  readonly #confirmed = new Map<string, Set<number>>();
  readonly #observer: ChannelModel;
  readonly #management: Management;
  readonly #policies: (readonly [string, boolean])[] = [];
  /** One for each queue: they are looked at together. */
  readonly #lookouts = new Map<string, RawChannel>();
  #heard: Record<string, Heard> = {};

  constructor(options: { readonly url: string; readonly run: number; readonly passMillis: number; readonly restMillis: number; readonly observer: ChannelModel; readonly management: Management }) {
    this.#url = options.url;
    this.#prefix = `r${options.run}-`;
    this.#passMillis = options.passMillis;
    this.#restMillis = options.restMillis;
    this.#observer = options.observer;
    this.#management = options.management;
  }

  /** Does it, and waits until it shows what is expected, or for long enough. */
  async step(operation: Operation, method: Method | null, expected: Observation): Promise<Observation> {
    const { connection, channel, does } = operation;
    this.#heard = {};
    if (method !== null) await this.#say(await this.#open(connection, channel), `${'AB'[connection]}/${channel}`, this.#renamed(method));
    else if (does.kind === 'pass') await pause(this.#passMillis);
    else if (does.kind === 'policy') await this.#setPolicy(does);
    else await this.#disconnect(connection);
    if (this.#restMillis > 0) await pause(this.#restMillis);
    const want = linesOf(expected).join('\n');
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const queues = await this.#settle(expected.queues);
      const seen = { heard: this.#heard, queues };
      if (linesOf(seen).join('\n') === want || performance.now() > deadline) return seen;
      await pause(5);
    }
  }

  async #setPolicy({ name, isOperator, policy }: Doing & { readonly kind: 'policy' }): Promise<void> {
    const own = this.#prefix + name;
    const isDone = policy === null ? await this.#management.clearPolicy(own, isOperator) : await this.#management.setPolicy(this.#ownPolicy(policy, own));
    if (policy !== null && isDone) this.#policies.push([own, isOperator]);
    this.#heardAt('management').answers.push(isDone ? 'done' : 'refused');
  }

  /** For the queues and exchanges of this run alone. */
  #ownPolicy(policy: Policy, name: string): Policy {
    return { ...policy, name, pattern: policy.pattern.replace('^', `^${this.#prefix}`), definition: this.#renamed(policy.definition as never) as never };
  }

  /** When what went back and what became a dead letter is where it is expected, or after long enough. */
  async leftovers(expected: Readonly<Record<string, readonly string[]>>): Promise<Readonly<Record<string, readonly string[]>>> {
    for (const connection of [0, 1] as const) {
      await this.#disconnect(connection);
      await pause(this.#restMillis);
    }
    const names = Object.keys(expected);
    // Of a queue that nobody may get from it is not known how much is in it.
    const counted = names.filter((name) => !REFUSED.test(expected[name]![0] ?? ''));
    const want = counted.map((name) => countsLine(expected[name]!.length, null)).join();
    for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await pause(5)) {
      const counts = await Promise.all(counted.map(async (name) => this.#countsOf(name, false)));
      if (counts.join() === want) break;
    }
    const left = names.map(async (name) => [name, await this.#leftIn(name).catch((error: Error) => [this.#plain(closeOf(error))])] as const);
    return Object.fromEntries(await Promise.all(left));
  }

  async #leftIn(name: string): Promise<string[]> {
    const lines: string[] = [];
    const lookout = await this.#look(name);
    for (let message = await lookout.get(this.#prefix + name, { noAck: true }); message !== false;
      message = await lookout.get(this.#prefix + name, { noAck: true })) {
      lines.push(this.#lineOf(message, null));
    }
    return lines;
  }

  /** Takes away everything that this run has made. */
  async end(): Promise<void> {
    for (const connection of [0, 1] as const) await this.#disconnect(connection);
    for (const [name, isOperator] of this.#policies) await this.#management.clearPolicy(name, isOperator);
    // One after the other: deleted at once, exchanges that are bound to one another are an internal error of the server (541).
    for (const name of EXCHANGES) await (await this.#look(QUEUES[0])).deleteExchange(this.#prefix + name);
    await Promise.all(QUEUES.map(async (name) => (await this.#look(name)).deleteQueue(this.#prefix + name)));
    await Promise.all([...this.#lookouts.values()].map(async (lookout) => lookout.close()));
  }

  async #open(connection: 0 | 1, number: number): Promise<RawChannel> {
    const place = `${'AB'[connection]}/${number}`;
    const known = this.#channels.get(place);
    if (known !== undefined) return known;
    const model = await this.#connect(connection);
    const channel = await model.createChannel() as RawChannel;
    this.#channels.set(place, channel);
    this.#confirmed.set(place, new Set());
    this.#follow(channel, place);
    return channel;
  }

  async #connect(connection: 0 | 1): Promise<ChannelModel> {
    const known = this.#connections[connection];
    if (known !== null && known !== undefined) return known;
    const model = await connect(this.#url, { noDelay: true });
    const name = 'AB'[connection]!;
    model.on('error', (error: Error) => this.#heardAt(name).ends.push(this.#plain(`connection closed ${closeOf(error)}`)));
    model.on('close', () => {
      if (this.#connections[connection] !== model) return;
      this.#connections[connection] = null;
      for (const place of [...this.#channels.keys()]) if (place.startsWith(name)) this.#channels.delete(place);
    });
    this.#connections[connection] = model;
    return model;
  }

  #follow(channel: RawChannel, place: string): void {
    const heard = (): Heard => this.#heardAt(place);
    const confirm = (isAck: boolean) => (fields: { readonly deliveryTag: number; readonly multiple: boolean }) =>
      noteConfirm(heard(), this.#confirmed.get(place)!, fields.deliveryTag, fields.multiple, isAck);
    channel.on('return', ({ fields }: Message) => {
      const { replyCode, replyText, exchange, routingKey } = fields as unknown as Record<string, unknown>;
      heard().publishes.push(this.#plain(`returned ${String(replyCode)} ${String(replyText)} "${String(exchange)}" "${String(routingKey)}"`));
    });
    channel.on('ack', confirm(true));
    channel.on('nack', confirm(false));
    channel.on('cancel', ({ consumerTag }) => heard().deliveries.push(`cancelled ${consumerTag}`));
    channel.on('error', (error) => heard().ends.push(this.#plain(`channel closed ${closeOf(error)}`)));
    channel.on('close', () => {
      if (this.#channels.get(place) === channel) this.#channels.delete(place);
    });
  }

  async #say(channel: RawChannel, place: string, method: Method): Promise<void> {
    const { answers, deliveries } = this.#heardAt(place);
    try {
      if (sayUnanswered(channel, method)) return;
      const call = callOf(method);
      if (call !== null) {
        const fields = await channel.rpc(call.method, call.fields, call.answer);
        answers.push(answerLine(method, fields));
      } else if (method.operation === 'get') {
        const message = await channel.get(method.queue, { noAck: method.noAck ?? false });
        answers.push(message === false ? 'empty' : this.#lineOf(message, null));
      } else if (method.operation === 'consume') {
        const { queue, tag: consumerTag, noAck = false, exclusive = false, priority } = method;
        await channel.consume(queue, (message) => {
          if (message !== null) deliveriesOf(this.#heardAt(place), this.#lineOf(message, consumerTag));
        }, { consumerTag, noAck, exclusive, ...(priority === undefined ? {} : { priority }) });
        answers.push('consume ok');
      } else if (method.operation === 'cancel') {
        await channel.cancel(method.tag);
        answers.push('cancel ok');
      } else if (method.operation === 'channelClose') {
        await channel.close();
        answers.push('channelClose ok');
      }
    } catch {
      // The channel or its connection is closed, which is heard from them.
      deliveries.length += 0;
    }
  }

  /**
   * Everything that was said has had its effect as far as the server lets anyone know: the channels have read it, and then the queues what the channels told them, and then the channels
   * what the queues told them. Returns what is in the queues.
   */
  async #settle(expected: Observation['queues']): Promise<Record<string, string>> {
    await this.#askChannels();
    const counts = Object.entries(expected).map(async ([name, line]) => [name, await this.#countsOf(name, line.includes('consumers'))] as const);
    const queues = Object.fromEntries(await Promise.all(counts));
    await this.#askChannels();
    return queues;
  }

  async #askChannels(): Promise<void> {
    await Promise.all([...this.#channels.values()].map(async (channel) => channel.rpc(FLOW.method, { active: true }, FLOW.answer).catch(() => null)));
  }

  async #countsOf(name: string, countsConsumers: boolean): Promise<string> {
    const lookout = await this.#look(name);
    const fields = { ticket: 0, queue: this.#prefix + name, passive: true, durable: false, exclusive: false, autoDelete: false, nowait: false, arguments: {} };
    try {
      const { messageCount, consumerCount } = await lookout.rpc(QUEUE_DECLARE.method, fields, QUEUE_DECLARE.answer);
      return countsLine(Number(messageCount), countsConsumers ? Number(consumerCount) : null);
    } catch (error) {
      return `cannot be looked at: ${closeOf(error as Error)}`;
    }
  }

  async #look(name: string): Promise<RawChannel> {
    const known = this.#lookouts.get(name);
    if (known !== undefined) return known;
    const lookout = await this.#observer.createChannel() as RawChannel;
    lookout.on('error', () => {});
    lookout.on('close', () => this.#lookouts.delete(name));
    this.#lookouts.set(name, lookout);
    return lookout;
  }

  /** Its channels end one after the other: ended at once, they would race each other for what goes back. */
  async #disconnect(connection: 0 | 1): Promise<void> {
    const model = this.#connections[connection];
    this.#connections[connection] = null;
    for (const [place, channel] of [...this.#channels]) {
      if (!place.startsWith('AB'[connection]!)) continue;
      this.#channels.delete(place);
      await channel.close().catch(() => null);
      if (this.#restMillis > 0) await pause(this.#restMillis);
    }
    await model?.close().catch(() => null);
  }

  #heardAt(place: string): Heard {
    return (this.#heard[place] ??= nothingHeard());
  }

  /** With the names of this run, wherever one of the operations' stands. */
  #renamed(method: Method): Method {
    const rename = (value: unknown): unknown => {
      if (typeof value === 'string') return isName(value) ? this.#prefix + value : value;
      if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
      if (Array.isArray(value)) return value.map(rename);
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'operation' || key === 'tag' ? inner : rename(inner)]));
    };
    return rename(method) as Method;
  }

  #plain(text: string): string {
    return text.replaceAll(this.#prefix, '');
  }

  #lineOf({ fields, properties, content }: Message, consumer: string | null): string {
    const { deliveryTag: tag, redelivered, exchange, routingKey: key } = fields as unknown as { readonly deliveryTag: number; readonly redelivered: boolean; readonly exchange: string; readonly routingKey: string };
    const headers = (properties.headers ?? {}) as Record<string, unknown>;
    const deaths = (headers['x-death'] ?? []) as readonly Readonly<Record<string, unknown>>[];
    const first = ['x-first-death-queue', 'x-first-death-reason', 'x-first-death-exchange'].map((name) => headers[name]);
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !/^CC$|^x-(death|first-death-.*|last-death-.*|delivery-count)$/.test(name)));
    return this.#plain(deliveryLine({
      consumer, tag, body: content.toString(), redelivered, exchange, keys: [key, ...((headers['CC'] ?? []) as readonly string[])], priority: (properties.priority as number | undefined) ?? null,
      expiration: (properties.expiration as string | undefined) ?? null, headers: own, deaths: deaths.map(deathOf), firstDeath: first[0] === undefined ? null : first.join('/'),
      deliveryCount: Number(headers['x-delivery-count'] ?? 0),
    }));
  }
}

const isName = (text: string): boolean => [...QUEUES, ...EXCHANGES].some((name) => name === text);

function deliveriesOf(heard: Heard, line: string): void {
  heard.deliveries.push(line);
}

function deathOf(death: Readonly<Record<string, unknown>>): SeenDeath {
  return {
    queue: String(death['queue']), reason: String(death['reason']), count: Number(death['count']), exchange: String(death['exchange']),
    keys: death['routing-keys'] as readonly string[], expiration: (death['original-expiration'] as string | undefined) ?? null,
  };
}

function answerLine({ operation }: Method, { messageCount }: Readonly<Record<string, unknown>>): string {
  return `${operation} ok${messageCount === undefined ? '' : `, messages ${String(messageCount)}`}`;
}

/** Code and text of a close, from amqplib's error. */
function closeOf(error: Error): string {
  const { code } = error as Error & { readonly code?: number };
  const [, text = error.message] = /with message "([^]*)"$/.exec(error.message) ?? [];
  return `${String(code)} ${closeText(text)}`;
}
