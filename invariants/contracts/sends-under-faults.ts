import { type Circumstance, CIRCUMSTANCES } from './circumstances.js';
import type { SimulatedConfiguration } from './configuration.js';
import { FAULT_MEANINGS } from './fault-meanings.js';
import { durabilityOf, lossByFault, mayReach } from './loss.js';
import type { RunContract } from './run-contract.js';
import { survives } from './survival.js';

/** Kinds of faults that mean the same to acknowledged sends. */
export interface SendsUnderFaults {
  readonly faults: readonly string[];
  readonly fate: 'kept' | 'may-be-lost';
  readonly because: string;
}

/** The sends that come under one row of the durability matrix, and what becomes of them. */
export interface SendsOfRow {
  readonly configuration: string;
  readonly producers: readonly string[];
  readonly queues: readonly string[];
  readonly underFaults: readonly SendsUnderFaults[];
}

/** All sends together: what may take any of them. */
export function sendsUnderFaults(contract: RunContract): SendsUnderFaults[] {
  return grouped((fault) => {
    const survival = survives(contract, { fault, target: contract.broker.name });
    return survival.verdict === 'may-lose' ? survival.circumstance : null;
  });
}

export function sendsByRow(contract: RunContract): SendsOfRow[] {
  const rows = new Map<SimulatedConfiguration, { readonly producers: Set<string>; readonly queues: Set<string> }>();
  for (const producer of contract.clients.filter(({ role }) => role === 'producer')) {
    for (const queue of contract.queues.filter(({ name }) => mayReach(contract, producer, name))) {
      const row = durabilityOf(contract, queue, producer);
      const sends = rows.get(row) ?? { producers: new Set(), queues: new Set() };
      rows.set(row, sends);
      sends.producers.add(producer.name);
      sends.queues.add(queue.name);
    }
  }
  return [...rows].map(([row, { producers, queues }]) => ({
    configuration: `${row.system}, ${row.setting}`, producers: [...producers], queues: [...queues],
    underFaults: grouped((fault) => lossByFault(row, fault)),
  }));
}

function grouped(lossBy: (fault: string) => Circumstance | null): SendsUnderFaults[] {
  const groups = new Map<Circumstance | null, SendsUnderFaults & { readonly faults: string[] }>();
  for (const fault of Object.keys(FAULT_MEANINGS)) {
    const loss = lossBy(fault);
    const group = groups.get(loss) ?? { faults: [], fate: loss === null ? 'kept' : 'may-be-lost', because: loss === null ? '' : CIRCUMSTANCES[loss].because };
    group.faults.push(fault);
    groups.set(loss, group);
  }
  return [...groups.values()];
}
