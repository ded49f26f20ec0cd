import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** A scenario that comes with queuelab. */
export interface BundledScenario {
  /** By which the command line knows it: its path in `scenarios/` without `.yaml`. */
  readonly name: string;
  readonly file: string;
}

const FOLDER = 'scenarios';
const SUFFIX = '.yaml';

export const bundledFolder = (): string => join(packageRoot(), FOLDER);

/** All scenarios that come with queuelab, by name. */
export function bundledScenarios(): BundledScenario[] {
  const folder = bundledFolder();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(SUFFIX))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ name: nameOf(file.slice(folder.length + 1)), file }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The one whose reports have this title: its file says `name: TITLE`. */
export function bundledByTitle(title: string): BundledScenario | undefined {
  return bundledScenarios().find(({ file }) => TITLE.exec(readFileSync(file, 'utf8'))?.[1] === title);
}

const TITLE = /^name: *(\S+)$/m;

const nameOf = (path: string): string => path.slice(0, -SUFFIX.length).replaceAll('\\', '/');
