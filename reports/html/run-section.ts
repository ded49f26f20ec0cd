import type { PackedRecording } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { answerSection } from './answer-section.js';
import { chartSection } from './chart-section.js';
import { html, type Markup } from './escape.js';
import { faultSection, figureTables, peopleSection } from './figure-tables.js';
import { settingsSection } from './settings-section.js';
import { steadySection } from './steady-section.js';
import { storySection } from './story-section.js';
import { theorySection } from './theory-section.js';
import { timelineSection } from './timeline-section.js';
import { verdictSection } from './verdict-section.js';

/** Everything about one run, the answer first. */
export async function runSection(result: RunResult, options: { readonly anchor: string; readonly isAlone: boolean; readonly history: PackedRecording | null }): Promise<Markup> {
  const { scenario } = result;
  const { anchor } = options;
  const seed = options.isAlone ? null : html` <span class="muted">seed ${result.seed}</span>`;
  return html`<section class="run" id="${anchor}" aria-labelledby="${anchor}-heading">
<h2 id="${anchor}-heading">${scenario.name}${seed}</h2>
${scenario.description === '' ? null : html`<p class="description">${scenario.description.trim()}</p>`}
${answerSection(result)}
${verdictSection(result)}
${storySection(result, anchor)}
${await chartSection(result, anchor)}
${timelineSection(result, options.history, anchor)}
${faultSection(result)}
${peopleSection(result)}
${figureTables(result)}
${steadySection(result)}
${theorySection(result)}
${settingsSection(result)}
</section>`;
}
