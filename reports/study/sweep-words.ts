import type { SweepResult } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { figureText } from '../words/steady-state.js';

/** Of each figure, where in the grid it is best and where worst, and whether all runs held: sentences. */
export function sweepAnswers(sweep: SweepResult): string[] {
  const failed = sweep.points.filter(({ held }) => held < sweep.seeds.length).length;
  const held = failed === 0 ? 'Every run held what it promises.' : `At ${counted(failed, 'point')} of ${sweep.points.length} not every run held what it promises.`;
  return [...sweep.figures.flatMap((_, figure) => extremes(sweep, figure)), held];
}

function extremes({ points, figures, axes }: SweepResult, figure: number): string[] {
  const { name, unit, better } = figures[figure]!;
  const measured = points.flatMap(({ at, figures: values }) => (values[figure] === null || values[figure] === undefined ? [] : [{ at, value: values[figure].value }]));
  if (measured.length < 2) return [];
  const low = measured.reduce((left, right) => (right.value < left.value ? right : left));
  const high = measured.reduce((left, right) => (right.value > left.value ? right : left));
  const place = ({ at }: { readonly at: readonly string[] }): string => at.flatMap((value, axis) => ((axes[axis]?.values.length ?? 0) > 1 ? [`${axes[axis]!.path} = ${value}`] : [])).join(', ');
  if (low.value === high.value) return [`${name} is ${figureText(low.value, unit)} everywhere.`];
  const [first, second, words] = better === 'higher' ? [high, low, ['highest', 'lowest']] as const : [low, high, ['lowest', 'highest']] as const;
  return [`${name} is ${words[0]}, ${figureText(first.value, unit)}, at ${place(first)}; ${words[1]}, ${figureText(second.value, unit)}, at ${place(second)}.`];
}
