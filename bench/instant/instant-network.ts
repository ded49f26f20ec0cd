import type { CloseReason, Connection, ConnectionHandler, NetworkPort, WireMessage } from '../../engine/index.js';
import type { Task, TaskRing } from './task-ring.js';

/** Connections between the hosts of an instant world. */
export class InstantNetwork {
  readonly #ring: TaskRing;
  readonly #listeners = new Map<string, Listener>();
  readonly #ends = new Set<End>();

  constructor(ring: TaskRing) {
    this.#ring = ring;
  }

  port(address: string, isAlive: () => boolean): NetworkPort {
    return {
      listen: (accept) => {
        this.#listeners.set(address, { accept, isAlive });
      },
      connect: (to, handler) => this.#connect(address, to, handler, isAlive),
    };
  }

  /** A host's process ended. */
  drop(address: string): void {
    this.#listeners.delete(address);
    for (const end of [...this.#ends]) if (end.address === address) end.finish('reset');
  }

  #connect(from: string, to: string, handler: ConnectionHandler, isAlive: () => boolean): Connection {
    const near = new End(this.#ring, this.#ends, from, to, isAlive);
    near.handler = handler;
    this.#ring.push({ run: () => this.#open(near, from, to) }, null);
    return near;
  }

  #open(near: End, from: string, to: string): void {
    const listener = this.#listeners.get(to);
    if (listener === undefined) {
      near.hearEnd('reset');
      return;
    }
    const far = new End(this.#ring, this.#ends, to, from, listener.isAlive);
    near.join(far);
    far.handler = listener.accept(far);
    near.handler!.onOpen();
  }
}

interface Listener {
  readonly accept: (connection: Connection) => ConnectionHandler;
  readonly isAlive: () => boolean;
}

/** One side of a connection; as a task, it hears the message that it is given. */
class End implements Connection, Task {
  readonly address: string;
  readonly peer: string;
  handler: ConnectionHandler | null = null;
  readonly #ring: TaskRing;
  readonly #ends: Set<End>;
  readonly #isAlive: () => boolean;
  #other: End | null = null;
  #isOpen = true;

  constructor(ring: TaskRing, ends: Set<End>, address: string, peer: string, isAlive: () => boolean) {
    this.#ring = ring;
    this.#ends = ends;
    this.address = address;
    this.peer = peer;
    this.#isAlive = isAlive;
    ends.add(this);
  }

  join(other: End): void {
    this.#other = other;
    other.#other = this;
  }

  send(message: WireMessage, _sizeBytes: number): void {
    if (this.#isOpen && this.#other !== null) this.#ring.push(this.#other, message);
  }

  close(): void {
    this.finish('closed');
  }

  /** This side ends; the other hears of it after what was sent before. */
  finish(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ends.delete(this);
    const other = this.#other;
    if (other !== null) this.#ring.push({ run: () => other.hearEnd(reason) }, null);
  }

  hearEnd(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ends.delete(this);
    if (this.#isAlive()) this.handler?.onClose(reason);
  }

  run(message: unknown): void {
    if (this.#isOpen && this.#isAlive()) this.handler!.onMessage(message as WireMessage);
  }
}
