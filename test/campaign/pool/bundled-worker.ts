import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'node_modules/.cache/queuelab');

const files = new Map<string, string>();

/** Takes the place of `campaign/pool/worker-file.ts` in tests: the worker as it is in the sources now, whatever dist/ holds. */
export const workerFile = (): string => bundled('campaign/pool/worker.ts');

/** The same for `campaign/mutants/hunt-worker-file.ts`. */
export const huntWorkerFile = (): string => bundled('campaign/mutants/hunt-worker.ts');

/** The same for `campaign/shrink/shrink-worker-file.ts`. */
export const shrinkWorkerFile = (): string => bundled('campaign/shrink/shrink-worker.ts');

function bundled(entry: string): string {
  const file = files.get(entry) ?? bundle(entry);
  files.set(entry, file);
  return file;
}

function bundle(entry: string): string {
  const { outputFiles: [output] } = buildSync({
    entryPoints: [join(root, entry)], absWorkingDir: root,
    bundle: true, packages: 'external', platform: 'node', format: 'esm', sourcemap: 'inline', write: false, logLevel: 'error',
  });
  const { contents } = output!;
  const path = join(folder, `worker-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
  return path;
}
