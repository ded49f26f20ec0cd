import type { ReporterArguments } from './reporter-plan.js';

/** What `queuelab run` was told. */
export interface RunArguments extends ReporterArguments {
  readonly files: readonly string[] | undefined;
  readonly seed: string | undefined;
  /** `path=value`, in the order given. */
  readonly set: readonly string[];
  /** `off`, `on`, or a number. */
  readonly trace: string;
  /** Names of deliberate bugs to switch on. */
  readonly mutant: readonly string[];
  /** Whether each run is made twice and compared. */
  readonly verify: boolean;
}
