import type { WireMessage } from '../../engine/index.js';

/**
 * What a packet says. `open` and `opened` are the handshake, `close` the orderly end; these and messages are numbered and
 * sent again until they arrive. A `reset` is sent once.
 */
export type PacketKind = 'open' | 'opened' | 'message' | 'close' | 'reset';

/** The sending side of a direction: it follows its packets to the peer's machine. */
export interface PacketSender {
  /** The packet has crossed the link, if the link lets it. */
  arrive(packet: Packet): void;
}

/** The receiving end, while the packet waits for the process or for a core. */
export interface PacketReceiver {
  /** The process takes the packet up. */
  admit(packet: Packet): void;
  /** A packet's service time has passed. */
  handleServed(): void;
}

/** One packet on its way. Records are used again and again. */
export class Packet {
  next: Packet | null = null;
  kind: PacketKind = 'message';
  sender: PacketSender | null = null;
  receiver: PacketReceiver | null = null;
  message: WireMessage | null = null;
  sizeBytes = 0;
  /** When the sender handed it over, when it reached the receiver's machine, and what its cores take for it. */
  sentMicros = 0;
  arrivedMicros = 0;
  serviceMicros = 0;
  /** Place in its direction of its connection, from 0. */
  sequence = 0;
  isServed = false;
}

/** Packets in order, linked through `next`. */
export class PacketList {
  head: Packet | null = null;
  #tail: Packet | null = null;

  push(packet: Packet): void {
    packet.next = null;
    if (this.head === null) this.head = packet;
    else this.#tail!.next = packet;
    this.#tail = packet;
  }

  /** The first packet, taken out. */
  shift(): Packet | null {
    const packet = this.head;
    if (packet === null) return null;
    this.head = packet.next;
    packet.next = null;
    return packet;
  }

  /** Puts a packet at its place by sequence. */
  insert(packet: Packet): void {
    let before: Packet | null = null;
    let after = this.head;
    while (after !== null && after.sequence < packet.sequence) {
      before = after;
      after = after.next;
    }
    packet.next = after;
    if (before === null) this.head = packet;
    else before.next = packet;
    if (after === null) this.#tail = packet;
  }
}

/** Where packets come from and go back to. */
export class PacketPool {
  #free: Packet | null = null;

  take(kind: PacketKind, sender: PacketSender, message: WireMessage | null, sizeBytes: number): Packet {
    let packet = this.#free;
    if (packet === null) packet = new Packet();
    else this.#free = packet.next;
    packet.next = null;
    packet.kind = kind;
    packet.sender = sender;
    packet.message = message;
    packet.sizeBytes = sizeBytes;
    packet.serviceMicros = 0;
    return packet;
  }

  give(packet: Packet): void {
    packet.message = null;
    packet.sender = null;
    packet.receiver = null;
    packet.isServed = false;
    packet.next = this.#free;
    this.#free = packet;
  }
}
