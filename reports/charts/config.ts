import type { Config } from 'vega-lite';
import { palette } from './palette.js';

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** What all charts have in common. */
export const chartConfig: Config = {
  // The page says what a chart shows; every mark saying it again would only make it longer.
  aria: false,
  background: 'transparent',
  font,
  padding: 6,
  view: { stroke: null },
  axis: {
    labelColor: palette.muted, titleColor: palette.muted, domainColor: palette.axis, tickColor: palette.axis, gridColor: palette.grid,
    labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 8, labelPadding: 4, tickSize: 4,
  },
  // Every plot begins at the same place, so that charts one below the other share their time axis.
  axisY: { minExtent: 46, maxExtent: 46, domain: false, ticks: false },
  legend: { titleColor: palette.muted, titleFontSize: 12, titleFontWeight: 'normal', labelColor: palette.ink, labelFontSize: 12, labelLimit: 0, offset: 8 },
};
