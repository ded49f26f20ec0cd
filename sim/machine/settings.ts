import type { Host } from '../../engine/index.js';
import type { ClockSettings } from '../clock/index.js';
import type { DiskSettings } from '../disk/index.js';
import type { CostProfile } from '../process/index.js';

/** What a program says of a machine that it adds to a world. */
export interface MachineSettings<M> {
  /** Faults name it so, and other machines reach it under it. */
  readonly name: string;
  /** Messages that can be worked on at the same time. Without effect when `costs` is null. */
  readonly cores: number;
  /** What handling a message costs; null when it costs nothing. */
  readonly costs: CostProfile | null;
  readonly disk: DiskSettings;
  readonly clock?: ClockSettings;
  /** Starts the code of a process. Called at each start of the machine, with the host of the new incarnation. */
  readonly boot: (host: Host, machine: M) => void;
}
