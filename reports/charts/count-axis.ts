/** A linear axis from 0 for counts and rates, in Vega-Lite's words. */
export function countAxis(title: string, values: readonly (number | null)[]): object {
  const highest = values.reduce<number>((high, value) => Math.max(high, value ?? 0), 0);
  return {
    title,
    // Something that was zero all along lies on the ground of an axis that goes to 1.
    scale: { domain: [0, highest === 0 ? 1 : highest * 1.05], nice: 4, zero: true },
    axis: { tickCount: 4, format: highest >= 100_000 ? '~s' : highest >= 4 ? ',.0f' : highest === 0 || highest >= 0.1 ? ',.2~f' : '.2~r', ...(highest >= 3 ? { tickMinStep: 1 } : {}) },
  };
}
