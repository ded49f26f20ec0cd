import type { EventId, Kernel } from '../kernel/index.js';
import { type Packet, PacketList } from './packet.js';
import type { RetransmissionLimits } from './settings.js';

/** What the retransmission asks of the direction that it serves. */
export interface RetransmittingDirection {
  /** Whether packets get through to the other machine. */
  readonly canReach: boolean;
  /** Whether acknowledgements get back. */
  readonly canHear: boolean;
  /** Sends a packet on its way again. */
  launch(packet: Packet): void;
  /** Nothing was acknowledged for too long. */
  giveUp(): void;
}

/**
 * What one direction of a connection does about packets that do not arrive: it holds them back and tries again after a wait
 * that doubles, so it notices late, but boundedly so, that the network is well; and gives up when that takes too long. Made
 * when a direction first meets trouble.
 */
export class Retransmission {
  readonly #kernel: Kernel;
  readonly #limits: RetransmissionLimits;
  readonly #direction: RetransmittingDirection;
  readonly #held = new PacketList();
  #sinceMicros = 0;
  #waitMicros = 0;
  /** 0 while there is no trouble. */
  #event: EventId = 0;

  constructor(kernel: Kernel, limits: RetransmissionLimits, direction: RetransmittingDirection) {
    this.#kernel = kernel;
    this.#limits = limits;
    this.#direction = direction;
  }

  /** The packet did not get through. */
  hold(packet: Packet): void {
    this.#held.insert(packet);
    this.begin();
  }

  /** Something was not acknowledged. */
  begin(): void {
    if (this.#event !== 0) return;
    this.#sinceMicros = this.#kernel.now;
    this.#waitMicros = this.#limits.retransmitMinMicros;
    this.#event = this.#kernel.schedule(this.#kernel.now + this.#waitMicros, retry, this);
  }

  /** The direction has ended. Takes out one held packet after the other, until null. */
  end(): Packet | null {
    if (this.#event !== 0) this.#kernel.cancel(this.#event);
    this.#event = 0;
    return this.#held.shift();
  }

  /** For the kernel. */
  retry(): void {
    this.#event = 0;
    const { canReach, canHear } = this.#direction;
    const now = this.#kernel.now;
    const deadline = this.#sinceMicros + this.#limits.giveUpMicros;
    if (!(canReach && canHear)) {
      if (now >= deadline) {
        this.#direction.giveUp();
        return;
      }
      this.#waitMicros = Math.min(this.#waitMicros * 2, this.#limits.retransmitMaxMicros);
      this.#event = this.#kernel.schedule(Math.min(now + this.#waitMicros, deadline), retry, this);
    }
    if (canReach) this.#launchHeld();
  }

  #launchHeld(): void {
    for (let packet = this.#held.shift(); packet !== null; packet = this.#held.shift()) this.#direction.launch(packet);
  }
}

function retry(retransmission: Retransmission): void {
  retransmission.retry();
}
