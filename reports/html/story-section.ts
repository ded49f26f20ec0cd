import { formatInstant } from '../../history/index.js';
import { spaceTimeDiagram } from '../diagram/index.js';
import type { RunResult, StoryStep, ViolationResult } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { type ToldStep, toldSteps } from '../words/told-steps.js';
import { firstViolation } from '../words/verdicts.js';
import { html, type Markup, trusted } from './escape.js';
import { themed } from './page-svg.js';
import { region } from './region.js';

/** Steps of a story that are shown. */
const STORY_STEPS = 200;

/** The first violation and the life story of its message as a timeline; null when there is nothing to explain. */
export function storySection(result: RunResult, anchor: string): Markup | null {
  const violated = firstViolation(result);
  if (violated === null || violated.first === null) return null;
  const { message, text, atMicros } = violated.first;
  const { story } = result;
  if (story.length === 0 && violated.met) return null;
  const what = violated.verdict === 'violated' ? 'violation' : 'anomaly';
  const violation = html`<li class="${violated.met ? 'noted' : 'bad'}-step"><time>${formatInstant(atMicros)}</time><p>${text}</p></li>`;
  const told = toldSteps(story, STORY_STEPS, atMicros);
  const at = placeOf(told, story, atMicros);
  return html`<h3>${message === 0 ? `The first ${what}` : `The first ${what}, and the life of message ${message}`}</h3>
<p class="muted">${violated.promise}</p>
<ol class="story">${told.slice(0, at).map(stepItem)}
${violation}
${told.slice(at).map(stepItem)}</ol>
${diagram(result, { ...violated.first, isAllowed: violated.verdict !== 'violated' }, anchor)}`;
}

/** The same as a picture, when there is a message. */
function diagram(result: RunResult, { atMicros, message, text, isAllowed }: ViolationResult & { readonly isAllowed: boolean }, anchor: string): Markup | null {
  const { story } = result;
  if (story.length === 0 || message === 0) return null;
  const svg = spaceTimeDiagram(story, { title: `Message ${message} between the machines`, violation: { atMicros, text, isAllowed }, id: `${anchor}-space-time` });
  return html`<details open><summary>Message ${message} between the machines</summary>
<div class="scroll" ${region('Space-time diagram', result)}>${trusted(themed(svg))}</div>
<p class="muted">Solid arrows are requests and deliveries, dashed ones their answers; a crossed arrow never arrived. Green bars are leases, blue ones handlers at work, grey ones a machine that is down, amber ones faults. A diamond is the effect.</p></details>`;
}

/** Where in what is told the breach belongs: after everything that led to it. */
function placeOf(told: readonly ToldStep[], story: readonly StoryStep[], breachMicros: number): number {
  let passed = 0;
  const after = told.findIndex((step) => {
    passed += typeof step === 'number' ? step : 1;
    return story[passed - 1]!.atMicros > breachMicros;
  });
  return after === -1 ? told.length : after;
}

function stepItem(step: ToldStep): Markup {
  if (typeof step === 'number') return html`<li><span></span><p class="muted">${counted(step, 'more step')}; the JSON report has all of them.</p></li>`;
  const { atMicros, actor, text, rule } = step;
  return html`<li><time>${formatInstant(atMicros)}</time><p>${actor === '' ? null : html`<b>${actor}</b> `}${text}${rule === undefined ? null : html`<span class="rule">because ${rule}</span>`}</p></li>`;
}
