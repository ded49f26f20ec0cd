import { judgedInvariants } from '../../invariants/index.js';
import { contractOf, type Scenario } from '../../scenarios/index.js';

/** Whose machine it is. */
export const SIDES = ['broker', 'producer', 'consumer'] as const;
export type Side = (typeof SIDES)[number];

/** What of a scenario decides which points can be reached. */
export interface CoverageScene {
  readonly brokerName: string;
  /** Whose machine a name is; of several, joined by `+`, the first decides. */
  sideOf(machine: string): Side;
  readonly hasDeadLetters: boolean;
  /** Whether a message that is ready may have to wait again: quorum queues delay retries and keep dead letters, and an operator changes a queue's delay. */
  readonly setsAside: boolean;
  /** Whether this promise can be put to the test. */
  concerns(invariant: string): boolean;
  /** Whether a fault of this kind may strike this side. */
  mayStrike(kind: string, side: Side): boolean;
  /** Whether a fault may damage or lose what the broker had confirmed. */
  readonly mayLose: boolean;
}

/** The scene of a scenario, with all faults or those that `mayStrike` lets through. */
export function sceneOf(
  scenario: Scenario, faults: Pick<CoverageScene, 'mayStrike' | 'mayLose'> = { mayStrike: () => true, mayLose: true },
): CoverageScene {
  const producers = new Set(scenario.producers.map(({ name }) => name));
  const { name: brokerName } = scenario.broker;
  const sideOf = (machine: string): Side => {
    const [first = machine] = machine.split('+');
    if (first === brokerName) return 'broker';
    return producers.has(first) ? 'producer' : 'consumer';
  };
  const contract = contractOf(scenario);
  // Groups are as the scenario says; the rest a fuzzer draws anew.
  const neverHappens = contract.neverHappens?.filter((happening) => happening === 'group') ?? [];
  const concerned = new Set<string>(judgedInvariants({ ...contract, neverHappens }, () => false).map(({ id }) => id));
  const concerns = (invariant: string): boolean => concerned.has(invariant);
  return {
    brokerName, sideOf, concerns, hasDeadLetters: scenario.queues.some(({ deadLetter }) => deadLetter !== null),
    setsAside: scenario.queues.some(({ push }) => push?.type === 'quorum') || (scenario.operators ?? []).length > 0, ...faults,
  };
}
