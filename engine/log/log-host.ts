import type { Host } from '../host.js';

/** What a log needs of its host. Randomness marks segments, so that bytes of another file are known as foreign. */
export type LogHost = Pick<Host, 'clock' | 'timers' | 'disk' | 'random'>;
