/** How runs are drawn. */
export interface DrawStyle {
  /** Each fault family, and each kind in it, is left out of a run with probability ½. */
  readonly masks: boolean;
  /** Amounts are uniform in their logarithm instead of uniform. */
  readonly heavyTails: boolean;
  /** Faults come in sequences that belong together, and are aimed at moments that matter, instead of one by one at any time. */
  readonly shapes: boolean;
}

export const SWARM_STYLE: DrawStyle = { masks: true, heavyTails: true, shapes: true };
export const UNIFORM_STYLE: DrawStyle = { masks: false, heavyTails: false, shapes: false };
