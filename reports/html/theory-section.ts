import type { RunResult } from '../run-result.js';
import { theoryLead, theoryRows } from '../words/theory.js';
import { html, type Markup } from './escape.js';
import { region } from './region.js';

/** The closed forms beside the simulated figures, where the scenario is a queue that theory knows. */
export function theorySection(result: RunResult): Markup | null {
  const lead = theoryLead(result);
  if (lead === null) return null;
  const rows = theoryRows(result);
  return html`<h3>Theory</h3>
<p>${lead}</p>
${rows.length === 0 ? null : html`<div class="scroll" ${region('Theory and simulation', result)}>
<table><thead><tr><th scope="col">Figure</th><th scope="col" class="number">Theory</th><th scope="col" class="number">Simulated</th><th scope="col">Do they agree?</th></tr></thead><tbody>
${rows.map(({ name, theory, simulated, agreement }) => html`<tr><th scope="row">${name}</th><td class="number">${theory}</td><td class="number">${simulated}</td><td>${agreement}</td></tr>`)}
</tbody></table></div>`}`;
}
