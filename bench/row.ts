/** One figure of a benchmark: the median of five repetitions or more. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  /** Such as `M events/s`, `ms` or `MB`. */
  readonly unit: string;
  /** What the figure should reach, or not exceed where less is better. */
  readonly goal?: number;
  /** Something else that does the same work, measured in the same run. */
  readonly peer?: { readonly name: string; readonly value: number };
}
