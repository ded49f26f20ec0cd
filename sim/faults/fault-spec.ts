/** A parameter as it stands in a schedule: microseconds, bytes, probabilities and factors are plain numbers. */
export type FaultValue = number | string | readonly string[];

/**
 * One entry of a fault schedule: plain JSON, with every time in integer microseconds of true time. What a fault kind takes
 * beside these keys is in its `FaultDefinition`.
 */
export interface FaultSpec {
  /** When it begins, from the start of the run. */
  readonly at: number;
  /** The kind, a key of `FAULT_KINDS`. */
  readonly fault: string;
  /** A machine, or several. For a link fault: the machines on its first side. */
  readonly target: string | readonly string[];
  /** How long it lasts. Absent: until the world is healed. Instant kinds take none. */
  readonly for?: number;
  /** Begins again this long after each beginning. An explicit schedule has none: repetitions are entries of their own. */
  readonly every?: number;
  /** How many times in all; with `every` only. */
  readonly times?: number;
  /** No beginning at or after this time; with `every` only. */
  readonly until?: number;
  readonly [parameter: string]: FaultValue | undefined;
}
