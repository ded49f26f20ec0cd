import type { CapacityResult, Comparison, SweepResult } from '../run-result.js';

export { capacityText } from './capacity-text.js';
export { compareText } from './compare-text.js';
export { sweepCsv } from './sweep-csv.js';
export { sweepText } from './sweep-text.js';

// Pages draw charts, and what draws them is large: it is loaded when a page is asked for.
export const capacityPage = async (capacity: CapacityResult): Promise<string> => (await import('./capacity-page.js')).capacityPage(capacity);
export const comparePage = async (comparison: Comparison): Promise<string> => (await import('./compare-page.js')).comparePage(comparison);
export const sweepPage = async (sweep: SweepResult): Promise<string> => (await import('./sweep-page.js')).sweepPage(sweep);
