import type { RunResult } from '../run-result.js';
import { countRows, latencyRows } from '../words/key-figures.js';
import { faultLines } from '../words/faults.js';
import { guardLines } from '../words/guards.js';
import { operatorLines } from '../words/operators.js';
import { counted } from '../words/numbers.js';
import { html, type Markup } from './escape.js';
import { region } from './region.js';

/** Faults that are listed. */
const MAX_FAULTS = 100;

/** Latencies and counts as tables. */
export function figureTables(result: RunResult): Markup {
  const rows = latencyRows(result);
  const latencies = rows.length === 0 ? html`<p class="muted">No latency was measured.</p>` : html`<div class="scroll" ${region('Latencies', result)}>
<table><thead><tr><th scope="col">Latency</th><th scope="col" class="number">Count</th><th scope="col" class="number">p50</th><th scope="col" class="number">p90</th>
<th scope="col" class="number">p99</th><th scope="col" class="number">p99.9</th><th scope="col" class="number">Maximum</th></tr></thead><tbody>
${rows.map((row) => html`<tr><th scope="row">${row.name}</th><td class="number">${row.count}</td><td class="number">${row.p50}</td><td class="number">${row.p90}</td><td class="number">${row.p99}</td><td class="number">${row.p999}</td><td class="number">${row.max}</td></tr>`)}
</tbody></table></div>`;
  const counts = countRows(result);
  return html`<h3>Latencies</h3>
${latencies}
<details><summary>Counts</summary>
${counts.length === 0 ? html`<p class="muted">Nothing happened.</p>` : html`<table><thead><tr><th scope="col">What</th><th scope="col" class="number">How often</th></tr></thead>
<tbody>${counts.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td class="number">${value}</td></tr>`)}</tbody></table>`}
</details>`;
}

/** What operators saw and did, and how clients guarded themselves. Null for a run with nothing of it. */
export function peopleSection(result: RunResult): Markup | null {
  const [operators, guards] = [operatorLines(result), guardLines(result)];
  if (operators.length + guards.length === 0) return null;
  return html`${listOf('Operators', operators)}${listOf('Clients', guards)}`;
}

function listOf(heading: string, lines: readonly string[]): Markup | null {
  if (lines.length === 0) return null;
  const left = lines.length - MAX_FAULTS;
  return html`<h3>${heading}</h3>
<ul>${lines.slice(0, MAX_FAULTS).map((line) => html`<li>${line}</li>`)}</ul>
${left > 0 ? html`<p class="muted">and ${counted(left, 'more line')}; the JSON report lists all of them.</p>` : null}`;
}

/** The faults that struck, in words. */
export function faultSection(result: RunResult): Markup {
  const faults = faultLines(result);
  if (faults.length === 0) return html`<h3>Faults</h3><p class="muted">Nothing was made to go wrong.</p>`;
  const left = faults.length - MAX_FAULTS;
  return html`<h3>Faults</h3>
<ul>${faults.slice(0, MAX_FAULTS).map((line) => html`<li>${line}</li>`)}</ul>
${left > 0 ? html`<p class="muted">and ${counted(left, 'more fault')}; the JSON report lists all of them.</p>` : null}`;
}
