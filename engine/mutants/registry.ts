import { brokerMutants } from './broker-mutants.js';
import { channelMutants } from './channel-mutants.js';
import { checkpointMutants } from './checkpoint-mutants.js';
import { consumerMutants } from './consumer-mutants.js';
import { deadLetterMutants } from './dead-letter-mutants.js';
import { durabilityMutants } from './durability-mutants.js';
import { guardMutants } from './guard-mutants.js';
import { groupMutants } from './group-mutants.js';
import { leaseMutants } from './lease-mutants.js';
import { logMutants } from './log-mutants.js';
import { type FlagOf, flagOf, type Mutant } from './mutant.js';
import { producerMutants } from './producer-mutants.js';
import { pushMutants } from './push-mutants.js';
import { quorumMutants } from './quorum-mutants.js';
import { queueMutants } from './queue-mutants.js';
import { settingMutants } from './setting-mutants.js';
import { routingMutants } from './routing-mutants.js';
import { storeMutants } from './store-mutants.js';
import { timeMutants } from './time-mutants.js';

/** Every mutant, by the part of the engine that it sits in. */
const ALL = [
  ...logMutants,
  ...checkpointMutants,
  ...queueMutants,
  ...timeMutants,
  ...leaseMutants,
  ...groupMutants,
  ...deadLetterMutants,
  ...brokerMutants,
  ...producerMutants,
  ...consumerMutants,
  ...channelMutants,
  ...pushMutants,
  ...quorumMutants,
  ...guardMutants,
  ...routingMutants,
  ...settingMutants,
  ...storeMutants,
  ...durabilityMutants,
] as const;

export type MutantName = (typeof ALL)[number]['name'];

export const MUTANTS: readonly Mutant<MutantName>[] = ALL;

/**
 * Which deliberate bugs are switched on, one flag for each mutant. All are off unless a run asks for them; an engine reads one
 * boolean where a bug sits.
 */
export type Mutations = Readonly<Record<FlagOf<MutantName>, boolean>>;

/** Nothing is wrong. */
export const NO_MUTATIONS: Mutations = Object.freeze(
  Object.fromEntries(MUTANTS.map(({ name }) => [flagOf(name), false])) as Record<keyof Mutations, boolean>,
);

/**
 * The mutations that the named mutants switch on.
 *
 * @throws {UnknownMutantError} when no mutant has one of the names
 */
export function mutationsOf(names: readonly string[]): Mutations {
  if (names.length === 0) return NO_MUTATIONS;
  const mutations: Record<keyof Mutations, boolean> = { ...NO_MUTATIONS };
  for (const name of names) {
    if (!MUTANTS.some((mutant) => mutant.name === name)) throw new UnknownMutantError(name);
    mutations[flagOf(name) as keyof Mutations] = true;
  }
  return Object.freeze(mutations);
}

/** Thrown by {@link mutationsOf} for a name that is not in {@link MUTANTS}. */
export class UnknownMutantError extends Error {
  readonly code = 'QL_ENGINE_UNKNOWN_MUTANT';
  constructor(name: string) {
    super(`There is no mutant "${name}". Known: ${MUTANTS.map((mutant) => mutant.name).join(', ')}.`);
    this.name = 'UnknownMutantError';
  }
}
