import { Closed, EventKind, type EventSink, LostBy, OutcomeReason } from '../../history/index.js';
import type { ChannelClosed, ChannelReply, ChannelRequest, ConnectionClosed } from '../broker/index.js';
import { Heartbeat } from '../heartbeat.js';
import type { CloseReason, Connection, ConnectionHandler, Host, TimerHandle, WireMessage } from '../host.js';
import { backoffMicros } from './backoff.js';
import type { RetryPolicy } from './options.js';

const METHOD_BYTES = 32;
/** So long may it take until the broker has said which heartbeat they have (the libraries for Java and others: handshake timeout). */
const HANDSHAKE_MICROS = 10_000_000;

/** Who uses the channel of a link. */
export interface ChannelUser {
  /** The channel is open: whatever it had before is gone. */
  onUp(): void;
  onReply(reply: ChannelReply): void;
  /** The broker has refused something, as {@link onDown} will say next, and closed the channel or the connection. */
  onRefused(code: string, closed: typeof Closed.channel | typeof Closed.connection): void;
  /** The connection is lost, or the broker closed the channel. It is opened again. */
  onDown(reason: typeof OutcomeReason.connectionLost | typeof OutcomeReason.channelClosed): void;
}

export interface ChannelLinkOptions {
  readonly host: Host;
  readonly sink: EventSink;
  readonly name: string;
  readonly address: string;
  readonly retry: RetryPolicy;
  readonly recoveryMicros?: number | null;
  readonly heartbeatMicros?: number | null;
}

/**
 * A client's connection with one channel, opened again whenever it is lost.
 *
 * | state | opens | channel closed by the broker | closes, is reset, or is silent |
 * | --- | --- | --- | --- |
 * | connecting | up | cannot happen | waiting, for a backoff or the recovery interval |
 * | up | cannot happen | waiting, for a backoff, then up with a new channel | waiting, for a backoff or the recovery interval |
 * | changing | cannot happen | up with a new channel, as when the broker says that it is closed as asked | waiting, for a backoff or the recovery interval |
 * | waiting | cannot happen | cannot happen | – |
 * | closed | – | – | – |
 */
export class ChannelLink implements ConnectionHandler {
  readonly #host: Host;
  readonly #sink: EventSink;
  readonly #name: string;
  readonly #address: string;
  readonly #retry: RetryPolicy;
  readonly #recoveryMicros: number | null;
  readonly #heartbeatMicros: number | null;
  readonly #user: ChannelUser;
  readonly #heartbeat: Heartbeat;
  readonly #handshake: TimerHandle;
  readonly #again: TimerHandle;
  #state: 'connecting' | 'up' | 'changing' | 'waiting' | 'closed' = 'waiting';
  #connection: Connection | null = null;
  /** Only the channel is to be opened again. */
  #isConnected = false;
  /** There is something to recover. */
  #wasConnected = false;
  #failures = 0;

  constructor(options: ChannelLinkOptions, user: ChannelUser) {
    this.#host = options.host;
    this.#sink = options.sink;
    this.#name = options.name;
    this.#address = options.address;
    this.#retry = options.retry;
    this.#recoveryMicros = options.recoveryMicros ?? null;
    this.#heartbeatMicros = options.heartbeatMicros ?? null;
    this.#user = user;
    this.#heartbeat = new Heartbeat(options.host.timers, { beat: () => this.#say({ operation: 'heartbeat' }), onSilence: () => this.#miss(LostBy.silence) });
    this.#handshake = options.host.timers.create(() => this.#miss(LostBy.silence));
    this.#again = options.host.timers.create(() => this.#open());
    this.#open();
  }

  get isUp(): boolean {
    return this.#state === 'up';
  }

  /** Only while it is up. */
  send(request: ChannelRequest, sizeBytes = METHOD_BYTES): void {
    this.#say(request, sizeBytes);
  }

  /** Closes the channel and opens another one. Only while it is up; its user is told when it is up again. */
  changeChannel(): void {
    this.send({ operation: 'channelClose', channel: 1 });
    this.#state = 'changing';
  }

  close(): void {
    this.#state = 'closed';
    this.#connection?.close();
    this.#connection = null;
    this.#rest();
    this.#again.disarm();
  }

