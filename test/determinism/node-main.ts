/** Bundled and run by another process or another version of Node: scenarios come in as JSON, fingerprints go out. */
import { readFileSync } from 'node:fs';
import type { Scenario } from '../../scenarios/index.js';
import { fingerprintsOf } from './entry.js';
import { reviveScenarios } from './scenario-json.js';

const scenarios: readonly Scenario[] = reviveScenarios(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({ version: process.version, fingerprints: fingerprintsOf(scenarios) }));
