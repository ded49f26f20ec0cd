import { brokerScenarios } from './scenarios/broker.js';
import { channelScenarios } from './scenarios/channels.js';
import { consumerScenarios } from './scenarios/consumer.js';
import { deadLetterScenarios } from './scenarios/dead-letter.js';
import { durabilityScenarios } from './scenarios/durability.js';
import { groupScenarios } from './scenarios/groups.js';
import { guardScenarios } from './scenarios/guards.js';
import { leaseScenarios } from './scenarios/lease.js';
import { checkpointScenarios, logScenarios } from './scenarios/log.js';
import { producerScenarios } from './scenarios/producer.js';
import { pushingScenarios } from './scenarios/pushing.js';
import { quorumScenarios } from './scenarios/quorum.js';
import { queueScenarios } from './scenarios/queue.js';
import { routingScenarios } from './scenarios/routing.js';
import { settingScenarios } from './scenarios/settings.js';
import { storeScenarios } from './scenarios/store.js';
import { timeScenarios } from './scenarios/time.js';
import type { ScenariosOf } from './scenarios/parts.js';

/** For each mutant a run in which its bug shows, and nothing is wrong without it. */
export const MUTANT_SCENARIOS: ScenariosOf = {
  ...logScenarios,
  ...checkpointScenarios,
  ...brokerScenarios,
  ...queueScenarios,
  ...timeScenarios,
  ...leaseScenarios,
  ...groupScenarios,
  ...deadLetterScenarios,
  ...producerScenarios,
  ...consumerScenarios,
  ...channelScenarios,
  ...pushingScenarios,
  ...quorumScenarios,
  ...guardScenarios,
  ...routingScenarios,
  ...settingScenarios,
  ...storeScenarios,
  ...durabilityScenarios,
};
