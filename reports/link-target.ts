import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** As many links as the systems follow before they call it a circle. */
const MAX_LINKS = 40;

/**
 * The file that a path leads to: a report written through a symbolic link leaves the link and fills its target, which need
 * not be there yet. Links of the system (`/dev/stdout`) lead to what has no path: they are as they are.
 */
export function linkTarget(path: string): string {
  if (isOfTheSystem(path)) return path;
  let target = path;
  for (let links = 0; links < MAX_LINKS && isLink(target); links += 1) target = resolve(realFolder(target), readlinkSync(target));
  return target;
}

export const isOfTheSystem = (path: string): boolean => /^\/(dev|proc)\//.test(path);

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** `..` in a link counts from where the link really lies. */
const realFolder = (path: string): string => realpathSync(dirname(path));
