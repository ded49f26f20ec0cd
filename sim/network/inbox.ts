import { type Packet, PacketList } from './packet.js';

/**
 * Packets that arrived at a process and wait for its cores. Several cores may work on the packets of one connection at the
 * same time, and a short one may be done before a long one that came earlier: the code still runs in the order of arrival.
 */
export class Inbox {
  readonly #packets = new PacketList();

  add(packet: Packet): void {
    packet.isServed = false;
    this.#packets.push(packet);
  }

  /** The first packet, taken out, when its service is done. */
  takeServed(): Packet | null {
    const first = this.#packets.head;
    return first !== null && first.isServed ? this.#packets.shift() : null;
  }
}
