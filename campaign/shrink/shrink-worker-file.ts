import { fileURLToPath } from 'node:url';

/** The file that a worker thread begins with: bundled, it lies beside every chunk of the program. */
export function shrinkWorkerFile(): string {
  return fileURLToPath(new URL('./shrink-worker.js', import.meta.url));
}
