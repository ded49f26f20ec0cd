import type { CloseReason, Connection, ConnectionHandler, WireMessage } from '../../engine/index.js';
import type { FrontConnection } from '../front/index.js';
import type { Process } from '../process/index.js';
import { Direction, type DirectionOwner } from './direction.js';
import { Inbox } from './inbox.js';
import type { LivingEnd, NetworkNode } from './network-node.js';
import { type Packet, PacketList, type PacketReceiver } from './packet.js';
import type { Wire } from './wire.js';

export type EndNode = NetworkNode<ConnectionEnd>;

/**
 * | state   | may send   | hears | until                                                                    |
 * | ------- | ---------- | ----- | ------------------------------------------------------------------------ |
 * | opening | for later  | yes   | the peer's `opened`: open; its own close: leaving; a reset: reset        |
 * | open    | yes        | yes   | its own close: leaving; the peer's close: ended; a reset: reset          |
 * | leaving | no         | no    | its close reached the peer, or a reset: ended                            |
 * | ended   | no         | no    | for good: both sides know                                                |
 * | reset   | no         | no    | for good: should the peer send something, it is told with a reset        |
 */
type EndState = 'opening' | 'open' | 'leaving' | 'ended' | 'reset';

/** One side of a connection. */
export class ConnectionEnd implements Connection, FrontConnection, DirectionOwner, PacketReceiver, LivingEnd {
  readonly peer: string;
  readonly #wire: Wire;
  readonly #node: EndNode;
  readonly #peerNode: EndNode;
  readonly #process: Process | null;
  readonly #outward: Direction;
  readonly #inbox = new Inbox();
  #state: EndState;
  #handler: ConnectionHandler | null = null;
  /** The other side; null until the peer's machine knows of the connection. */
  #other: ConnectionEnd | null = null;
  /** Sent before the connection was open. */
  readonly #early = new PacketList();

  private constructor(wire: Wire, node: EndNode, peerNode: EndNode, state: EndState) {
    this.peer = peerNode.name;
    this.#wire = wire;
    this.#node = node;
    this.#peerNode = peerNode;
    this.#process = node.process;
    const link = wire.link(node.name, peerNode.name);
    const backLink = wire.link(peerNode.name, node.name);
    this.#outward = new Direction({ wire, owner: this, link, backLink, peerNode });
    this.#state = state;
    if (state !== 'reset') node.ends.add(this);
  }

  /** Begins to open a connection from one machine to another. */
  static connect(wire: Wire, node: EndNode, peerNode: EndNode, handler: ConnectionHandler): ConnectionEnd {
    const end = new ConnectionEnd(wire, node, peerNode, 'opening');
    end.#handler = handler;
    end.#outward.send(end.#outward.packet('open', null, 0));
    return end;
  }

  get hasEnded(): boolean {
    return this.#state === 'ended' || this.#state === 'reset';
  }

  send(message: WireMessage, sizeBytes: number): void {
    const { front } = this.#node;
    this.answer(front === null ? message : front.outgoing(message, this), sizeBytes);
  }

