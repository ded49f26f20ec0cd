import { type ContractExplanation, explainContract, FAULT_WORDS, type FaultWords, survives } from '../../invariants/index.js';
import type { FaultSpec } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import { contractOf } from './contract.js';
import { type QueueTerms, queueTerms } from './queue-terms.js';

/** What a scenario's configuration promises, and what its own faults may do to that. */
export interface ScenarioContract extends ContractExplanation {
  readonly schema: 'queuelab/contract/1';
  readonly scenario: { readonly name: string; readonly file: string; readonly sha256: string };
  /** The settings of each queue on which promises depend, in the order of `queues`. */
  readonly settings: readonly QueueTerms[];
  /** What has to happen when faults stop. */
  readonly drain: { readonly withinMicros: number; readonly heal: Scenario['heal'] };
  readonly schedule: readonly ScheduledFault[];
}

/** One entry of the scenario's schedule, as it stands in the file. */
export interface ScheduledFault {
  readonly fault: FaultSpec;
  readonly acknowledgedSends: 'kept' | 'may-be-lost';
  readonly because: string;
  /** What follows, for each sort of machine that it strikes. */
  readonly follows: readonly { readonly machines: readonly string[]; readonly text: string }[];
}

/** Says what a scenario promises, without running it. */
export function explainScenario(scenario: Scenario): ScenarioContract {
  const contract = contractOf(scenario);
  return {
    schema: 'queuelab/contract/1',
    scenario: { name: scenario.name, file: scenario.file, sha256: scenario.sha256 },
    ...explainContract(contract),
    settings: queueTerms(scenario),
    drain: { withinMicros: scenario.drainMicros, heal: scenario.heal },
    schedule: scenario.faults.map((fault) => {
      const survival = survives(contract, fault);
      return {
        fault,
        acknowledgedSends: survival.verdict === 'may-lose' ? 'may-be-lost' : 'kept',
        because: survival.verdict === 'may-lose' ? survival.clause.because : '',
        follows: consequences(scenario, fault),
      };
    }),
  };
}

function consequences(scenario: Scenario, fault: FaultSpec): ScheduledFault['follows'] {
  const words = FAULT_WORDS[fault.fault];
  if (words === undefined) return [];
  const targets = typeof fault.target === 'string' ? [fault.target] : fault.target;
  const groups: readonly (readonly [keyof FaultWords, readonly string[]])[] = [
    ['broker', [scenario.broker.name]],
    ['producer', scenario.producers.map(({ name }) => name)],
    ['consumer', scenario.consumers.map(({ name }) => name)],
  ];
  return groups.flatMap(([role, names]) => {
    const machines = targets.filter((target) => names.includes(target));
    return machines.length === 0 ? [] : [{ machines, text: words[role] }];
  });
}
