import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.js';

interface VegaText {
  readonly fontSize?: number;
  readonly limit?: number;
}

const FONT_SIZE = 11;

// Where Vega can be told how wide texts are; its types leave it out.
const { textMetrics } = vega as unknown as { readonly textMetrics: { width: (item: VegaText, text: unknown) => number } };
textMetrics.width = ({ fontSize = FONT_SIZE, limit = 0 }: VegaText, text: unknown): number => {
  const width = textWidth(String(text ?? ''), fontSize);
  return limit > 0 ? Math.min(width, limit) : width;
};

/** Draws a chart as SVG text; the same chart gives the same bytes. No browser or canvas is needed. */
export async function drawSvg(drawing: TopLevelSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(drawing, { logger: silent }).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Vega-Lite's remarks go nowhere: stdout and stderr belong to the reports. */
const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as unknown as NonNullable<NonNullable<Parameters<typeof compile>[1]>['logger']>;
