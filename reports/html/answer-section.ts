import type { RunResult } from '../run-result.js';
import { answerOf } from '../words/answer.js';
import { keyFigures } from '../words/key-figures.js';
import { html, type Markup } from './escape.js';
import { icon } from './icon.js';

/** The answer in words and the figures that matter. */
export function answerSection(result: RunResult): Markup {
  const { tone, word, headline, details } = answerOf(result);
  const list = details.length === 0 ? null : html`<ul>${details.map((detail) => html`<li>${detail}</li>`)}</ul>`;
  return html`<div class="answer ${tone}">
<p class="word">${icon(tone)} ${word}</p>
<p class="headline">${headline}</p>${list}
</div>
<dl class="figures">
${keyFigures(result).map(({ label, value, note }) => html`<div><dt>${label}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>`)}
</dl>`;
}
