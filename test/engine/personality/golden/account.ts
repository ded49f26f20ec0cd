import { expect } from 'vitest';
import {
  type MessageAttributes, type QueueAttributes, type QueueSettings, type Reply, type SendEntry, sqs, type WireDelivery,
} from '../../../../engine/index.js';
import { type HandClient, SECOND, Stage } from '../../broker/stage.js';

/** What an API call ended with: its error, or nothing. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
}

export interface SendOptions {
  readonly group?: string;
  readonly dedup?: string;
  readonly delay?: number;
  readonly attributes?: MessageAttributes;
}

export interface ReceiveOptions {
  readonly max?: number;
  readonly wait?: number;
  readonly visibility?: number;
  readonly attempt?: string;
}

const ARN = 'arn:aws:sqs:us-east-1:000000000000:';

/** Makes the rule that one queue's dead letters go to another. */
export const redriveTo = (queue: string, maxReceiveCount: number | string): string =>
  JSON.stringify({ deadLetterTargetArn: ARN + queue, maxReceiveCount });

/** An account with a broker and one client. Everything happens at one instant unless time is let pass. */
export class Account {
  readonly stage: Stage;
  client: HandClient;
  readonly #numbers = new Map<string, number>();
  #trace = 0;

  constructor(limits: Partial<typeof sqs.broker.queueLimits> = {}, attributes: Partial<typeof sqs.broker.attributes> = {}) {
    this.stage = new Stage({
      queues: [],
      config: { queueLimits: { ...sqs.broker.queueLimits, ...limits }, attributes: { ...sqs.broker.attributes, ...attributes } },
    });
    this.client = this.stage.client('client', []);
  }

  /** `settings`: what SQS decides for itself, and a simulated queue lets choose. */
  create(name: string, attributes: QueueAttributes = {}, settings: Partial<QueueSettings> = {}): ApiError | null {
    return errorOf(this.client.call({ operation: 'createQueue', name, settings, attributes }));
  }

  /** Creates a queue that must be possible, and returns it. */
  queue(name: string, attributes: QueueAttributes = {}, settings: Partial<QueueSettings> = {}): GoldenQueue {
    const error = this.create(name, attributes, settings);
    if (error !== null) throw new Error(`${error.code}: ${error.message}`);
    return this.open(name);
  }

  fifo(attributes: QueueAttributes = {}, name = 'q.fifo', settings: Partial<QueueSettings> = {}): GoldenQueue {
    return this.queue(name, { FifoQueue: 'true', ...attributes }, settings);
  }

  /** A queue by its name, there or not. */
  open(name: string): GoldenQueue {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(name, number);
      this.client.open(number, name);
    }
    return new GoldenQueue(this, number, name);
  }

  /** A refused call: its error, having made sure that it changed nothing: no event, so no journal record, and every queue reads as before. */
  refused(call: () => ApiError | Reply | null): ApiError {
    const before = this.#everything();
    const answer = call();
    const error = answer !== null && 'operation' in answer ? errorOf(answer) : answer;
    if (error === null) throw new Error('it was not refused');
    expect(this.#everything(), 'nothing changed').toEqual(before);
    return error;
  }

  /** All that can be seen of an account from outside, and how much happened in it. */
  #everything() {
    const listed = this.list().map((name) => [name, this.open(name).get('All')]);
    return { listed, events: this.stage.events.list.length, storedBytes: this.stage.disk.sizeBytes };
  }

  /** Names of queues. */
  list(prefix = ''): readonly string[] {
    const reply = this.client.call({ operation: 'listQueues', prefix, page: { maxResults: null, from: null } });
    if (reply.operation !== 'listQueuesReply') throw new Error(JSON.stringify(reply));
    return reply.names;
  }

  /** The broker dies and comes again; the client connects anew. */
  restart(): void {
    this.stage.restart();
    this.client = this.stage.client('client', []);
    for (const [name, number] of this.#numbers) this.client.open(number, name);
  }

  pass(seconds: number): void {
    this.stage.world.pass(Math.round(seconds * SECOND));
  }

  nextTrace(): number {
    return ++this.#trace;
  }
}

/** One queue, through the API, in the API's units. */
export class GoldenQueue {
  readonly #account: Account;
  readonly number: number;
  readonly name: string;

  constructor(account: Account, number: number, name: string) {
    this.#account = account;
    this.number = number;
    this.name = name;
  }

