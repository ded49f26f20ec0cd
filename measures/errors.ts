/** Thrown when a threshold asks for a measure that does not exist, or for an aggregate that its measure does not have. */
export class UnknownMeasureError extends Error {
  readonly code = 'QL_MEASURE_UNKNOWN';
  readonly measure: string;
  readonly aggregate: string;
  constructor(aggregate: string, measure: string, known: readonly string[]) {
    super(`There is no ${aggregate}(${measure}). Known here: ${known.join(', ')}.`);
    this.name = 'UnknownMeasureError';
    this.measure = measure;
    this.aggregate = aggregate;
  }
}
