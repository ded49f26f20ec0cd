import { fileURLToPath } from 'node:url';

/** The file that a worker thread begins with: compiled, it lies beside this one. */
export function workerFile(): string {
  return fileURLToPath(new URL('./worker.js', import.meta.url));
}
