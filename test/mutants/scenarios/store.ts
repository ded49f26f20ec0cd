import { aConsumer, aProducer, aScenario, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import type { ScenariosOf } from './parts.js';

const outbox = { kind: 'outbox', pollMicros: 50 * MILLISECOND, batchSize: 10 } as const;

export const storeScenarios: ScenariosOf = {
  'relay-marks-before-publish': aScenario({ producers: [aProducer({ write: outbox, crashes: [{ after: 'marked', nth: 20, forMicros: SECOND }] })] }),
  'inbox-row-apart': aScenario({
    consumers: [aConsumer('consumer', { handler: { kind: 'inbox' }, crashes: [{ after: 'effect-had', nth: 20, forMicros: SECOND }] })],
  }),
};
