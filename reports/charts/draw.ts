import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Draws a chart as SVG text; the same chart gives the same bytes. No browser or canvas is needed. */
export async function drawSvg(drawing: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(drawing, { logger: silent }).spec), { renderer: 'none' });
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
