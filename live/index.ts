export { createLiveHost } from './host.js';
export type { LiveHost, LiveHostOptions } from './host.js';
export { Transport } from './transport.js';
export { TurnQueue } from './turn-queue.js';
