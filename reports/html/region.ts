import type { RunResult } from '../run-result.js';
import { html, type Markup } from './escape.js';

/** Attributes of a part of a run's section that can be scrolled, and so be reached from the keyboard; a page of several runs has it several times, and tells them apart. */
export const region = (label: string, { scenario, seed }: Pick<RunResult, 'scenario' | 'seed'>): Markup => html`tabindex="0" role="region" aria-label="${label}, ${scenario.name}, seed ${seed}"`;
