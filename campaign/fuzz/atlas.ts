import { type RunContract, survives } from '../../invariants/index.js';
import { contractOf, type FuzzFaults, type Scenario } from '../../scenarios/index.js';
import { type FaultDefinition, FAULTS } from '../../sim/index.js';
import { type CoverageScene, type Side, SIDES } from '../coverage/index.js';

/** A kind of fault that may be drawn, and whose machines it may strike. */
export interface AtlasEntry {
  readonly definition: FaultDefinition;
  readonly sides: readonly Side[];
}

export interface AtlasOptions {
  /** Also what may lose confirmed messages under the scenario's configuration: the judge then says which losses are legal. */
  readonly beyondContract: boolean;
}

/**
 * The faults that a scenario's configuration must survive, so that every violation under them is a bug. TigerBeetle's fault
 * atlas does this for replicas; here the contract is asked.
 */
export function atlasOf(scenario: Scenario, faults: FuzzFaults, { beyondContract }: AtlasOptions): AtlasEntry[] {
  const isChosen = ({ kind, family }: FaultDefinition): boolean => {
    const isNamed = (names: readonly string[]): boolean => names.includes(kind) || names.includes(family);
    return (faults.only.length === 0 || isNamed(faults.only)) && !isNamed(faults.without);
  };
  const contract = contractOf(scenario);
  return [...FAULTS.values()].filter(isChosen).flatMap((definition) => {
    const sides = SIDES.filter((side) => hasMachines(scenario, side) && isMeaningful(definition, side, scenario)
      && (beyondContract || side !== 'broker' || !mayLose(definition.kind, contract)));
    return sides.length === 0 ? [] : [{ definition, sides }];
  });
}

/** Whether this fault of the broker's machine may lose what the broker has confirmed. */
function mayLose(kind: string, contract: RunContract): boolean {
  return survives(contract, { fault: kind, target: contract.broker.name }).verdict === 'may-lose';
}

/** What coverage has to know of an atlas. */
export function reachOf(atlas: readonly AtlasEntry[], scenario: Scenario): Pick<CoverageScene, 'mayStrike' | 'mayLose'> {
  const struck = new Set(atlas.flatMap(({ definition, sides }) => sides.map((side) => `${definition.kind}/${side}`)));
  const contract = contractOf(scenario);
  return {
    mayStrike: (kind, side) => struck.has(`${kind}/${side}`),
    mayLose: atlas.some(({ definition, sides }) => sides.includes('broker') && mayLose(definition.kind, contract)),
  };
}

/** Clients keep nothing on disk, and nobody sends them requests; where consumers are pushed to nothing is a request that has an answer. */
function isMeaningful({ family }: FaultDefinition, side: Side, { personality }: Scenario): boolean {
  if (family === 'service') return side === 'broker' && personality === 'sqs';
  return side === 'broker' || family !== 'disk';
}

function hasMachines({ producers, consumers }: Scenario, side: Side): boolean {
  return side === 'broker' || (side === 'producer' ? producers : consumers).length > 0;
}
