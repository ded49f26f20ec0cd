import type { RunResult } from '../run-result.js';
import { steadyLead, steadyRows } from '../words/steady-state.js';
import { html, type Markup } from './escape.js';
import { region } from './region.js';

/** The figures of the settled system with their intervals, and how they were found. */
export function steadySection(result: RunResult): Markup | null {
  const lead = steadyLead(result);
  if (lead === null) return null;
  const rows = steadyRows(result);
  return html`<h3>Steady state</h3>
<p>${lead}</p>
${rows.length === 0 ? null : html`<div class="scroll" ${region('Steady state', result)}>
<table><thead><tr><th scope="col">Measure</th><th scope="col" class="number">Mean</th><th scope="col" class="number">p50</th><th scope="col" class="number">p99</th>
<th scope="col" class="number">Warm-up left out</th><th scope="col">Note</th></tr></thead><tbody>
${rows.map(({ name, mean, p50, p99, warmUp, note }) => html`<tr><th scope="row">${name}</th><td class="number">${mean}</td><td class="number">${p50}</td><td class="number">${p99}</td><td class="number">${warmUp}</td><td>${note}</td></tr>`)}
</tbody></table></div>`}`;
}
