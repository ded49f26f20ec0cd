/** A distribution as it is said, with microseconds or bytes for units. */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly p50: number; readonly p99: number }
  | { readonly kind: 'pareto'; readonly min: number; readonly shape: number }
  | { readonly kind: 'trace'; readonly file: string; readonly values: readonly number[] };
