import type { SweepResult } from '../run-result.js';
import { figureName } from '../words/figure-name.js';
import { namedFigureText } from '../words/named-figure.js';
import { counted } from '../words/numbers.js';
import { heldSettings } from './varied-axes.js';

/** Of each figure, where in the grid it is best and where worst, and whether all runs held: sentences. */
export function sweepAnswers(sweep: SweepResult): string[] {
  const failed = sweep.points.filter(({ held }) => held < sweep.seeds.length).length;
  const held = failed === 0 ? 'Every run held what it promises.' : `At ${counted(failed, 'point')} of ${sweep.points.length} not every run held what it promises.`;
  return [...sweep.figures.flatMap((_, figure) => extremes(sweep, figure)), held];
}

/** With fewer, only large differences are more than chance. */
const FEW_SEEDS = 5;
/** Points with the same figure that are named one by one. */
const MAX_TIED = 3;

function extremes({ points, figures, axes, extremes: ends, seeds }: SweepResult, figure: number): string[] {
  const { unit, better } = figures[figure]!;
  const found = ends[figure];
  if (found === null || found === undefined) return [];
  const [low, high] = [points[found.lowest]!, points[found.highest]!];
  const name = sweptName(figures[figure]!);
  const value = (point: SweepResult['points'][number]): string => namedFigureText(figures[figure]!.name, point.figures[figure]!.value, unit);
  const place = ({ at }: SweepResult['points'][number]): string => at.flatMap((one, axis) => ((axes[axis]?.values.length ?? 0) > 1 ? [`${axes[axis]!.path} = ${one}`] : [])).join(', ');
  const places = (best: SweepResult['points'][number]): string => {
    const tied = [best, ...points.filter((point) => point !== best && (point.figures[figure] ?? null) !== null && value(point) === value(best))];
    const named = tied.slice(0, MAX_TIED).map((point) => `at ${place(point)}`).join(' and ');
    return tied.length > MAX_TIED ? `${named} and ${counted(tied.length - MAX_TIED, 'more point', 'more points')}` : named;
  };
  if (found.verdict === 'same' || value(low) === value(high)) return [`${name} is ${value(low)} everywhere.`];
  if (found.verdict !== 'differs') return [`${name}: ${counted(seeds.length, 'seed')} cannot tell ${value(low)} from ${value(high)}${seeds.length < FEW_SEEDS ? '; use more' : ', which is no more than chance'}.`];
  const [first, second, words] = better === 'higher' ? [high, low, ['highest', 'lowest']] as const : [low, high, ['lowest', 'highest']] as const;
  return [`${name} is ${words[0]}, ${value(first)}, ${places(first)}; ${words[1]}, ${value(second)}, ${places(second)}.`];
}

/** A figure with what it speaks of, where that is not the whole run. */
export const sweptName = ({ name, basis, unit }: SweepResult['figures'][number]): string => figureName(name, { basis, unit });

/** What the figures are. */
export function sweepLead(sweep: SweepResult): string {
  const { points, seeds, figures } = sweep;
  const held = sweep.axes.length === 1 ? [] : heldSettings(sweep);
  const same = held.length === 0 ? '' : ` At all of them ${held.map(({ path, value }) => `${path} = ${value}`).join(' and ')}.`;
  const isSettled = figures.some(({ basis }) => basis === 'steady-state');
  const what = isSettled
    ? 'Figures marked “settled” are those of the system after its warm-up, with the intervals within the run; all others are those of whole runs, warm-up and drain included.'
    : `Figures are those of whole runs, warm-up and drain included${seeds.length > 1 ? ', and means over the seeds; intervals of 95 % are over the seeds' : ', without intervals'}.`;
  return `${counted(points.length, 'point')}, each run with ${counted(seeds.length, 'seed')}${seeds.length > 1 ? ', the same at all points' : ''}.${same} ${what}`;
}
