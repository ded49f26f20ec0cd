import type { RunResult } from '../run-result.js';
import { type FaultSpan, faultSpans } from '../words/faults.js';

/** What charts over time have in common: how long the time is, when the drain began, and which faults struck. */
export interface TimeFrame {
  readonly virtualMicros: number;
  readonly drainBeganMicros: number;
  readonly faults: readonly FaultSpan[];
}

export function frameOf(result: RunResult): TimeFrame {
  const { virtualMicros, drainBeganMicros } = result.run;
  return { virtualMicros, drainBeganMicros, faults: faultSpans(result) };
}
