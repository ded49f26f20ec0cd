import type { FaultSpec, FaultValue } from '../../sim/index.js';
import { type Death, listedWorkload, type ListedSend, type Scenario } from '../../scenarios/index.js';

/** The scenario with those of its listed sends that are wanted; their places stay. */
export function withSends(scenario: Scenario, isWanted: (send: ListedSend, producer: string, index: number) => boolean): Scenario {
  const producers = scenario.producers.map((producer) =>
    ({ ...producer, ...listedWorkload((producer.sends ?? []).filter((send, index) => isWanted(send, producer.name, index))) }));
  return { ...scenario, producers };
}

/** The scenario as it is when it ends sooner: without the sends and faults that would come later. */
export function endingAt(scenario: Scenario, durationMicros: number): Scenario {
  const cut = withSends(scenario, ({ atMicros }) => atMicros < durationMicros);
  const operators = scenario.operators?.map((operator) =>
    ({ ...operator, actions: operator.actions.filter(({ time }) => time.kind === 'afterAlert' || time.micros < durationMicros) }));
  return { ...cut, durationMicros, ...(operators === undefined ? {} : { operators }), faults: scenario.faults.filter(({ at }) => at < durationMicros) };
}

/** The scenario with each of its listed sends changed. */
export function mapSends(scenario: Scenario, change: (send: ListedSend, producer: string, index: number) => ListedSend): Scenario {
  const producers = scenario.producers.map((producer) =>
    ({ ...producer, ...listedWorkload((producer.sends ?? []).map((send, index) => change(send, producer.name, index))) }));
  return { ...scenario, producers };
}

const withoutDead = ({ dead: _dead, ...rest }: Scenario): Omit<Scenario, 'dead'> => rest;

/** The scenario without some of its clients, and without what faults did to them. */
export function withoutMachines(scenario: Scenario, isGone: (name: string) => boolean): Scenario {
  return {
    ...withoutDead(scenario),
    producers: scenario.producers.filter(({ name }) => !isGone(name)),
    consumers: scenario.consumers.filter(({ name }) => !isGone(name)),
    faults: scenario.faults.flatMap((fault) => faultWithout(fault, isGone)),
    ...withDead((scenario.dead ?? []).filter(({ machine }) => !isGone(machine))),
    network: networkWithout(scenario.network, isGone),
  };
}

/** Who stays dead when faults stop; nobody: everything is healed. */
export const withDead = (dead: readonly Death[]): Pick<Scenario, 'heal' | 'dead'> => (dead.length === 0 ? { heal: 'all' } : { heal: 'core', dead });

/** Regions without some machines; one without any is gone with its routes. */
function networkWithout(network: Scenario['network'], isGone: (name: string) => boolean): Scenario['network'] {
  if (network.regions === undefined) return network;
  const regions = network.regions.map(({ name, machines }) => ({ name, machines: machines.filter((machine) => !isGone(machine)) })).filter(({ machines }) => machines.length > 0);
  const routes = (network.routes ?? []).filter(({ between }) => between.every((name) => regions.some((region) => region.name === name)));
  return { ...network, regions, routes };
}

/** The scenario with all machines equally far from each other. */
export function withoutRegions(scenario: Scenario): Scenario {
  const { regions: _regions, routes: _routes, ...network } = scenario.network;
  return { ...scenario, network };
}

/** A fault without some machines; nothing is left of one that strikes no other. */
function faultWithout(fault: FaultSpec, isGone: (name: string) => boolean): FaultSpec[] {
  const kept = (value: FaultValue): FaultValue | null => {
    const names = (typeof value === 'string' ? [value] : (value as readonly string[])).filter((name) => !isGone(name));
    if (names.length === 0) return null;
    return typeof value === 'string' || names.length === 1 ? names[0]! : names;
  };
  const target = kept(fault.target) as string | readonly string[] | null;
  const { peers } = fault;
  if (target === null) return [];
  if (peers === undefined) return [{ ...fault, target }];
  const others = kept(peers);
  return others === null ? [] : [{ ...fault, target, peers: others }];
}

/** The listed sends of all producers in the order of time, which is that of their trace numbers. */
const inTime = ({ producers }: Scenario): ListedSend[] => producers.flatMap(({ sends }) => sends ?? []).sort((one, other) => one.atMicros - other.atMicros);

/** The send with that trace number, from 1; null when there is none. */
export const sendAt = (scenario: Scenario, message: number): ListedSend | null => inTime(scenario)[message - 1] ?? null;

/** The trace number that a send of another scenario has in this one; 0 when it is not there. */
export const placeIn = (scenario: Scenario, send: ListedSend | null): number => (send === null ? 0 : inTime(scenario).indexOf(send) + 1);

/** The scenario with what strikes at one time striking at another. */
export function withFaultAt(scenario: Scenario, from: number, to: number): Scenario {
  const faults = scenario.faults.map((fault) => (fault.at === from ? { ...fault, at: to } : fault));
  return { ...scenario, faults: faults.sort((one, other) => one.at - other.at) };
}
