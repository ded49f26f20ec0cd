import type { DistributionSpec } from '../../../scenarios/index.js';

/** Mean of a distribution, roughly: enough to know how long something takes. */
export function typical(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant': return spec.value;
    case 'uniform': return (spec.min + spec.max) / 2;
    case 'exponential': return spec.mean;
    case 'lognormal': return spec.p50;
    case 'pareto': return 2 * spec.min;
    case 'trace': return spec.values.reduce((sum, value) => sum + value, 0) / Math.max(1, spec.values.length);
  }
}
