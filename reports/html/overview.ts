import type { RunResult } from '../run-result.js';
import { answerOf } from '../words/answer.js';
import { keyFigures } from '../words/key-figures.js';
import { counted } from '../words/numbers.js';
import { html, type Markup } from './escape.js';
import { icon } from './icon.js';

/** A run in the overview; `anchor` is null when the page does not go into it. */
export interface OverviewEntry {
  readonly result: RunResult;
  readonly anchor: string | null;
}

/** All runs in a table, with links to those that follow; of too many runs, the entries are those that the page has room for. */
export function overview(results: readonly RunResult[], entries: readonly OverviewEntry[]): Markup {
  const told = entries.filter(({ anchor }) => anchor !== null).length;
  const unlisted = results.length - entries.length;
  return html`<h1>${headline(results)}</h1>
${told === results.length ? null : html`<p class="muted">This page goes into ${told} of ${counted(results.length, 'run')}, those that need attention first${unlisted === 0 ? '' : `, and leaves out ${unlisted}`}; the JSON report has all of them.</p>`}
<table class="stack"><thead><tr><th scope="col">Outcome</th><th scope="col">Run</th><th scope="col" class="number">Throughput</th><th scope="col" class="number">p99</th>
<th scope="col" class="number">Redelivered</th><th scope="col" class="number">Dead-lettered</th></tr></thead>
<tbody>${entries.map(row)}</tbody></table>`;
}

function headline(results: readonly RunResult[]): string {
  const bad = results.filter((result) => answerOf(result).tone === 'bad').length;
  const unsure = results.filter((result) => answerOf(result).tone === 'unsure').length;
  if (results.length === 0) return 'No run was finished.';
  if (bad > 0) return `${bad} of ${counted(results.length, 'run')} did not turn out as expected.`;
  if (unsure > 0) return `${unsure} of ${counted(results.length, 'run')} gave no answer.`;
  return `All ${results.length} runs turned out as expected.`;
}

function row({ result, anchor }: OverviewEntry): Markup {
  const { tone, word, headline: text } = answerOf(result);
  const figures = new Map(keyFigures(result).map(({ label, value }) => [label, value]));
  const valueOf = (label: string): string => figures.get(label) ?? '';
  const name = anchor === null ? html`${result.scenario.name}` : html`<a href="#${anchor}">${result.scenario.name}</a>`;
  return html`<tr><td><span class="pill ${tone}">${icon(tone)} ${word}</span></td>
<th scope="row">${name} <span class="muted">seed ${result.seed}</span><p class="muted">${text}</p></th>
<td class="number" data-label="Throughput">${valueOf('Throughput')}</td><td class="number" data-label="p99">${valueOf('End-to-end latency, p99')}</td>
<td class="number" data-label="Redelivered">${valueOf('Redelivered')}</td><td class="number" data-label="Dead-lettered">${valueOf('Dead-lettered')}</td></tr>`;
}
