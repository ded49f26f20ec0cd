import { rateLatencyChart } from '../charts/rate-latency.js';
import { html } from '../html/escape.js';
import { shell } from '../html/shell.js';
import type { CapacityResult } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { busyWords } from '../words/study.js';
import { CAPACITY_HEAD, capacityCommand, capacityHeadline, capacityReasons, probeWords, untilOf } from './capacity-words.js';
import { studyCharts, studyTable } from './study-figure.js';

/** One page of a search for the capacity: the answer, the figure against the rate, and every rate that was tried. */
export async function capacityPage(capacity: CapacityResult): Promise<string> {
  const { scenario, probes, seeds, sustained, limit } = capacity;
  const { figure, unit } = untilOf(capacity);
  const command = capacityCommand(capacity);
  const line = { label: figure, points: probes.map(({ ratePerSecond, value }) => ({ x: ratePerSecond, y: value })) };
  const content = html`<section class="run">
<h1>${scenario.name}: capacity</h1>
<div class="answer ${sustained === null ? 'bad' : 'good'}"><p class="word">capacity</p><p class="headline">${capacityHeadline(capacity)}</p>
<ul>${capacityReasons(capacity).map((reason) => html`<li>${reason}</li>`)}</ul></div>
<p class="lead">Each rate was run with ${counted(seeds.length, 'seed')}, the same at all rates. The rates that were tried depend on nothing but the outcomes, so the answer is the same on every machine.</p>
${await studyCharts([rateLatencyChart({ id: 'capacity', figure, unit, rate: 'messages offered', lines: [line], limit })])}
${command === null ? null : html`<h2 class="part">Run it at that rate</h2>
<pre class="replay" tabindex="0"><code>${command}</code></pre>`}
<h2 class="part">Rates that were tried</h2>
${studyTable('Rates that were tried', CAPACITY_HEAD(figure), probes.map((probe) => probeWords(probe, unit)))}
${sustained === null ? null : html`<h2 class="part">What was busy at the highest rate</h2>
<ul>${sustained.busiest.map((busy) => html`<li>${busyWords(busy)}</li>`)}</ul>`}
</section>`;
  return shell({ title: `${scenario.name}: capacity`, about: 'capacity', content });
}
