import type { EventSink } from '../../history/index.js';
import type { ChannelReply, ChannelRequest } from '../broker/index.js';
import { ChannelLink, type ChannelUser } from './channel-link.js';
import { type ActionOutcome, type Operating, type OperatorAction, OperatorActionError, type OperatorClientOptions } from './operator-client.js';

interface ChannelOperatorOptions extends OperatorClientOptions {
  readonly sink: EventSink;
}

interface Asked {
  readonly request: ChannelRequest;
  /** Null: no answer came. */
  onEnd(reply: ChannelReply | null): void;
  attempts: number;
}

/**
 * The same where clients speak in channels: what it does is asked for one after the other, and once more when the connection is lost on the way. (RabbitMQ: rabbitmqctl and the management
 * interface; here on a channel.)
 */
export class ChannelOperator implements Operating, ChannelUser {
  readonly #options: ChannelOperatorOptions;
  readonly #link: ChannelLink;
  /** The first is under way while the link is up. */
  readonly #asked: Asked[] = [];

  constructor(options: ChannelOperatorOptions) {
    this.#options = options;
    this.#link = new ChannelLink(options, this);
  }

  get outstanding(): number {
    return this.#asked.length;
  }

  perform(action: OperatorAction, onOutcome: (outcome: ActionOutcome) => void): void {
    this.#ask(requestFor(action), (reply) => onOutcome(reply === null ? 'unknown' : reply.operation === 'refused' ? reply.text : 'ok'));
  }

  readDepth(queue: string, onDepth: (depth: number | null) => void): void {
    this.#ask({ operation: 'queueDeclare', channel: 1, name: queue, passive: true }, (reply) => {
      onDepth(reply?.operation === 'methodOk' ? (reply.messages ?? null) : null);
    });
  }

  onUp(): void {
    this.#say();
  }

  onReply(reply: ChannelReply): void {
    const [first] = this.#asked;
    if (first === undefined || !isAnswerTo(reply, first.request)) return;
    this.#asked.shift();
    first.onEnd(reply);
    this.#say();
  }

  /** To ask once more would be refused once more. */
  onRefused(code: string): void {
    const first = this.#asked.shift();
    first?.onEnd({ operation: 'refused', channel: 1, method: first.request.operation, text: code });
  }

  /** What was under way has no answer: it is asked for again. */
  onDown(): void {
    const [first] = this.#asked;
    if (first === undefined || first.attempts < this.#options.retry.attempts) return;
    this.#asked.shift();
    first.onEnd(null);
  }

  #ask(request: ChannelRequest, onEnd: Asked['onEnd']): void {
    this.#asked.push({ request, onEnd, attempts: 0 });
    if (this.#asked.length === 1) this.#say();
  }

  #say(): void {
    const [first] = this.#asked;
    if (first === undefined || !this.#link.isUp) return;
    first.attempts += 1;
    this.#link.send(first.request);
  }
}

const isAnswerTo = (reply: ChannelReply, request: ChannelRequest): boolean =>
  (reply.operation === 'methodOk' || reply.operation === 'refused') && reply.method === request.operation;

function requestFor(action: OperatorAction): ChannelRequest {
  switch (action.kind) {
    case 'purge': return { operation: 'queuePurge', channel: 1, name: action.queue };
    case 'setPolicy': return { operation: 'setPolicy', channel: 1, policy: action.policy };
    case 'clearPolicy': return { operation: 'clearPolicy', channel: 1, name: action.queue, isOperator: action.isOperator };
    case 'redrive':
    case 'cancelRedrive':
    case 'configure': throw new OperatorActionError(action.kind);
  }
}
