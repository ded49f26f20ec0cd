import type { Circumstance } from './circumstances.js';
import type { PreconditionId } from './preconditions.js';

/** What can happen to what one node has stored. */
export const STORAGE_FAULTS = ['crash', 'power-loss', 'failed-sync', 'disk-replaced', 'corruption'] as const;
export type StorageFault = (typeof STORAGE_FAULTS)[number];

/** The same, and what can happen to a cluster: the columns of the matrix. */
export const LOSS_FAULTS = [...STORAGE_FAULTS, 'total-power-loss', 'leader-partitioned'] as const;
export type LossFault = (typeof LOSS_FAULTS)[number];

/**
 * What becomes of an acknowledged send. `kept`: must not be lost. `may-be-lost`: allowed. `not-applicable`: the fault cannot strike
 * this configuration. `not-stated`: the system's documentation and source leave it open. Otherwise it depends on a precondition.
 */
export type SendFate = 'kept' | 'may-be-lost' | 'not-applicable' | 'not-stated' | { readonly dependsOn: PreconditionId };

/** One configuration of a system: a row of the matrix. */
export interface Configuration<Fate extends SendFate = SendFate> {
  readonly system: string;
  readonly setting: string;
  readonly fates: Readonly<Record<LossFault, Fate>>;
}

/** What a simulated configuration says of a fault is exact: nothing in it is left open. */
export interface SimulatedConfiguration extends Configuration<'kept' | 'may-be-lost' | 'not-applicable'> {
  /** The setting that gives its sends away, whatever the fault; null: it depends on the journal and on what struck it. */
  readonly weakness: Circumstance | null;
}
