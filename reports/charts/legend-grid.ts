import { PLOT_WIDTH } from './chart.js';
import { textWidth } from './text-width.js';

/** Letters on a phone are larger than those that a legend is laid out for, and some typefaces wider than reckoned: what fits at this size fits everywhere. */
const LARGEST_SIZE = 15;
const LAID_OUT_SIZE = 12;
/** A symbol with the distance to its label. */
const SYMBOL = 24;
const GAP = 14;
/** Beyond the plot, on its right, a legend may go on for so much. */
const BEYOND_PLOT = 20;

export interface LegendGrid {
  readonly columns: number;
  readonly columnPadding: number;
}

/** How many labels of a legend stand beside one another below a plot, and how far apart, so that on a phone none touches the next. */
export function legendGrid(labels: readonly string[], { most = 3, plotWidth = PLOT_WIDTH }: { readonly most?: number; readonly plotWidth?: number } = {}): LegendGrid {
  const widest = (size: number): number => labels.reduce((width, label) => Math.max(width, textWidth(label, size)), 0);
  const fitting = Math.floor((plotWidth + BEYOND_PLOT + GAP) / (SYMBOL + widest(LARGEST_SIZE) + GAP));
  return { columns: Math.max(1, Math.min(most, fitting)), columnPadding: GAP + Math.ceil(widest(LARGEST_SIZE) - widest(LAID_OUT_SIZE)) };
}
