import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemReason } from '../reports/index.js';
import { bundledByTitle, bundledScenarios, type BundledScenario } from './bundled.js';
import { NothingSelectedError } from './errors.js';
import { packageRoot } from './package-root.js';

/** A scenario file to run. */
export interface SelectedScenario {
  /** Where it is. */
  readonly path: string;
  /** What messages, reports and replay commands call it; `queuelab run` finds it by this, whatever files lie around. */
  readonly name: string;
}

/** Files that one pattern may match. */
const MAX_MATCHES = 10_000;
const GLOB = /[*?[\]{}]/;

/**
 * What the arguments of a command select, in their order and each file once: files, patterns (which the shell need not
 * have expanded), names of scenarios that come with queuelab, and folders of these. Such a name always means that
 * scenario (`./name` is a file); by the title that its reports have it is found where no file has that name. What `scenarios/…` does not find here is looked for among those that come with queuelab,
 * so that the documented commands work in any folder.
 *
 * @throws NothingSelectedError when an argument is a pattern that matches nothing, and when there are no arguments
 */
export async function selectScenarios(patterns: readonly string[], cwd: string): Promise<SelectedScenario[]> {
  if (patterns.length === 0) {
    throw new NothingSelectedError('No scenario is selected. Name files, patterns or scenarios that come with queuelab: `queuelab list` shows them.');
  }
  const selected = new Map<string, SelectedScenario>();
  for (const pattern of patterns) {
    for (const scenario of await matches(pattern, cwd)) {
      const key = existsSync(scenario.path) ? realpathSync(scenario.path) : scenario.path;
      if (!selected.has(key)) selected.set(key, scenario);
    }
  }
  return [...selected.values()];
}

async function matches(pattern: string, cwd: string): Promise<SelectedScenario[]> {
  const all = bundledScenarios();
  const bundled = all.filter(({ name }) => name === pattern || name.startsWith(`${pattern}/`));
  if (bundled.length > 0) return bundled.map(fromBundled);
  const path = resolve(cwd, pattern);
  if (isFolder(path)) return (await filesIn(pattern, cwd)).map((name) => ({ path: resolve(cwd, name), name }));
  if (existsSync(path)) return [{ path, name: pattern }];
  if (GLOB.test(pattern)) return expand(pattern, cwd);
  if (isOfThePackage(pattern) && isFolder(join(packageRoot(), pattern))) return inPackage(await filesIn(pattern, packageRoot()));
  const packaged = all.find(({ file }) => isOfThePackage(pattern) && file === join(packageRoot(), pattern));
  const found = packaged ?? bundledByTitle(pattern);
  return [found === undefined ? { path, name: pattern } : fromBundled(found)];
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The YAML files of a folder and of those in it, relative to it. */
async function filesIn(folder: string, root: string): Promise<string[]> {
  rejectUnreadable(folder, root);
  const stem = folder.replaceAll('\\', '/').replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  const names = await glob('**/*.{yaml,yml}', resolve(root, folder));
  if (names.length === 0) throw new NothingSelectedError(`The folder ${folder} holds no scenario: no file that ends with .yaml.`);
  return names.map((name) => (stem === '' || stem === '.' ? name : `${stem}/${name}`));
}

/** A search passes over what it may not read, and would say that nothing is there. */
function rejectUnreadable(folder: string, root: string): void {
  try {
    accessSync(resolve(root, folder), constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new NothingSelectedError(`The folder ${folder} cannot be read: ${systemReason(error) ?? String(error)}.`);
  }
}

const inPackage = (files: readonly string[]): SelectedScenario[] => {
  const paths = new Set(files.map((name) => join(packageRoot(), name)));
  return bundledScenarios().filter(({ file }) => paths.has(file)).map(fromBundled);
};

async function expand(pattern: string, cwd: string): Promise<SelectedScenario[]> {
  const here = await glob(pattern, cwd);
  if (here.length > 0) return here.map((name) => ({ path: resolve(cwd, name), name }));
  const packaged = inPackage(isOfThePackage(pattern) ? await glob(pattern, packageRoot()) : []);
  if (packaged.length > 0) return packaged;
  throw new NothingSelectedError(`No file matches "${pattern}".`);
}

async function glob(pattern: string, cwd: string): Promise<string[]> {
  const { glob: find } = await import('tinyglobby');
  const found = await find(pattern, { cwd, onlyFiles: true, expandDirectories: false, ignore: ['**/node_modules/**'] });
  if (found.length > MAX_MATCHES) throw new NothingSelectedError(`"${pattern}" matches more than ${MAX_MATCHES} files.`);
  return found.sort();
}

const isOfThePackage = (pattern: string): boolean => /^(\.\/)?scenarios\//.test(pattern);

const fromBundled = ({ file, name }: BundledScenario): SelectedScenario => ({ path: file, name });
