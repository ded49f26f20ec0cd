import { LatencyHistogram } from './latency-histogram.js';
import { Batches } from './statistics/batches.js';

/** Something that takes durations. */
export interface DurationSink {
  /** @param micros an integer; below 0 counts as 0 */
  record(micros: number): unknown;
}

/** A distribution of durations, and how it came about batch by batch, for intervals of confidence. */
export class LatencyRecorder implements DurationSink {
  readonly histogram = new LatencyHistogram();
  readonly batches: Batches;
  readonly #clock: { readonly endMicros: number };
  readonly #isKept: boolean;

  /**
   * @param clock says how late it is, to within a step
   * @param hasBatches false when nobody will ask for intervals
   * @param isKept false when nobody will ask for anything: nothing is counted
   */
  constructor(clock: { readonly endMicros: number }, hasBatches = true, isKept = true) {
    this.#clock = clock;
    this.#isKept = isKept;
    this.batches = new Batches(hasBatches && isKept);
  }

  record(micros: number): void {
    if (!this.#isKept) return;
    if (this.batches.count(this.histogram.record(micros))) this.batches.close(this.histogram.sumMicros, this.#clock.endMicros);
  }
}
