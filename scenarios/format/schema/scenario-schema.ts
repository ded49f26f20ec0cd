import * as z from 'zod';
import { INVARIANTS } from '../../../invariants/index.js';
import { DEATHS } from '../../model.js';
import type { ReadTrace } from '../expressions/trace.js';
import { DURATION } from '../quantities/index.js';
import { MAX_ENTRIES } from './client-parts.js';
import { consumerSection } from './consumer-section.js';
import { expectSection } from './expect-section.js';
import { faultSection } from './fault-section.js';
import { fuzzSection } from './fuzz-section.js';
import { operatorSection } from './operator-section.js';
import { policiesSection } from './policy-section.js';
import { producerSection } from './producer-section.js';
import { quantity } from './quantity.js';
import { queueSection } from './queue-section.js';
import { consumerTimeout, diskFreeLimit, exchangesSection, flowControl, memoryCheckInterval, memoryLimit, messageOverhead, version } from './rabbitmq-settings.js';
import { byName, choice, flag, name, QUEUE_NAME_PATTERN, text } from './word.js';
import { brokerSection, networkSection } from './world-sections.js';

const DAY_MICROS = 86_400_000_000;
/** A run is not longer, drain included: ten years twice. */
const MAX_TIME_MICROS = 3_650 * DAY_MICROS;
const MAX_DESCRIPTION = 10_000;
const MAX_SEED = 100;
const MAX_FAULTS = 1_000;

export const DEFAULT_DURATION = '60s';

/** The whole format. `readTrace` opens the files that `trace(…)` names. */
export const scenarioSchema = (readTrace: ReadTrace) => z.strictObject({
  name: name('Name of the scenario, by which reports call it.'),
  description: text(MAX_DESCRIPTION, 'What the scenario shows. Its first line stands in lists.').prefault(''),
  personality: choice(['sqs', 'rabbitmq'], 'The system whose rules, limits and costs the broker follows.').prefault('sqs'),
  version,
  memoryLimit,
  messageOverhead,
  memoryCheckInterval,
  diskFreeLimit,
  consumerTimeout,
  flowControl,
  seed: text(MAX_SEED, 'Seed of everything random, when the command line gives none.').prefault('1'),
  duration: quantity(DURATION, {
    above: 0,
    max: MAX_TIME_MICROS,
    description: 'Virtual time after which producers stop and faults are healed.',
  }).prefault(DEFAULT_DURATION),
  drain: quantity(DURATION, {
    min: 0,
    max: MAX_TIME_MICROS,
    description: 'How long after that the queues may take to empty.',
  }).prefault('10min'),
  heal: choice(
    ['all', 'core'],
    'What is healed when faults stop. all: everything. core: the broker and a random majority of the producers and of the consumers of each queue; the rest stays dead for good, and the queues must empty all the same.',
  ).prefault('all'),
  dead: byName(
    choice(DEATHS, 'The fault that kills it, if it is not dead by then.'), MAX_ENTRIES,
    'With heal: core, the machines that stay dead for good when faults stop, by name, such as `{ worker-2: crash }`. Left out: drawn.',
  ).prefault({}),
  stopWhenDone: flag('End as soon as all producers are done, the queues are empty and no fault is still to come.').prefault(true),
  broker: brokerSection(readTrace),
  network: networkSection(readTrace),
  exchanges: exchangesSection,
  policies: policiesSection,
  queues: byName(queueSection, MAX_ENTRIES, 'The queues, by name.', QUEUE_NAME_PATTERN),
  producers: byName(producerSection(readTrace), MAX_ENTRIES, 'The producers, by name.').prefault({}),
  consumers: byName(consumerSection(readTrace), MAX_ENTRIES, 'The consumers, by name.').prefault({}),
  operators: byName(operatorSection, MAX_ENTRIES, 'Who looks after the queues, by name.').prefault({}),
  faults: z.array(faultSection()).max(MAX_FAULTS, `There are more than ${MAX_FAULTS} faults`)
    .meta({ description: 'What goes wrong, and when.' }).prefault([]),
  expect: expectSection(INVARIANTS),
  fuzz: fuzzSection,
});

export type ParsedScenario = z.output<ReturnType<typeof scenarioSchema>>;
export type ParsedQueue = ParsedScenario['queues'][string];
export type ParsedProducer = ParsedScenario['producers'][string];
export type ParsedConsumer = ParsedScenario['consumers'][string];
export type ParsedOperator = ParsedScenario['operators'][string];
export type ParsedExchange = ParsedScenario['exchanges'][string];
export type ParsedPolicy = ParsedScenario['policies'][string];
export type ParsedRetry = ParsedProducer['retry'];
export type ParsedFault = ParsedScenario['faults'][number];
