import type { WireMessage } from '../../engine/index.js';
import type { Link } from './link.js';
import { type Packet, type PacketKind, PacketList, type PacketSender } from './packet.js';
import { Retransmission, type RetransmittingDirection } from './retransmission.js';
import type { Wire } from './wire.js';

/** The end of a connection that sends into a direction. */
export interface DirectionOwner {
  /** The packet has reached the peer's machine, and every one before it has. */
  deliver(packet: Packet): void;
  /** The peer has acknowledged nothing for too long. */
  giveUp(): void;
}

export interface DirectionOptions {
  readonly wire: Wire;
  readonly owner: DirectionOwner;
  readonly link: Link;
  readonly backLink: Link;
  readonly peerNode: { readonly isPowered: boolean };
}

/** One direction of a connection: whatever happens on the way, packets are delivered once and in order. */
export class Direction implements PacketSender, RetransmittingDirection {
  readonly #wire: Wire;
  readonly #owner: DirectionOwner;
  readonly #link: Link;
  readonly #backLink: Link;
  readonly #peerNode: { readonly isPowered: boolean };
  #retransmission: Retransmission | null = null;
  /** Arrived before one that was sent earlier. */
  #ahead: PacketList | null = null;
  #nextSequence = 0;
  #nextArrival = 0;
  #lastArrivalMicros = 0;
  #hasEnded = false;

  constructor(options: DirectionOptions) {
    this.#wire = options.wire;
    this.#owner = options.owner;
    this.#link = options.link;
    this.#backLink = options.backLink;
    this.#peerNode = options.peerNode;
  }

  get canReach(): boolean {
    return !this.#link.isBlocked && this.#peerNode.isPowered;
  }

  get canHear(): boolean {
    return !this.#backLink.isBlocked;
  }

  packet(kind: PacketKind, message: WireMessage | null, sizeBytes: number): Packet {
    return this.#wire.packets.take(kind, this, message, sizeBytes);
  }

  /** Sends a packet in its turn. */
  send(packet: Packet): void {
    packet.sequence = this.#nextSequence++;
    if (this.canReach) this.launch(packet);
    else this.#trouble().hold(packet);
  }

  /** Sends a packet that nobody repeats and that waits for no other. */
  sendReset(): void {
    if (this.canReach) this.launch(this.packet('reset', null, 0));
  }

  giveUp(): void {
    this.#owner.giveUp();
  }

  launch(packet: Packet): void {
    const { kernel } = this.#wire;
    const arrival = this.#link.arrivalMicros(kernel.now, packet.sizeBytes);
    if (arrival > this.#lastArrivalMicros) this.#lastArrivalMicros = arrival;
    kernel.schedule(this.#lastArrivalMicros, arrive, packet);
  }

  arrive(packet: Packet): void {
    if (!this.canReach) {
      if (packet.kind === 'reset' || this.#hasEnded) this.#wire.packets.give(packet);
      else this.#trouble().hold(packet);
      return;
    }
    if (packet.kind === 'reset') {
      this.#owner.deliver(packet);
      return;
    }
    if (!this.#hasEnded && !this.canHear) this.#trouble().begin();
    if (packet.sequence === this.#nextArrival) {
      this.#nextArrival++;
      this.#owner.deliver(packet);
      if (this.#ahead !== null) this.#deliverAhead(this.#ahead);
      return;
    }
    this.#ahead ??= new PacketList();
    this.#ahead.insert(packet);
  }

  /** Nobody repeats anything any more; what is on its way still arrives. */
  end(): void {
    this.#hasEnded = true;
    const retransmission = this.#retransmission;
    if (retransmission === null) return;
    for (let packet = retransmission.end(); packet !== null; packet = retransmission.end()) this.#wire.packets.give(packet);
  }

  #trouble(): Retransmission {
    this.#retransmission ??= new Retransmission(this.#wire.kernel, this.#wire.limits, this);
    return this.#retransmission;
  }

  #deliverAhead(ahead: PacketList): void {
    while (ahead.head !== null && ahead.head.sequence === this.#nextArrival) {
      this.#nextArrival++;
      this.#owner.deliver(ahead.shift()!);
    }
  }
}

function arrive(packet: Packet): void {
  packet.sender!.arrive(packet);
}
