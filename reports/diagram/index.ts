export type { TimeScale } from './layout.js';
export { spaceTimeDiagram, type SpaceTimeOptions } from './space-time.js';
