import { defineMutants } from './mutant.js';

/** What clients do to guard themselves and their broker. */
export const guardMutants = defineMutants([
  {
    name: 'retry-budget-not-charged', where: 'engine/client/retry-gate.ts', invariant: 'client-guards',
    mistake: 'A retry is made although the bucket of the retry budget is empty.',
    source: 'Retry storms: budgets that are configured and not wired, or counted per call where they should be per client.',
    needs: 'a retry budget, and more failures than it covers',
  },
  {
    name: 'breaker-never-half-opens', where: 'engine/client/circuit-breaker.ts', invariant: 'client-guards', alsoCaughtBy: ['drains'],
    mistake: 'A circuit breaker that opened stays open: the timer that should let trials through is never set.',
    source: 'Hand-written breakers whose reset depends on calls that are no longer made.',
    needs: 'a circuit breaker that opens',
  },
]);