  /** What nothing that stands before the process changes. */
  answer(message: WireMessage, sizeBytes: number): void {
    if (this.#state !== 'open' && this.#state !== 'opening') return;
    const packet = this.#outward.packet('message', message, sizeBytes);
    packet.sentMicros = this.#wire.kernel.now;
    if (this.#state === 'open') this.#outward.send(packet);
    else this.#early.push(packet);
  }

  close(): void {
    if (this.#state === 'open') this.#outward.send(this.#outward.packet('close', null, 0));
    else if (this.#state === 'opening') this.#early.push(this.#outward.packet('close', null, 0));
    else return;
    this.#state = 'leaving';
  }

  /** This side ends and its process hears of it; the peer learns nothing until it sends. */
  forget(): void {
    if (this.hasEnded) return;
    const isHeard = this.#state !== 'leaving';
    this.#end('reset');
    if (isHeard) this.#process?.enter(hearReset, this);
  }

  /** Both sides end, and both processes hear of it now. */
  breakBoth(): void {
    this.#other?.forget();
    this.forget();
  }

  giveUp(): void {
    this.forget();
  }

  die(isSilent: boolean): void {
    if (this.hasEnded) return;
    this.#end('reset');
    if (!isSilent) this.#outward.sendReset();
  }

  deliver(packet: Packet): void {
    if (packet.kind === 'open') {
      this.#wire.packets.give(packet);
      if (!this.hasEnded) this.#reachPeer();
      return;
    }
    const isLast = packet.kind === 'close';
    if (this.#other === null) this.#wire.packets.give(packet);
    else this.#other.#receive(packet);
    if (isLast && this.#state === 'leaving') this.#end('ended');
  }

  handleServed(): void {
    for (let packet = this.#inbox.takeServed(); packet !== null; packet = this.#inbox.takeServed()) this.#handle(packet);
  }

  /** The machine at the other side gets to know of the connection: the system there answers, its process hears of it when it runs. */
  #reachPeer(): void {
    const { process, accept } = this.#peerNode;
    const isRefused = process === null || accept === null;
    const far = new ConnectionEnd(this.#wire, this.#peerNode, this.#node, isRefused ? 'reset' : 'open');
    far.#other = this;
    this.#other = far;
    if (isRefused) {
      far.#outward.sendReset();
      return;
    }
    far.#outward.send(far.#outward.packet('opened', null, 0));
    process.enter(accepted, far);
  }

  /** For the gate. */
  accepted(): void {
    if (this.hasEnded) return;
    this.#handler = this.#node.accept!(this);
    if (this.#state === 'open') this.#handler.onOpen();
  }

  /** For the gate. */
  hearReset(): void {
    this.#handler?.onClose('reset');
  }

  #receive(packet: Packet): void {
    if (!this.hasEnded) {
      packet.receiver = this;
      packet.arrivedMicros = this.#wire.kernel.now;
      if (this.#process!.isRunning) this.admit(packet);
      else this.#process!.enter(admit, packet);
      return;
    }
    const isUnexpected = this.#state === 'reset' && packet.kind !== 'reset';
    this.#wire.packets.give(packet);
    if (isUnexpected) this.#outward.sendReset();
  }

  /** For the gate: the process takes the packet up, and its cores serve it. */
  admit(packet: Packet): void {
    const { front } = this.#node;
    if (front !== null && packet.message !== null && !front.admits(packet.message, this)) {
      this.#wire.packets.give(packet);
      return;
    }
    const cpu = this.#process!.cpu;
    if (cpu === null) {
      this.#handle(packet);
      return;
    }
    this.#inbox.add(packet);
    if (packet.message === null) packet.isServed = true;
    else packet.serviceMicros = cpu.submit(packet.message.operation, packet.sizeBytes, served, packet);
    this.handleServed();
  }

  #handle(packet: Packet): void {
    const { kind, message } = packet;
    if (this.#state === 'open' && kind === 'message') this.#notePassage(packet);
    this.#wire.packets.give(packet);
    if (kind === 'opened') this.#opened();
    else if (this.#state === 'open' && kind === 'message') this.#handler!.onMessage(message!);
    else if (kind === 'close') this.#hearEnd('ended', 'closed');
    else if (kind === 'reset') this.#hearEnd('reset', 'reset');
  }

  #notePassage({ sentMicros, arrivedMicros, serviceMicros }: Packet): void {
    const { passages, kernel: { now } } = this.#wire;
    if (passages === null) return;
    const onMachine = now - arrivedMicros;
    const service = Math.min(serviceMicros, onMachine);
    passages.passed(now, arrivedMicros - sentMicros, onMachine - service, service);
  }

  #opened(): void {
    if (this.hasEnded) return;
    const isHeard = this.#state === 'opening';
    if (isHeard) this.#state = 'open';
    for (let packet = this.#early.shift(); packet !== null; packet = this.#early.shift()) this.#outward.send(packet);
    if (isHeard) this.#handler!.onOpen();
  }

  #hearEnd(state: 'ended' | 'reset', reason: CloseReason): void {
    if (this.hasEnded) return;
    const isHeard = this.#state !== 'leaving';
    if (!isHeard && reason === 'closed') return;
    this.#end(state);
    if (isHeard) this.#handler!.onClose(reason);
  }

  #end(state: 'ended' | 'reset'): void {
    this.#state = state;
    this.#node.ends.delete(this);
    this.#outward.end();
    for (let packet = this.#early.shift(); packet !== null; packet = this.#early.shift()) this.#wire.packets.give(packet);
  }
}

function accepted(end: ConnectionEnd): void {
  end.accepted();
}

function hearReset(end: ConnectionEnd): void {
  end.hearReset();
}

function admit(packet: Packet): void {
  packet.receiver!.admit(packet);
}

function served(packet: Packet): void {
  packet.isServed = true;
  packet.receiver!.handleServed();
}
