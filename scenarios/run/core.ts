import type { FaultSpec, World } from '../../sim/index.js';
import type { Scenario } from '../model.js';

/** Machines of one role: enough of them have to live. */
type MachineSet = readonly string[];

/**
 * The machines that stay dead for good when faults stop, each with the fault that kills it if nothing has. With `heal: core` a random
 * majority of every set lives: of brokers (one broker always does), of producers, and of the consumers of each queue. Every
 * machine draws from a stream of its own, so that leaving one out changes no other's draw.
 */
export function chooseDead(scenario: Scenario, streams: World['streams'], nowMicros: number): ReadonlyMap<string, FaultSpec> {
  const dead = new Map<string, FaultSpec>();
  if (scenario.heal === 'all') return dead;
  for (const machines of setsOf(scenario)) {
    const drawn = machines.map((machine) => {
      const random = streams.stream(`heal/core/${machine}`);
      return { machine, rank: random.nextFloat(), death: Math.floor(random.nextFloat() * DEATHS.length) };
    });
    drawn.sort((one, other) => one.rank - other.rank);
    for (const { machine, death } of drawn.slice(majorityOf(machines))) dead.set(machine, DEATHS[death]!(machine, scenario, nowMicros));
  }
  return dead;
}

function setsOf({ broker, producers, consumers }: Scenario): MachineSet[] {
  const queues = [...new Set(consumers.map(({ queue }) => queue))];
  return [
    [broker.name],
    producers.map(({ name }) => name),
    ...queues.map((name) => consumers.filter(({ queue }) => queue === name).map((consumer) => consumer.name)),
  ];
}

const majorityOf = (machines: MachineSet): number => Math.floor(machines.length / 2) + 1;

/** Four ways to be dead: with a reset, in silence, connected and mute, or alive where nobody hears it. */
const DEATHS: readonly ((target: string, scenario: Scenario, at: number) => FaultSpec)[] = [
  (target, _scenario, at) => ({ at, fault: 'crash', target }),
  (target, _scenario, at) => ({ at, fault: 'power-loss', target }),
  (target, _scenario, at) => ({ at, fault: 'pause', target }),
  (target, { broker }, at) => ({ at, fault: 'network-partition', target, peers: [broker.name] }),
];
