import type { FuzzSpec } from '../../scenarios/index.js';

/** What is varied in a scenario that says nothing of it. */
export const DEFAULT_FUZZ: FuzzSpec = {
  messages: { least: 2, most: 80 },
  producers: { least: 1, most: 3 },
  consumers: { least: 1, most: 4 },
  sizeBytes: { least: 8, most: 16 * 1024 },
  delayMicros: { least: 0, most: 5_000_000 },
  handlerTimeMicros: { least: 1_000, most: 60_000_000 },
  failure: { least: 0, most: 0.4 },
  poisonEvery: { least: 2, most: 40 },
  clients: true,
  vary: [],
  faults: { only: [], without: [], count: { least: 0, most: 12 }, forMicros: null },
};
