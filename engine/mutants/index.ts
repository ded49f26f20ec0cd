export type { Mutant } from './mutant.js';
export { MUTANTS, type MutantName, type Mutations, mutationsOf, NO_MUTATIONS, UnknownMutantError } from './registry.js';
