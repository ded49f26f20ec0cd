/** Bounds between which a fuzzer draws, both included. */
export interface FuzzRange {
  readonly least: number;
  readonly most: number;
}

/** What `fuzz` may vary. Null leaves what the scenario says. */
export interface FuzzSpec {
  /** Messages that one producer sends at most, and never more than the scenario says. */
  readonly messages: FuzzRange;
  /** Machines behind each entry of `producers` and of `consumers`. */
  readonly producers: FuzzRange | null;
  readonly consumers: FuzzRange | null;
  readonly sizeBytes: FuzzRange | null;
  readonly delayMicros: FuzzRange | null;
  readonly handlerTimeMicros: FuzzRange | null;
  /** Probability that a handling fails. */
  readonly failure: FuzzRange | null;
  /** Every n-th message is poison, where a dead-letter queue takes it. */
  readonly poisonEvery: FuzzRange | null;
  /** Whether concurrency, batches, waits, extensions and what a failure leads to are drawn. */
  readonly clients: boolean;
  /** Whether fairness, limits of messages in flight, and scopes of FIFO queues are drawn. */
  readonly queues: boolean;
  /** Settings that are drawn, with the values to choose from. */
  readonly vary: readonly FuzzKnob[];
  readonly faults: FuzzFaults;
}

export interface FuzzKnob {
  /** Dotted, as `--set` takes it. */
  readonly path: string;
  /** As `--set` takes them. */
  readonly values: readonly string[];
}

export interface FuzzFaults {
  /** Families and kinds to choose from; empty for all. */
  readonly only: readonly string[];
  /** Families and kinds that are left out. */
  readonly without: readonly string[];
  /** Faults in one run. */
  readonly count: FuzzRange;
  /** How long one lasts; null: from a millisecond to a third of the time in which the run is busy. */
  readonly forMicros: FuzzRange | null;
}
