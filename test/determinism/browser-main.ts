/** Bundled for a browser: `fingerprints(json)` on the window. */
import { fingerprintsOf } from './entry.js';
import { reviveScenarios } from './scenario-json.js';

Object.assign(globalThis, { fingerprints: (json: string): string[] => fingerprintsOf(reviveScenarios(json)) });
