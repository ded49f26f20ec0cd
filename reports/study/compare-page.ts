import { compareDifferencesChart } from '../charts/compare-differences.js';
import { compareLatencyChart } from '../charts/compare-latency.js';
import { compareFrame, compareOverTimeCharts } from '../charts/compare-over-time.js';
import { MAX_LINES } from '../charts/palette.js';
import { timeBar } from '../html/chart-section.js';
import { html, type Markup } from '../html/escape.js';
import { shell } from '../html/shell.js';
import type { Comparison } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { settingText } from '../words/setting-text.js';
import { comparedHeadline, comparedLead, comparedWords, deliveryRows, isWorse, promiseWords } from '../words/study.js';
import { studyCharts, studyTable } from './study-figure.js';

/** Charts of differences that a page has. */
const MAX_DIFFERENCES = 6;

/** One page of a comparison: what came out, then the figures, charts, settings and runs. */
export async function comparePage(comparison: Comparison): Promise<string> {
  const { variants, settings, delivery } = comparison;
  const others = variants.map((_, index) => index).slice(1);
  // In the direction of the sections: what is new against what was there.
  const title = `${others.map((index) => variants[index]!.name).join(', ')} against ${variants[0]!.name}`;
  const tone = isWorse(comparison) ? 'bad' : [...comparison.rows, ...comparison.promises].some(({ verdict }) => verdict === 'improved') ? 'good' : 'noted';
  const content = html`<section class="run">
<h1>${title}</h1>
<div class="answer ${tone}"><p class="word">comparison</p>
${others.map((index) => html`<p class="headline">${comparedHeadline(comparison, index)}</p>`)}</div>
${comparison.warnings.map((warning) => html`<p class="lead"><span class="pill noted">note</span> ${warning}</p>`)}
<p class="lead">${comparedLead(comparison)}</p>
${others.map((index) => html`<h2 class="part">${variants[index]!.name} against ${variants[0]!.name}</h2>
${promises(comparison, index)}
${figures(comparison, index)}`)}
<h2 class="part">Charts</h2>
${await studyCharts([compareLatencyChart(comparison), ...others.slice(0, MAX_DIFFERENCES).map((index) => compareDifferencesChart(comparison, index))])}
${await overTime(comparison)}
<h2 class="part">What is delivered, and what it costs</h2>
<p class="muted">Counts are means over the runs; “pooled” percentiles are those of the messages of all runs together, which are not the means over the runs above.</p>
${studyTable('Delivery', ['measure', ...variants.map(({ name }) => name)], deliveryRows(delivery))}
<h2 class="part">Settings that differ</h2>
${settings.length === 0 ? html`<p class="muted">All settings are the same.</p>` : studyTable('Settings that differ', ['setting', ...variants.map(({ name }) => name)], settings.map(({ path, values }) => [path, ...values.map((value) => value === null ? '-' : settingText({ path, value }))]), 99)}
<h2 class="part">Runs</h2>
${variants.map(({ name, runs }) => html`<details><summary>${name}</summary>${studyTable(`Runs of ${name}`, ['seed', 'outcome', 'fingerprint', 'run it again'], runs.map(({ seed, outcome, fingerprint, replay }) => [seed, outcome, html`<code>${fingerprint}</code>`, html`<code>${replay}</code>`]), 99)}</details>`)}
</section>`;
  return shell({ title, about: 'comparison', content });
}

/** The runs of each variant, one upon the other. */
async function overTime(comparison: Comparison): Promise<Markup | null> {
  const charts = compareOverTimeCharts(comparison);
  if (charts.length === 0) return null;
  const { virtualMicros, faults } = compareFrame(comparison);
  const isPooled = comparison.variants.some(({ overTime: run }) => run?.bands !== undefined);
  const seeds = [...new Set(comparison.variants.flatMap(({ overTime: run }) => run?.seed ?? []))];
  const what = isPooled ? `Lines are means over the runs of each variant, bands go from the least to the most of them; faults are those of the first run (seed ${seeds.join(', ')})` : `The run of each variant (seed ${seeds.join(', ')}), with the faults that struck`;
  const left = comparison.variants.length - MAX_LINES;
  return html`<h2 class="part">Over time</h2>
<p class="lead">${what}${left > 0 ? `, of the first ${MAX_LINES} variants` : ''}. What struck one variant only says which.</p>
<div>${timeBar(faults, 'study')}
${await studyCharts(charts, virtualMicros)}</div>`;
}

/** What did not come out as before, in sight; the rest behind a line that counts it. */
function promises(comparison: Comparison, variant: number): Markup {
  const rows = promiseWords(comparison, variant);
  const [from, to] = [comparison.variants[0]!.name, comparison.variants[variant]!.name];
  const part = (label: string, of: typeof rows): Markup => studyTable(`${label} of ${to} against ${from}`, ['promise', from, to, 'verdict'],
    of.map(({ promise, base, value, verdict, tone }) => [html`<code>${promise}</code>`, base, value, html`<span class="pill ${tone}">${verdict}</span>`]), 99);
  const [told, rest] = [rows.filter(({ tone }) => tone !== 'quiet'), rows.filter(({ tone }) => tone === 'quiet')];
  return html`${told.length === 0 ? null : part('Promises', told)}
${rest.length === 0 ? null : html`<details><summary>${counted(rest.length, told.length === 0 ? 'promise' : 'other promise')} came out as before</summary>${part('Other promises', rest)}</details>`}`;
}

function figures(comparison: Comparison, variant: number): Markup {
  const rows = comparison.rows.filter((row) => row.variant === variant).map((row) => {
    const { figure, base, value, percent, interval, verdict, tone } = comparedWords(row);
    return [figure, base, value, percent, interval, html`<span class="pill ${tone}">${verdict}</span>`];
  });
  const [from, to] = [comparison.variants[0]!.name, comparison.variants[variant]!.name];
  return html`${studyTable(`Figures of ${to} against ${from}`, ['figure', from, to, 'difference', 'interval of the difference', 'verdict'], rows)}`;
}
