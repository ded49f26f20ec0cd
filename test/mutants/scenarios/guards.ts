import { aProducer, aScenario, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import type { ScenariosOf } from './parts.js';

const IMPATIENT = { timeoutMicros: 300 * MILLISECOND, attempts: 5, backoffBaseMicros: 10 * MILLISECOND, backoffCapMicros: 10 * MILLISECOND, jitter: 'none' } as const;
/** Requests of the producer do not reach the broker for a while. */
const mute = { at: 2 * SECOND, fault: 'network-partition-one-way', target: 'producer', peers: 'broker', for: 2 * SECOND };
const breaker = { failureRate: 0.5, windowMicros: SECOND, minimum: 3, openMicros: SECOND, trials: 2, whenOpen: 'wait' } as const;

export const guardScenarios: ScenariosOf = {
  'retry-budget-not-charged': aScenario({ producers: [aProducer({ retry: { ...IMPATIENT, budget: { share: 0.1, burst: 2, timeoutCost: 1 } } })], faults: [mute] }),
  'breaker-never-half-opens': aScenario({ producers: [aProducer({ retry: IMPATIENT, breaker })], faults: [mute] }),
};
