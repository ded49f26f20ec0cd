import type { Connection, ConnectionHandler, NetworkPort } from '../../engine/index.js';
import type { Process } from '../process/index.js';
import { ConnectionEnd, type EndNode } from './connection-end.js';
import type { Accept } from './network-node.js';
import type { SimNetwork } from './network.js';

/** The network as one incarnation of a machine's process sees it. */
export class ProcessNetwork implements NetworkPort {
  readonly #network: SimNetwork;
  readonly #node: EndNode;
  readonly #process: Process;

  constructor(network: SimNetwork, node: EndNode, process: Process) {
    this.#network = network;
    this.#node = node;
    this.#process = process;
  }

  listen(accept: Accept): void {
    if (!this.#process.hasEnded) this.#node.accept = accept;
  }

  connect(address: string, handler: ConnectionHandler): Connection {
    if (this.#process.hasEnded) return new DeadConnection(address);
    return ConnectionEnd.connect(this.#network, this.#node, this.#network.node(address), handler);
  }
}

/** What a process that has ended gets: nothing comes of it. */
class DeadConnection implements Connection {
  readonly peer: string;

  constructor(peer: string) {
    this.peer = peer;
  }

  send(): void {
    // Nobody is there to send.
  }

  close(): void {
    // It was never open.
  }
}
