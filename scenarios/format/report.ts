import type { Mistake } from './mistake.js';
import type { Path } from './node-at.js';
import type { Aspect } from './placing.js';

/** Takes a mistake and where in the scenario it stands. */
export type Report = (path: Path, aspect: Aspect, mistake: Mistake) => void;
