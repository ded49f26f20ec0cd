/** Shared with a worker: at 0 its thread, at 1 how many runs it has begun of what it was given. */
export type Pulse = Int32Array;

const THREAD = 0;
const RUNS = 1;

export const newPulse = (): Pulse => new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

/** Called in a worker whenever it begins a run. */
export function beat(pulse: Pulse | null, threadId: number): void {
  if (pulse === null) return;
  Atomics.store(pulse, THREAD, threadId);
  Atomics.add(pulse, RUNS, 1);
}

/** The thread that is at work, and the number of its run; null before the first. */
export function readPulse(pulse: Pulse): { readonly threadId: number; readonly run: number } | null {
  const run = Atomics.load(pulse, RUNS);
  return run === 0 ? null : { threadId: Atomics.load(pulse, THREAD), run };
}
