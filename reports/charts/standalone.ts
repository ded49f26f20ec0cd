import { escapeText } from '../html/escape.js';
import type { RunResult } from '../run-result.js';
import { chartsOfRun } from './charts-of-run.js';
import { drawSvg } from './draw.js';

/** Charts of a run by id, in the order of its page. */
export const chartIds = (result: RunResult): string[] => chartsOfRun(result).map(({ id }) => id);

const GROUND = '#ffffff';

/**
 * A chart of a run as a picture of its own, on a white ground, for documents and comments. Null when the run has none of that id; a text
 * that says why when there is nothing to draw.
 */
export async function standaloneChart(result: RunResult, id: string): Promise<{ readonly svg: string } | { readonly nothing: string } | null> {
  const chart = chartsOfRun(result).find((one) => one.id === id);
  if (chart === undefined) return null;
  const { drawing, title, description } = chart;
  if ('nothing' in drawing) return drawing;
  const head = (open: string): string => `${open}<title>${escapeText(title)}</title><desc>${escapeText(description)}</desc><rect width="100%" height="100%" fill="${GROUND}"/>`;
  return { svg: (await drawSvg(drawing)).replace(/<svg[^>]*>/, head) };
}
