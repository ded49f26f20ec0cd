import { type Circumstance, LOSSES } from './circumstances.js';
import type { SimulatedConfiguration, StorageFault } from './configuration.js';
import { DURABILITY } from './durability.js';
import type { RunContract } from './run-contract.js';

/** The row of the durability matrix that the configuration of a run selects. */
export function durabilityOf(contract: Pick<RunContract, 'broker'>): SimulatedConfiguration {
  return DURABILITY[contract.broker.flush];
}

/** The circumstance under which a recovery may come up short after these faults; null when it must bring back everything acknowledged. */
export function lossAfter(row: SimulatedConfiguration, struck: ReadonlySet<StorageFault>): Circumstance | null {
  for (const fault of LOSSES) if (struck.has(fault) && row.fates[fault] === 'may-be-lost') return fault;
  return null;
}
