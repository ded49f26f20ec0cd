import { aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';
import { classic, publisher, pushed, subscribers } from './channels.js';
import type { ScenariosOf } from './parts.js';

const slow = subscribers({ handler: { time: constant(30 * MILLISECOND), failure: 0.05 } });
const restart = { faults: [{ at: 400 * MILLISECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND }] } as const;
const dead = { ...classic({ maxLength: 30, overflow: 'reject-publish' }), name: 'dead' } as const;

export const durabilityScenarios: ScenariosOf = {
  'quorum-forgets-transient': aScenario({ ...pushed, queues: [classic({ type: 'quorum', deliveryLimit: 20 })], producers: [publisher({ persistent: false })], consumers: slow, ...restart }),
  // Those of the first producer are transient, and one of them is at the head when the broker comes back.
  'persistence-of-the-first': aScenario({ ...pushed, producers: [publisher({ persistent: false }), { ...publisher(), name: 'producer-2' }], consumers: slow, ...restart }),
  'dead-letter-refused-early': aScenario({
    ...pushed, queues: [classic({ deadLetterExchange: '', deadLetterRoutingKey: 'dead' }), dead],
    consumers: subscribers({ subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'reject', priority: 0, exclusive: false } }),
  }),
  'bytes-counted-twice': aScenario({ ...pushed, queues: [classic({ maxLengthBytes: 100_000, overflow: 'reject-publish' })], producers: [publisher({ confirm: false })], consumers: slow }),
  'bindings-read-late': aScenario({ ...pushed, producers: [publisher({ mandatory: false })] }),
  'unconfirmed-thrown-away': aScenario({ ...pushed, producers: [publisher({ confirm: false })] }),
};
