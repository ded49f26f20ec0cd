/**
 * What the code that handles a message costs on the machine it runs on, in microseconds of one core:
 * `baseMicros[operation] + perKiBMicros * sizeBytes / 1024`, rounded. An operation without an entry costs its bytes alone.
 */
export interface CostProfile {
  readonly baseMicros: Readonly<Record<string, number>>;
  readonly perKiBMicros: number;
}
