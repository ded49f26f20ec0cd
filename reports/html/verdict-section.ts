import { formatInstant } from '../../history/index.js';
import type { RunResult, VerdictResult } from '../run-result.js';
import { formatCount } from '../words/numbers.js';
import { byUrgency, expectedWords, toneOf, verdictWords } from '../words/verdicts.js';
import { html, type Markup } from './escape.js';

const symbols = { good: '✓', bad: '✗', noted: '!', quiet: '–' } as const;

/** Every promise with its verdict, those first that need to be read; then the thresholds. */
export function verdictSection({ verdicts, thresholds }: RunResult): Markup {
  const promises = verdicts.length === 0
    ? html`<p class="muted">No promise was watched.</p>`
    : html`<table class="stack"><thead><tr><th scope="col">Verdict</th><th scope="col">Promise</th><th scope="col">Expected</th>
<th scope="col" class="number">Put to the test</th><th scope="col" class="number">Violations</th></tr></thead>
<tbody>${byUrgency(verdicts).map(verdictRow)}</tbody></table>`;
  return html`<h3>Promises</h3>
${promises}${thresholds.length === 0 ? null : thresholdTable(thresholds)}`;
}

function verdictRow(verdict: VerdictResult): Markup {
  const tone = toneOf(verdict);
  const { first, contract } = verdict;
  return html`<tr><td><span class="pill ${tone}"><span aria-hidden="true">${symbols[tone]}</span> ${verdictWords[verdict.verdict]}</span></td>
<th scope="row">${verdict.promise} <code class="muted">${verdict.invariant}</code>
${contract === '' ? null : html`<p class="muted">${contract}</p>`}
${first === null ? null : html`<p>First at ${formatInstant(first.atMicros)}: ${first.text}</p>`}</th>
<td data-label="Expected">${expectedWords(verdict)}</td>
<td class="number" data-label="Put to the test">${formatCount(verdict.exercised)}</td>
<td class="number" data-label="Violations">${formatCount(verdict.count)}</td></tr>`;
}

function thresholdTable(thresholds: RunResult['thresholds']): Markup {
  return html`<h3>Thresholds</h3>
<table><thead><tr><th scope="col">Result</th><th scope="col">Threshold</th><th scope="col" class="number">Measured</th></tr></thead>
<tbody>${thresholds.map(({ expression, actual, met }) => html`<tr>
<td><span class="pill ${met ? 'good' : 'bad'}"><span aria-hidden="true">${met ? '✓' : '✗'}</span> ${met ? 'met' : 'missed'}</span></td>
<th scope="row"><code>${expression}</code></th><td class="number">${actual}</td></tr>`)}</tbody></table>`;
}
