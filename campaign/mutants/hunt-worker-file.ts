import { fileURLToPath } from 'node:url';

/** The file that a worker thread begins with: compiled, it lies beside this one. */
export function huntWorkerFile(): string {
  return fileURLToPath(new URL('./hunt-worker.js', import.meta.url));
}
