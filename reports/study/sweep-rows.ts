import type { SweepResult } from '../run-result.js';
import { namedFigureText } from '../words/named-figure.js';
import { busyWords } from '../words/study.js';
import { sweptName } from './sweep-words.js';

export const sweepHead = ({ axes, figures }: SweepResult): string[] => [...axes.map(({ path }) => path), ...figures.map(sweptName), 'busiest', 'held'];

/** A line for each point, in words. */
export function sweepRows({ points, figures, seeds }: SweepResult): string[][] {
  return points.map(({ at, figures: values, busiest, held }) => [
    ...at,
    ...values.map((value, index) => (value === null ? '-' : namedFigureText(figures[index]!.name, value.value, figures[index]!.unit))),
    busiest === null ? '-' : busyWords(busiest),
    `${held} of ${seeds.length}`,
  ]);
}
