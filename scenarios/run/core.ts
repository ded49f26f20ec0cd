import { type FaultSpec, RandomStreams, type World } from '../../sim/index.js';
import { type Death, DEATHS, type Scenario } from '../model.js';

/** Machines of one role: enough of them have to live. */
type MachineSet = readonly string[];

/** The machines that stay dead for good when faults stop, each with the fault that kills it if nothing has. */
export function chooseDead(scenario: Scenario, streams: World['streams'], nowMicros: number): ReadonlyMap<string, FaultSpec> {
  const deaths = scenario.dead ?? drawDead(scenario, streams);
  return new Map(deaths.map((death) => [death.machine, faultOf(death, scenario, nowMicros)]));
}

/** Who would stay dead in a run with this seed. */
export const deathsOf = (scenario: Scenario, seed: string): readonly Death[] => scenario.dead ?? drawDead(scenario, new RandomStreams(seed));

/**
 * With `heal: core` a random majority of every set lives: of brokers (one broker always does), of producers, and of the consumers of each queue. Every
 * machine draws from a stream of its own, so that leaving one out changes no other's draw.
 */
function drawDead(scenario: Scenario, streams: Pick<World['streams'], 'stream'>): Death[] {
  const dead: Death[] = [];
  if (scenario.heal === 'all') return dead;
  for (const machines of setsOf(scenario)) {
    const drawn = machines.map((machine) => {
      const random = streams.stream(`heal/core/${machine}`);
      return { machine, rank: random.nextFloat(), death: Math.floor(random.nextFloat() * DEATHS.length) };
    });
    drawn.sort((one, other) => one.rank - other.rank);
    for (const { machine, death } of drawn.slice(majorityOf(machines))) dead.push({ machine, fault: DEATHS[death]! });
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

/** A network partition is between the machine and the broker. */
const faultOf = ({ machine, fault }: Death, { broker }: Scenario, at: number): FaultSpec =>
  ({ at, fault, target: machine, ...(fault === 'network-partition' ? { peers: [broker.name] } : {}) });