  entry(body: string, { group, dedup, delay, attributes }: SendOptions = {}): SendEntry {
    const isPlain = group === undefined && dedup === undefined && attributes === undefined;
    return {
      body: new TextEncoder().encode(body), trace: this.#account.nextTrace(), delayMicros: delay === undefined ? null : delay * SECOND,
      properties: isPlain ? null : { group: group ?? null, deduplicationId: dedup ?? null, attributes: attributes ?? null },
    };
  }

  trySend(body: string, options: SendOptions = {}): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'send', queue: this.number, ...this.entry(body, options) }));
  }

  /** Returns the message id. */
  send(body: string, options: SendOptions = {}): number {
    const reply = this.#account.client.call({ operation: 'send', queue: this.number, ...this.entry(body, options) });
    if (reply.operation !== 'sendReply') throw new Error(JSON.stringify(reply));
    return reply.messageId;
  }

  batch(entries: readonly SendEntry[], ids?: readonly string[]): Reply {
    return this.#account.client.call({ operation: 'sendBatch', queue: this.number, entries, ...(ids === undefined ? {} : { ids }) });
  }

  tryReceive({ max = 1, wait = 0, visibility, attempt }: ReceiveOptions = {}): Reply {
    const { client } = this.#account;
    return client.call({
      operation: 'receive', queue: this.number, maxMessages: max, waitMicros: wait * SECOND,
      timeoutMicros: visibility === undefined ? null : visibility * SECOND, attemptId: attempt ?? null,
    });
  }

  messages(options: ReceiveOptions = {}): readonly WireDelivery[] {
    const reply = this.tryReceive(options);
    if (reply.operation !== 'receiveReply') throw new Error(JSON.stringify(reply));
    return reply.deliveries;
  }

  /** The bodies that a receive returns. */
  receive(options: ReceiveOptions = {}): string[] {
    return this.messages(options).map(({ body }) => new TextDecoder().decode(body));
  }

  /** The one message that a receive returns. */
  one(options: ReceiveOptions = {}): WireDelivery {
    const [message] = this.messages(options);
    if (message === undefined) throw new Error('nothing was received');
    return message;
  }

  /** Begins a long poll; the answer may come later. */
  poll({ max = 1, wait = 20, visibility }: ReceiveOptions = {}): () => string[] | null {
    const { client } = this.#account;
    const id = client.post({
      operation: 'receive', queue: this.number, maxMessages: max, waitMicros: wait * SECOND,
      timeoutMicros: visibility === undefined ? null : visibility * SECOND,
    });
    return () => {
      const reply = client.reply(id);
      if (reply === null) return null;
      if (reply.operation !== 'receiveReply') return [JSON.stringify(reply)];
      return reply.deliveries.map(({ body }) => new TextDecoder().decode(body));
    };
  }

  delete(handle: number): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'delete', queue: this.number, handle }));
  }

  deleteBatch(handles: readonly number[], ids?: readonly string[]): Reply {
    return this.#account.client.call({ operation: 'deleteBatch', queue: this.number, handles, ...(ids === undefined ? {} : { ids }) });
  }

  change(handle: number, seconds: number): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'changeVisibility', queue: this.number, handle, timeoutMicros: seconds * SECOND }));
  }

  changeBatch(entries: readonly { readonly handle: number; readonly seconds: number }[], ids?: readonly string[]): Reply {
    const changes = entries.map(({ handle, seconds }) => ({ handle, timeoutMicros: seconds * SECOND }));
    return this.#account.client.call({ operation: 'changeVisibilityBatch', queue: this.number, entries: changes, ...(ids === undefined ? {} : { ids }) });
  }

  purge(): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'purgeQueue', queue: this.number }));
  }

  remove(): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'deleteQueue', queue: this.number }));
  }

  set(attributes: QueueAttributes): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'setQueueAttributes', queue: this.number, attributes }));
  }

  get(...names: readonly string[]): QueueAttributes {
    const reply = this.#account.client.call({ operation: 'getQueueAttributes', queue: this.number, names });
    if (reply.operation !== 'getQueueAttributesReply') throw new Error(JSON.stringify(reply));
    return reply.attributes;
  }

  tryGet(...names: readonly string[]): ApiError | null {
    return errorOf(this.#account.client.call({ operation: 'getQueueAttributes', queue: this.number, names }));
  }

  /** Visible, in flight, delayed. */
  counts(): number[] {
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible, ApproximateNumberOfMessagesDelayed } = this.get('All');
    return [ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible, ApproximateNumberOfMessagesDelayed].map(Number);
  }
}

export function errorOf(reply: Reply): ApiError | null {
  return reply.operation === 'error' ? { code: reply.error.code, message: reply.error.message } : null;
}
