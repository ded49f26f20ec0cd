/**
 * The colours that charts are drawn in, by what they stand for. Each is used once, so that a drawing can be turned over to the
 * variables of a page afterwards. The lines are those of Okabe and Ito (2008), which the colour-blind can tell apart.
 */
export const palette = {
  ink: '#1c2127',
  muted: '#59626d',
  grid: '#e3e6ea',
  axis: '#9aa3ad',
  fault: '#e69f01',
  violation: '#a33c00',
  lineA: '#0072b2',
  lineB: '#d55e00',
  lineC: '#009e73',
  lineD: '#cc79a7',
  lineE: '#56b4e9',
  heatA: '#cfe4f3',
  heatB: '#93c2e4',
  heatC: '#589ccf',
  heatD: '#2470b2',
  heatE: '#08396f',
  // Text upon the heat: on the third colour dark in both schemes, on the strong ones the colour of the ground.
  onHeatC: '#1c2128',
  onHeatD: '#fffffe',
} as const;

export type ColorName = keyof typeof palette;

/** The variable of a page that stands for a colour: `--ql-line-a` for `lineA`. */
export const variableOf = (name: string): string => `--ql-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Colours and dashes of lines, in the order in which they are given out: dashes tell them apart in black and white. */
export const lineStyles = [
  { color: palette.lineA, dash: [1, 0] },
  { color: palette.lineB, dash: [7, 3] },
  { color: palette.lineC, dash: [2, 2] },
  { color: palette.lineD, dash: [10, 3, 2, 3] },
  { color: palette.lineE, dash: [4, 4] },
] as const;

/** Few to many: each step is stronger against the ground than the one before, in a light and in a dark scheme. */
export const heatColors = [palette.heatA, palette.heatB, palette.heatC, palette.heatD, palette.heatE] as const;

/** Lines that a chart has at most. */
export const MAX_LINES = lineStyles.length;
