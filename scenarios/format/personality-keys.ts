import { quoted } from './printable.js';
import { asRecord, asText } from './raw.js';
import type { Report } from './report.js';
import { rabbitmqConsumer, rabbitmqProducer, rabbitmqQueue } from './schema/rabbitmq-settings.js';

const PERSONALITIES = ['sqs', 'rabbitmq'] as const;
type Personality = (typeof PERSONALITIES)[number];
type Section = 'queues' | 'producers' | 'consumers';
const SECTIONS = ['queues', 'producers', 'consumers'] as const satisfies readonly Section[];

/** Settings that only one personality has. */
const OWN: Readonly<Record<Personality, Readonly<Record<Section, readonly string[]>>>> = {
  sqs: {
    queues: [
      'visibilityTimeout', 'delay', 'retention', 'receiveWait', 'maxMessageSize', 'deadLetter', 'fifo', 'contentBasedDeduplication', 'deduplicationScope',
      'throughputLimit', 'maxInFlight', 'fair', 'requestsPerSecond', 'staleHandles', 'lookAhead', 'repeatsAtZeroTimeout', 'purgeTakes', 'attributesTake', 'retentionTakes', 'anomalies',
    ],
    producers: ['delay', 'batchSize', 'linger', 'groups', 'group', 'groupChoice', 'groupOrder', 'deduplication'],
    consumers: ['batchSize', 'waitTime', 'visibilityTimeout', 'extendEvery', 'onFailure', 'acknowledgeBatch', 'acknowledgeLinger', 'attemptIds', 'groupOrder', 'buffer'],
  },
  rabbitmq: { queues: Object.keys(rabbitmqQueue), producers: Object.keys(rabbitmqProducer), consumers: Object.keys(rabbitmqConsumer) },
};
const OWN_SECTIONS: Readonly<Record<Personality, readonly string[]>> = { sqs: [], rabbitmq: ['version', 'memoryLimit', 'messageOverhead', 'memoryCheckInterval', 'diskFreeLimit', 'consumerTimeout', 'flowControl', 'exchanges', 'policies'] };

const other = (personality: Personality): Personality => (personality === 'sqs' ? 'rabbitmq' : 'sqs');
const nameOf: Readonly<Record<Personality, string>> = { sqs: 'SQS', rabbitmq: 'RabbitMQ' };

export function personalityIn(raw: unknown): Personality {
  return PERSONALITIES.find((known) => known === asText(asRecord(raw)['personality'])) ?? 'sqs';
}

/** A setting of another system is a mistake: it would do nothing. */
export function checkPersonalityKeys(raw: unknown, report: Report): void {
  const personality = personalityIn(raw);
  const foreign = other(personality);
  const refuse = (path: readonly string[], key: string): void => report([...path, key], 'key', {
    code: 'QL_SCENARIO_CONFLICT', message: `${quoted(key)} is a setting of ${nameOf[foreign]}, and the personality is ${personality}.`,
    expected: `\`personality: ${foreign}\`, or a file without it`,
  });
  for (const key of OWN_SECTIONS[foreign]) if (Object.hasOwn(asRecord(raw), key)) refuse([], key);
  for (const section of SECTIONS) {
    for (const [name, entry] of Object.entries(asRecord(asRecord(raw)[section]))) {
      for (const key of OWN[foreign][section]) if (Object.hasOwn(asRecord(entry), key)) refuse([section, name], key);
    }
  }
}

/** Whether a setting, by its dotted path, says something of a run of this personality. */
export function concerns(path: string, personality: Personality): boolean {
  const [section = '', , key = ''] = path.split('.');
  const foreign = other(personality);
  if (OWN_SECTIONS[foreign].includes(section)) return false;
  return !SECTIONS.some((known) => known === section && OWN[foreign][known].includes(key));
}
