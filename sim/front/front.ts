import type { WireMessage } from '../../engine/index.js';

/** Who a front speaks with: one side of a connection. */
export interface FrontConnection {
  /** Past the front, to the client. */
  answer(message: WireMessage, sizeBytes: number): void;
}

/** What stands between the network of a machine and its process. */
export interface Front {
  /** Whether a message may reach the process. When not, the front has answered. */
  admits(message: WireMessage, connection: FrontConnection): boolean;
  /** What leaves in the place of what the process says. */
  outgoing(message: WireMessage, connection: FrontConnection): WireMessage;
}
