export type { ConnectionEnd, EndNode } from './connection-end.js';
export type { Link, Loss } from './link.js';
export { SimNetwork } from './network.js';
export { ProcessNetwork } from './process-network.js';
export type { NetworkSettings, RetransmissionLimits } from './settings.js';
