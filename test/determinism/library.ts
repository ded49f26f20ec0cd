import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadScenario, type Scenario } from '../../scenarios/index.js';

const FOLDER = join(import.meta.dirname, '..', '..', 'scenarios');

/** Every scenario that comes with queuelab, by its path in `scenarios/`. */
export function loadLibrary(): Map<string, Scenario> {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort();
  const library = new Map<string, Scenario>();
  for (const file of files) library.set(file.replace(/\.yaml$/, '').replaceAll('\\', '/'), loadScenario(join(FOLDER, file)));
  return library;
}