  onOpen(): void {
    if (this.#state !== 'connecting') return;
    this.#isConnected = true;
    this.#wasConnected = true;
    this.#say({ operation: 'hello', client: this.#name, heartbeatMicros: this.#heartbeatMicros } as WireMessage);
    this.#openChannel();
  }

  onMessage(message: WireMessage): void {
    if (this.#state === 'closed') return;
    this.#heartbeat.heard();
    const reply = message as ChannelReply;
    if (reply.operation === 'heartbeat') return;
    if (reply.operation === 'tune') return this.#tuned(reply.heartbeatMicros);
    if (this.#state === 'changing') this.#changed(reply);
    else if (this.#state === 'up') this.#hear(reply);
  }

  #hear(reply: ChannelReply): void {
    if (reply.operation === 'connectionClosed') {
      this.#user.onRefused(codeOf(reply), Closed.connection);
      this.#lose();
    } else if (reply.operation === 'channelClosed') {
      this.#user.onRefused(codeOf(reply), Closed.channel);
      this.#loseChannel();
    } else {
      if (reply.operation !== 'methodOk') this.#failures = 0;
      this.#user.onReply(reply);
    }
  }

  /** What the broker has said of the old channel before it knew is not heard any more. */
  #changed(reply: ChannelReply): void {
    if (reply.operation === 'connectionClosed') return this.#lose();
    if (reply.operation === 'channelClosed') this.send({ operation: 'channelCloseOk', channel: 1 });
    else if (reply.operation !== 'methodOk' || reply.method !== 'channelClose') return;
    this.#openChannel();
  }

  onClose(reason: CloseReason): void {
    if (this.#isConnected && reason === 'closed') this.#miss(LostBy.close);
    else if (this.#state === 'connecting' || this.#isConnected) this.#lose();
  }

  #open(): void {
    if (this.#isConnected) return this.#openChannel();
    this.#state = 'connecting';
    this.#connection = this.#host.network.connect(this.#address, this);
    this.#handshake.arm(HANDSHAKE_MICROS);
  }

  #tuned(heartbeatMicros: number): void {
    this.#handshake.disarm();
    this.#heartbeat.begin(heartbeatMicros);
  }

  /** What is said next is heard after it: there is no need to wait for the answer. */
  #openChannel(): void {
    this.#state = 'up';
    this.send({ operation: 'channelOpen', channel: 1 });
    this.#user.onUp();
  }

  #loseChannel(): void {
    this.send({ operation: 'channelCloseOk', channel: 1 });
    this.#openLater(OutcomeReason.channelClosed);
  }

  /** Nobody has said that it ends. */
  #miss(how: LostBy): void {
    if (this.#isConnected) this.#sink.emit(EventKind.connectionLost, this.#sink.name(this.#name), this.#sink.name(this.#address), 0, 0, 0, how, 0, 0);
    this.#lose();
  }

  #lose(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#isConnected = false;
    this.#rest();
    this.#openLater(OutcomeReason.connectionLost);
  }

  #openLater(reason: Parameters<ChannelUser['onDown']>[0]): void {
    const wasUp = this.#state === 'up';
    this.#state = 'waiting';
    this.#failures += 1;
    this.#again.arm(this.#waitFor(reason));
    if (wasUp) this.#user.onDown(reason);
  }

  #waitFor(reason: Parameters<ChannelUser['onDown']>[0]): number {
    if (reason === OutcomeReason.connectionLost && this.#wasConnected && this.#recoveryMicros !== null) return this.#recoveryMicros;
    return backoffMicros(this.#retry, this.#failures, this.#host.random);
  }

  #say(message: WireMessage, sizeBytes = METHOD_BYTES): void {
    this.#heartbeat.sent();
    this.#connection!.send(message, sizeBytes);
  }

  #rest(): void {
    this.#handshake.disarm();
    this.#heartbeat.end();
  }
}

/** `403 ACCESS_REFUSED`: the text begins with the name of the code. */
const codeOf = ({ code, text }: ChannelClosed | ConnectionClosed): string => `${code} ${text.split(' ', 1)[0]}`;
