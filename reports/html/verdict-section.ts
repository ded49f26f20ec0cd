import { formatInstant } from '../../history/index.js';
import type { RunResult, VerdictResult } from '../run-result.js';
import { counted, formatCount } from '../words/numbers.js';
import { breachesOf, byUrgency, expectedWords, thresholdVerdict, toneOf, verdictWords } from '../words/verdicts.js';
import { html, type Markup } from './escape.js';
import { icon } from './icon.js';
import { region } from './region.js';

/** Every promise with its verdict, those first that need to be read; then the thresholds. */
export function verdictSection(result: RunResult): Markup {
  const { verdicts, thresholds } = result;
  const idle = verdicts.filter((verdict) => toneOf(verdict) === 'quiet');
  const told = byUrgency(verdicts).filter((verdict) => toneOf(verdict) !== 'quiet');
  return html`<h3>Promises</h3>
${told.length === 0 ? html`<p class="muted">No promise was put to the test.</p>` : verdictTable(told)}
${idle.length === 0 ? null : html`<details><summary>${counted(idle.length, 'promise')} that nothing in this run could have broken</summary>
${verdictTable(idle)}</details>`}
${thresholds.length === 0 ? null : thresholdTable(result)}`;
}

function verdictTable(verdicts: readonly VerdictResult[]): Markup {
  return html`<table class="stack verdicts"><thead><tr><th scope="col">Verdict</th><th scope="col">Promise</th><th scope="col">Expected</th>
<th scope="col" class="number">Put to the test</th><th scope="col" class="number">Violations</th></tr></thead>
<tbody>${verdicts.map(verdictRow)}</tbody></table>`;
}

function verdictRow(verdict: VerdictResult): Markup {
  const tone = toneOf(verdict);
  const { first, contract, terms = '' } = verdict;
  return html`<tr><td><span class="pill ${tone}">${icon(tone)} ${verdictWords[verdict.verdict]}</span></td>
<th scope="row">${verdict.promise} <code class="muted">${verdict.invariant}</code>
${terms === '' ? null : html`<p class="terms">${terms}</p>`}
${contract === '' ? null : html`<p class="muted">${contract}</p>`}
${first === null ? null : html`<p>First at ${formatInstant(first.atMicros)}: ${first.text}</p>`}${furtherBreaches(verdict)}</th>
<td data-label="Expected">${expectedWords(verdict)}</td>
<td class="number" data-label="Put to the test">${formatCount(verdict.exercised)}</td>
<td class="number" data-label="Violations">${formatCount(verdict.count)}</td></tr>`;
}

/** Those after the first, folded. */
function furtherBreaches(verdict: VerdictResult): Markup | null {
  const further = breachesOf(verdict).slice(1);
  if (further.length === 0) return null;
  const left = verdict.count - further.length - 1;
  const summary = left > 0 ? `The next ${formatCount(further.length)} of ${formatCount(verdict.count - 1)} more` : counted(further.length, 'more time');
  return html`<details><summary>${summary}</summary>
<ol class="breaches" start="2">${further.map(({ atMicros, text }) => html`<li><time>${formatInstant(atMicros)}</time> ${text}</li>`)}</ol></details>`;
}

function thresholdTable(result: RunResult): Markup {
  const { thresholds } = result;
  const hasIntervals = thresholds.some(({ interval }) => interval !== undefined);
  return html`<h3>Thresholds</h3>
<div class="scroll" ${region('Thresholds', result)}><table><thead><tr><th scope="col">Result</th><th scope="col">Threshold</th><th scope="col" class="number">Measured</th>
${hasIntervals ? html`<th scope="col" class="number">The true figure lies in</th>` : null}</tr></thead>
<tbody>${thresholds.map((threshold) => thresholdRow(threshold, hasIntervals))}</tbody></table></div>`;
}

function thresholdRow(threshold: RunResult['thresholds'][number], hasIntervals: boolean): Markup {
  const { tone, word } = thresholdVerdict(threshold);
  return html`<tr><td><span class="pill ${tone}">${icon(tone)} ${word}</span></td>
<th scope="row"><code>${threshold.expression}</code></th><td class="number">${threshold.actual}</td>
${hasIntervals ? html`<td class="number">${threshold.interval ?? '-'}</td>` : null}</tr>`;
}
