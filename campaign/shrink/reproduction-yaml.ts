import { formatInstant } from '../../history/index.js';
import { scenarioYaml, type RunResult, type Scenario, tracesOf, VERSION } from '../../scenarios/index.js';
import { type Failure, firstUnexpected } from './failure.js';
import { deed, faultSentences } from './fault-sentences.js';
import { noteOfRun } from './run-note.js';

export interface Reproduction {
  readonly scenario: Scenario;
  readonly result: RunResult;
  readonly failure: Failure;
  /** The scenario and seed that it was found with. */
  readonly found: { readonly name: string; readonly seed: string; readonly mutants: readonly string[] };
}

/** The smallest failing scenario as a file: what it shows, where it comes from, and what each fault does. */
export function reproductionYaml({ scenario, result, failure, found }: Reproduction): string {
  const { promise, first } = firstUnexpected(result)!;
  const mutants = found.mutants.length === 0 ? '' : ` It fails with the deliberate bug ${found.mutants.join(' and ')} (--mutant).`;
  const header = [
    `Broken promise ${failure.invariant}: ${withStop(promise)}`,
    `At ${formatInstant(first!.atMicros)}: ${withStop(first!.text)}`,
    ...(scenario.dead ?? []).map((death) => `When faults stop, ${death.machine} stays dead for good: ${deed({ ...death, at: 0, target: death.machine })}.`),
    `Found by making ${found.name} with seed ${found.seed} as small as it can be.${mutants} The file says what must hold, so it fails until the cause is mended; then it guards against its return.`,
    noteOfRun({ fingerprint: result.fingerprint, version: VERSION, mutants: found.mutants }),
    ...Object.keys(tracesOf(scenario)).map((file) => `It draws from ${file}, which has to lie beside this file.`),
  ];
  return scenarioYaml(
    { ...scenario, name: nameFor(failure, found.name), description: `The smallest run found in which ${failure.invariant} is broken.` },
    { header, faultComments: faultSentences(scenario, result) },
  );
}

const MAX_NAME = 80;

const nameFor = ({ invariant }: Failure, name: string): string => (name.endsWith(`-${invariant}`) ? name : `${name}-${invariant}`).slice(0, MAX_NAME);

const withStop = (text: string): string => `${text.replace(/[.\s]+$/, '')}.`;
