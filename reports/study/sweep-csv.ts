import { stringify } from 'csv-stringify/sync';
import type { SweepResult } from '../run-result.js';
import { sweptName } from './sweep-words.js';

/** A line for each point: the values of the axes, each figure with its interval in its own unit, and how the runs came out. */
export function sweepCsv({ axes, figures, points }: SweepResult): string {
  const head = [...axes.map(({ path }) => path), ...figures.flatMap((figure) => [`${sweptName(figure)} [${figure.unit}]`, `${sweptName(figure)} low`, `${sweptName(figure)} high`]), 'busiest', 'utilisation', 'held', 'broken', 'inconclusive'];
  const rows = points.map(({ at, figures: values, busiest, held, broken, inconclusive }) => [
    ...at, ...values.flatMap((value) => (value === null ? ['', '', ''] : [value.value, value.low ?? '', value.high ?? ''])),
    busiest?.name ?? '', busiest?.utilisation ?? '', held, broken, inconclusive,
  ]);
  return stringify([head, ...rows]);
}
