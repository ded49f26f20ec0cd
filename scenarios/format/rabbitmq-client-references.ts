import type { Path } from './node-at.js';
import { personalityIn } from './personality-keys.js';
import { asRecord, asText } from './raw.js';
import type { Report } from './report.js';

type Raw = Readonly<Record<string, unknown>>;

/** Whether what is said of RabbitMQ's clients fits together, and fits their queues. */
export function checkRabbitmqClients(raw: unknown, report: Report): void {
  if (personalityIn(raw) !== 'rabbitmq') return;
  const { queues, producers, consumers } = asRecord(raw);
  const conflict = (path: Path, message: string, expected: string): void => report(path, 'key', { code: 'QL_SCENARIO_CONFLICT', message, expected });
  for (const [name, value] of Object.entries(asRecord(producers))) {
    const producer = asRecord(value);
    if (isSaid(producer, 'transaction', 'none') && producer['confirm'] !== undefined) {
      conflict(['producers', name, 'transaction'], 'A channel has confirms or transactions, not both (406).', 'either `confirm` or `transaction`');
    }
  }
  for (const [name, value] of Object.entries(asRecord(consumers))) {
    const consumer = asRecord(value);
    const queue = asRecord(asRecord(queues)[asText(consumer['queue']) ?? '']);
    checkConsumer(consumer, queue, String(asRecord(raw)['version']), (key, message, expected) => conflict(['consumers', name, key], message, expected));
  }
}

function checkConsumer(consumer: Raw, queue: Raw, version: string, conflict: (key: string, message: string, expected: string) => void): void {
  if (queue['exclusive'] === true && consumer['declares'] !== true) {
    conflict('queue', 'This queue is exclusive: it is not there unless its consumer declares it.', '`declares: true`, or a queue that is not exclusive');
  }
  if (isSaid(consumer, 'channelPrefetch', 'unlimited') && queue['type'] === 'quorum') {
    conflict('channelPrefetch', 'A quorum queue knows no prefetch of the channel (540).', '`prefetch`, or a classic queue');
  }
  if (consumer['consumerTimeout'] !== undefined && (version !== '4.3' || queue['type'] !== 'quorum')) {
    conflict('consumerTimeout', 'Consumers say this from version 4.3 on, and of quorum queues.', '`version: 4.3` and `type: quorum`, or `consumerTimeout` of the queue or of the scenario');
  }
  if (isSaid(consumer, 'acknowledgesTwice', '0%') && (consumer['acknowledge'] ?? 'manual') !== 'manual') {
    conflict('acknowledgesTwice', 'This is about acknowledgements of each message.', '`acknowledge: manual`, or a file without it');
  }
  if (consumer['receive'] !== 'get') {
    if (consumer['getEvery'] !== undefined) conflict('getEvery', 'This consumer is pushed to, and does not ask.', '`receive: get`');
    return;
  }
  for (const key of ['prefetch', 'channelPrefetch', 'priority', 'exclusive', 'consumerTimeout', 'acknowledgesTwice']) {
    if (consumer[key] !== undefined) conflict(key, 'This says nothing of a consumer that asks for each message (basic.get).', '`receive: push`, or a file without it');
  }
}

const isSaid = (of: Raw, key: string, nothing: string): boolean => of[key] !== undefined && of[key] !== nothing;
