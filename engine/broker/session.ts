import type { NameId } from '../../history/index.js';
import type { Heartbeat } from '../heartbeat.js';
import type { CloseReason, Connection, ConnectionHandler, WireMessage } from '../host.js';
import type { ChannelReply, ChannelRequest } from './channel/protocol.js';
import type { Reply, Request } from './protocol.js';

/** What a session needs of its node. */
export interface SessionOwner {
  onRequest(session: Session, request: Request): void;
  onSessionEnd(session: Session): void;
}

/** What a node keeps of a session whose client speaks on channels. */
export interface SessionChannels {
  receive(request: ChannelRequest): void;
}

/** Queue numbers of one connection are below this. */
export const MAX_QUEUES_PER_SESSION = 1024;

/** One client's connection: who it is, which queues its numbers mean, and whether it is still there. */
export class Session implements ConnectionHandler {
  /** Name of the client in the history. */
  client: NameId;
  /** What was heard of the client since {@link KeepAlive} looked last: something, nothing, or nothing although it was asked. */
  heard: 'something' | 'silent' | 'asked' = 'something';
  /** Null until the client says something on a channel, and where clients speak in requests. */
  channels: SessionChannels | null = null;
  /** Null where {@link KeepAlive} looks after it. */
  heartbeat: Heartbeat | null = null;
  readonly #owner: SessionOwner;
  readonly #connection: Connection;
  readonly #queueNames: string[] = [];
  /** The node's numbers of these queues; 0: not looked up yet. */
  readonly #queueNumbers: number[] = [];
  #isOpen = true;

  constructor(owner: SessionOwner, connection: Connection, client: NameId) {
    this.#owner = owner;
    this.#connection = connection;
    this.client = client;
  }

  send(message: Reply | ChannelReply, sizeBytes: number): void {
    if (!this.#isOpen) return;
    this.heartbeat?.sent();
    this.#connection.send(message, sizeBytes);
  }

  /** The client gives a queue name a number. */
  openQueue(number: number, name: string): void {
    if (!Number.isInteger(number) || number < 0 || number >= MAX_QUEUES_PER_SESSION) return;
    while (this.#queueNames.length <= number) {
      this.#queueNames.push('');
      this.#queueNumbers.push(0);
    }
    this.#queueNames[number] = name;
    this.#queueNumbers[number] = 0;
  }

  /** The name that the client gave a number to; empty when it gave none. */
  queueName(number: number): string {
    return this.#queueNames[number] ?? '';
  }

  /** The node's number of the queue that the client's number means; 0 until {@link bindQueue}. */
  queueNumber(number: number): number {
    return this.#queueNumbers[number] ?? 0;
  }

  bindQueue(number: number, queueNumber: number): void {
    this.#queueNumbers[number] = queueNumber;
  }

  /** Asks whether the client is there. */
  ask(sizeBytes: number): void {
    this.heard = 'asked';
    this.#connection.send({ operation: 'keepAlive' }, sizeBytes);
  }

  /** The node ends it. */
  close(): void {
    this.#isOpen = false;
    this.heartbeat?.end();
    this.#connection.close();
  }

  /** The same, and the node does what is to be done then. */
  end(): void {
    this.close();
    this.#owner.onSessionEnd(this);
  }

  onOpen(): void {
    // An incoming connection is open when it is accepted.
  }

  onMessage(message: WireMessage): void {
    this.heard = 'something';
    this.heartbeat?.heard();
    if (this.#isOpen) this.#owner.onRequest(this, message as Request);
  }

  onClose(_reason: CloseReason): void {
    this.#isOpen = false;
    this.heartbeat?.end();
    this.#owner.onSessionEnd(this);
  }
}
