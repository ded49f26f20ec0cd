import type { DistributionSpec } from '../../scenarios/index.js';

const LN_2 = Math.LN2;

/** The middle of a distribution in whole units: half of the values are smaller. Of a trace, the middle of its values. */
export function medianOf(spec: DistributionSpec): number {
  return Math.round(middleOf(spec));
}

function middleOf(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return (spec.min + spec.max) / 2;
    case 'exponential':
      return spec.mean * LN_2;
    case 'lognormal':
      return spec.p50;
    case 'pareto':
      return spec.min * 2 ** (1 / spec.shape);
    case 'trace':
      return [...spec.values].sort((one, other) => one - other)[spec.values.length >> 1] ?? 0;
  }
}
