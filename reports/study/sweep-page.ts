import type { Chart } from '../charts/chart.js';
import { rateLatencyChart } from '../charts/rate-latency.js';
import { sweepHeatChart } from '../charts/sweep-heat.js';
import { sweepLinesChart } from '../charts/sweep-lines.js';
import { html } from '../html/escape.js';
import { shell } from '../html/shell.js';
import type { SweepResult } from '../run-result.js';
import { sweepAnswers, sweepLead, sweptName } from './sweep-words.js';
import { studyCharts, studyTable } from './study-figure.js';
import { sweepHead, sweepRows } from './sweep-rows.js';
import { variedOnly } from './varied-axes.js';

/** Settings by which a scenario offers more or less. */
const MAKES_THE_RATE = /^producers\..*\.(rate|interval|count)$/;
/** Small multiples that a page shows of each figure. */
const MAX_MULTIPLES = 12;

/** One page of a sweep: heat maps and lines of every figure, the rate against the latency, and the table. */
export async function sweepPage(whole: SweepResult): Promise<string> {
  const sweep = variedOnly(whole);
  const { axes, scenario } = sweep;
  const content = html`<section class="run">
<h1>${scenario.name}: ${axes.map(({ path }) => path).join(' × ')}</h1>
<div class="answer plain"><p class="word">sweep</p>
<ul>${sweepAnswers(sweep).map((answer) => html`<li>${answer}</li>`)}</ul></div>
<p class="lead">${sweepLead(whole)}</p>
${await studyCharts(chartsOf(sweep))}
<h2 class="part">All points</h2>
${studyTable('All points', sweepHead(sweep), sweepRows(sweep), axes.length)}
</section>`;
  return shell({ title: `${scenario.name}: sweep`, about: 'sweep', content });
}

function chartsOf(sweep: SweepResult): Chart[] {
  const multiples = restsOf(sweep).slice(0, MAX_MULTIPLES);
  const charts = sweep.figures.flatMap((_, figure) => multiples.flatMap((rest) => [
    ...(sweep.axes.length > 1 ? [sweepHeatChart(sweep, figure, rest)] : []),
    sweepLinesChart(sweep, figure, rest),
  ]));
  return [...hockeySticks(sweep), ...charts];
}

/** All values of the third and further axes: a small multiple for each. */
const restsOf = ({ axes }: SweepResult): string[][] =>
  axes.slice(2).reduce<string[][]>((rests, { values }) => rests.flatMap((rest) => values.map((value) => [...rest, value])), [[]]);

/** Every latency against the throughput, a line for each combination of the settings that do not make the rate; none where no setting does. */
function hockeySticks(sweep: SweepResult): Chart[] {
  const rate = sweep.figures.findIndex(({ name }) => name === 'throughput');
  const along = sweep.axes.findIndex(({ path, values }) => values.length > 1 && MAKES_THE_RATE.test(path));
  if (rate === -1 || along === -1) return [];
  return sweep.figures.flatMap((swept, figure) => {
    const { unit } = swept;
    if (unit !== 'micros') return [];
    const groups = new Map<string, { x: number; y: number | null }[]>();
    for (const { at, figures } of sweep.points) {
      const x = figures[rate]?.value;
      const label = at.flatMap((value, axis) => (axis === along ? [] : [`${lastPart(sweep.axes[axis]!.path)} ${value}`])).join(', ') || sweep.axes[along]!.path;
      if (x !== undefined) groups.set(label, [...(groups.get(label) ?? []), { x, y: figures[figure]?.value ?? null }]);
    }
    const lines = [...groups].map(([label, points]) => ({ label, points: points.sort((left, right) => left.x - right.x) }));
    return [rateLatencyChart({ id: `rate-${figure}`, figure: sweptName(swept), unit, rate: 'messages acknowledged', lines })];
  });
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
