import type { ComparedRow } from '../run-result.js';

/**
 * A figure of a study with what it speaks of, where that is not plain: durations and counts are those of all messages, but a rate of a whole run is less than
 * what the settled system does, for it takes in the warm-up and the drain.
 */
export function figureName(figure: string, { basis, unit }: Pick<ComparedRow, 'basis' | 'unit'>): string {
  if (basis === 'steady-state') return `${figure}, settled`;
  return unit === 'per-second' ? `${figure}, whole run` : figure;
}
