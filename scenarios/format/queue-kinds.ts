import { quoted } from './printable.js';
import { asRecord, asText } from './raw.js';
import type { Report } from './report.js';

const CONFLICT = 'QL_SCENARIO_CONFLICT';

/** Whether what a scenario says of its queues, and sends to them, fits their kinds. SQS refuses all of this at run time. */
export function checkQueueKinds(raw: unknown, report: Report): void {
  const queues = asRecord(asRecord(raw)['queues']);
  for (const [name, value] of Object.entries(queues)) checkQueue(name, asRecord(value), queues, report);
  for (const [name, value] of Object.entries(asRecord(asRecord(raw)['producers']))) checkProducer(name, asRecord(value), queues, report);
}

const isFifo = (queues: Readonly<Record<string, unknown>>, name: string | null): boolean => name !== null && asRecord(queues[name])['fifo'] === true;

function checkQueue(name: string, queue: Readonly<Record<string, unknown>>, queues: Readonly<Record<string, unknown>>, report: Report): void {
  const fifo = queue['fifo'] === true;
  const conflict = (key: string, message: string, expected: string): void =>
    report(['queues', name, key], 'key', { code: CONFLICT, message, expected });
  if (fifo !== name.endsWith('.fifo')) {
    const message = fifo ? `The name of the FIFO queue ${quoted(name)} does not end with .fifo.` : `${quoted(name)} is a standard queue with the name of a FIFO queue.`;
    report(['queues', name], 'key', { code: CONFLICT, message, expected: fifo ? `the name ${name}.fifo` : '`fifo: true`, or another name' });
  }
  if (fifo && queue['anomalies'] !== undefined) conflict('anomalies', 'A FIFO queue has none of the anomalies of a standard queue.', 'a queue without `fifo: true`');
  const stale = asRecord(queue['staleHandles']);
  if (fifo && (stale['delete'] === 'ignored' || stale['change'] === 'refused')) conflict('staleHandles', 'A FIFO queue refuses every handle whose lease has ended.', 'a queue without `fifo: true`');
  if (!fifo && (queue['lookAhead'] ?? 'default') !== 'default') conflict('lookAhead', 'A standard queue has no groups that block each other.', '`fifo: true`');
  for (const [key, value] of [['contentBasedDeduplication', true], ['repeatsAtZeroTimeout', true], ['deduplicationScope', 'messageGroup'], ['throughputLimit', 'perMessageGroupId']] as const) {
    if (!fifo && queue[key] === value) conflict(key, `A standard queue has no ${key}: ${value}.`, '`fifo: true`');
  }
  if (queue['throughputLimit'] === 'perMessageGroupId' && queue['deduplicationScope'] !== 'messageGroup') {
    conflict('throughputLimit', 'throughputLimit: perMessageGroupId needs deduplication by group.', '`deduplicationScope: messageGroup`');
  }
  const anomalies = asRecord(queue['anomalies']);
  const [servers = 8, sampled = 3] = [anomalies['servers'], anomalies['sampled']].map((value) => (value === undefined ? undefined : Number(value)));
  if (sampled > servers) {
    report(['queues', name, 'anomalies', 'sampled'], 'value', { code: CONFLICT, message: 'More servers are sampled than there are.', expected: `at most ${servers}` });
  }
  const target = asText(asRecord(queue['deadLetter'])['queue']);
  if (target === null || !Object.hasOwn(queues, target) || isFifo(queues, target) === fifo) return;
  report(['queues', name, 'deadLetter', 'queue'], 'value', {
    code: CONFLICT, message: `${quoted(target)} is of another kind than ${quoted(name)}.`, expected: `a dead-letter queue ${fifo ? 'with' : 'without'} \`fifo: true\``,
  });
}

function checkProducer(name: string, producer: Readonly<Record<string, unknown>>, queues: Readonly<Record<string, unknown>>, report: Report): void {
  const queue = asText(producer['queue']);
  if (queue === null || !Object.hasOwn(queues, queue)) return;
  const fifo = isFifo(queues, queue);
  const conflict = (key: string, message: string, expected: string): void =>
    report(['producers', name, key], 'key', { code: CONFLICT, message, expected });
  if (fifo && Number(producer['groups'] ?? 1) === 0) conflict('groups', `Every message of the FIFO queue ${quoted(queue)} has a group.`, 'at least 1');
  if (fifo && producer['delay'] !== undefined && producer['delay'] !== 'queue') {
    conflict('delay', `Messages of the FIFO queue ${quoted(queue)} have no delay of their own.`, 'a `delay` of the queue');
  }
  if (!fifo && producer['deduplication'] === 'id') conflict('deduplication', `The standard queue ${quoted(queue)} does not deduplicate.`, '`fifo: true` there, or `none`');
  const byContent = asRecord(queues[queue])['contentBasedDeduplication'] === true;
  if (fifo && producer['deduplication'] === 'none' && !byContent) {
    conflict('deduplication', `The FIFO queue ${quoted(queue)} needs deduplication ids.`, '`id`, or `contentBasedDeduplication: true` at the queue');
  }
}
