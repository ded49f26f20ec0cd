import type { Kernel } from '../kernel/index.js';
import type { Link } from './link.js';
import type { PacketPool } from './packet.js';
import type { PassageObserver } from './passage.js';
import type { RetransmissionLimits } from './settings.js';

/** What all connections of a network share. */
export interface Wire {
  readonly kernel: Kernel;
  readonly packets: PacketPool;
  readonly limits: RetransmissionLimits;
  /** Who follows the messages; null for nobody. */
  readonly passages: PassageObserver | null;
  /** The link from one machine to another; the same for the same names. */
  link(from: string, to: string): Link;
}
