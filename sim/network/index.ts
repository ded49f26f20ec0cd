export type { ConnectionEnd, EndNode } from './connection-end.js';
export type { Link, Loss } from './link.js';
export { SimNetwork } from './network.js';
export type { PassageObserver } from './passage.js';
export { ProcessNetwork } from './process-network.js';
export { DEFAULT_RETRANSMISSION, MAX_LOSS, type NetworkSettings, type RetransmissionLimits } from './settings.js';
