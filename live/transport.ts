import type {
  CloseReason,
  Connection,
  ConnectionHandler,
  NetworkPort,
  WireMessage,
} from '../engine/index.js';
import type { Incarnation } from './incarnation.js';
import type { TurnQueue } from './turn-queue.js';

interface Listener {
  readonly accept: (connection: Connection) => ConnectionHandler;
  readonly incarnation: Incarnation;
}

/**
 * Connects the nodes of one process by address. Messages are handed over whole, in order, in a later turn; nothing is
 * lost and nothing is delayed otherwise. A node whose incarnation ends resets its connections.
 */
export class Transport {
  readonly #turns: TurnQueue;
  readonly #listeners = new Map<string, Listener>();

  constructor(turns: TurnQueue) {
    this.#turns = turns;
  }

  /** The network as the node at `address` sees it. */
  attach(address: string, incarnation: Incarnation): NetworkPort {
    return {
      listen: (accept) => {
        const listener = { accept, incarnation };
        this.#listeners.set(address, listener);
        incarnation.whenEnded(() => {
          if (this.#listeners.get(address) === listener) this.#listeners.delete(address);
        });
      },
      connect: (peer, handler) => this.#connect(address, incarnation, peer, handler),
    };
  }

  #connect(address: string, incarnation: Incarnation, peer: string, handler: ConnectionHandler): Connection {
    const near = new Endpoint(peer, this.#turns, incarnation);
    near.handler = handler;
    this.#turns.defer(() => {
      const listener = this.#listeners.get(peer);
      if (listener === undefined || !listener.incarnation.isAlive) {
        near.lose('reset');
        return;
      }
      const far = new Endpoint(address, this.#turns, listener.incarnation);
      near.join(far);
      far.join(near);
      far.handler = listener.accept(far);
      far.open();
      near.open();
    });
    return near;
  }
}

/** One side of a connection. */
class Endpoint implements Connection {
  readonly peer: string;
  handler: ConnectionHandler | null = null;
  readonly #turns: TurnQueue;
  readonly #incarnation: Incarnation;
  #other: Endpoint | null = null;
  /** Messages sent before the connection opened. */
  #early: WireMessage[] = [];
  #isEnded = false;
  readonly #forget: () => void;

  constructor(peer: string, turns: TurnQueue, incarnation: Incarnation) {
    this.peer = peer;
    this.#turns = turns;
    this.#incarnation = incarnation;
    this.#forget = incarnation.whenEnded(() => this.#leave('reset'));
  }

  join(other: Endpoint): void {
    this.#other = other;
  }

  /** The peer has accepted: let what waited go, then hear of it. What was sent before an early end still arrives. */
  open(): void {
    for (const message of this.#early) this.#pass(message);
    this.#early = [];
    if (!this.#isEnded) this.handler?.onOpen();
    if (this.#isEnded) this.#turns.defer(() => this.#other?.lose('closed'));
  }

  send(message: WireMessage): void {
    if (this.#isEnded) return;
    if (this.#other === null) this.#early.push(message);
    else this.#pass(message);
  }

  close(): void {
    this.#leave('closed');
  }

  /** The other side is gone. */
  lose(reason: CloseReason): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#forget();
    if (this.#incarnation.isAlive) this.handler?.onClose(reason);
  }

  #pass(message: WireMessage): void {
    const other = this.#other as Endpoint;
    this.#turns.deferWith(other.#hear, message);
  }

  readonly #hear = (message: WireMessage): void => {
    if (!this.#isEnded && this.#incarnation.isAlive) this.handler?.onMessage(message);
  };

  #leave(reason: CloseReason): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#forget();
    const other = this.#other;
    if (other !== null) this.#turns.defer(() => other.lose(reason));
  }
}
