import { describe, expect, it } from 'vitest';
import { errorOf, goodWith, parse } from './given.js';

const QUEUE = '    visibilityTimeout: 30s\n';
const PRODUCER = '    rate: 10/s\n';

describe('a wrong value of a queue, or of message groups, is shown with its place', () => {
  it.each([
    ['fair', QUEUE, 'fair: maybe'],
    ['fifo', QUEUE, 'fifo: 1'],
    ['deduplicationScope', QUEUE, 'deduplicationScope: group'],
    ['contentBasedDeduplication', QUEUE, 'contentBasedDeduplication: often'],
    ['throughputLimit', QUEUE, 'throughputLimit: perGroup'],
    ['maxInFlight', QUEUE, 'maxInFlight: 0'],
    ['maxInFlight', QUEUE, 'maxInFlight: 120001'],
    ['requestsPerSecond', QUEUE, 'requestsPerSecond: 0'],
    ['requestsPerSecond', QUEUE, 'requestsPerSecond: 300/s'],
    ['staleHandles', QUEUE, 'staleHandles: { delete: refused }'],
    ['staleHandles', QUEUE, 'staleHandles: { change: ignored }'],
    ['lookAhead', QUEUE, 'lookAhead: 20000'],
    ['lookAhead', QUEUE, 'lookAhead: 120001'],
    ['repeatsAtZeroTimeout', QUEUE, 'repeatsAtZeroTimeout: true'],
    ['repeatsAtZeroTimeout', QUEUE, 'repeatsAtZeroTimeout: often'],
    ['purgeTakes', QUEUE, 'purgeTakes: 61s'],
    ['attributesTake', QUEUE, 'attributesTake: 61s'],
    ['retentionTakes', QUEUE, 'retentionTakes: 901s'],
    ['servers', QUEUE, 'anomalies: { servers: 31 }'],
    ['missedReceive', QUEUE, 'anomalies: { missedReceive: 101% }'],
    ['missedPoll', QUEUE, 'anomalies: { missedPoll: 101% }'],
    ['groups', PRODUCER, 'groups: -1'],
    ['groupChoice', PRODUCER, 'groupChoice: often'],
    ['deduplication', PRODUCER, 'deduplication: sometimes'],
  ])('%s (%#)', (key, part, line) => {
    const text = goodWith(part, `${part}    ${line}\n`);
    const { message } = errorOf(() => parse(text));
    const lines = text.split('\n');
    const row = lines.findIndex((candidate) => candidate.includes(line));
    expect(message).toMatch(new RegExp(`^demo\\.yaml:${row + 1}:\\d+: QL_SCENARIO_`));
    expect(message).toMatch(new RegExp(`^ *> *${row + 1} \\| +${line.split(':')[0]}`, 'm'));
    expect(message).toContain('Expected ');
    expect(line).toContain(key);
  });
});

describe('what SQS decides for itself can be chosen', () => {
  const withQueue = (line: string) => parse(goodWith(QUEUE, `${QUEUE}    ${line}\n`)).queues[0]!;
  const FIFO = 'name: demo\nqueues: { orders.fifo: { fifo: true';

  it('and is what the service does when nothing is said', () => {
    const plain = parse(goodWith(QUEUE, QUEUE)).queues[0]!;
    for (const setting of ['quotaPerSecond', 'supersededSettle', 'expiredChange', 'lookAhead', 'removalMicros', 'attributesTakeMicros', 'retentionTakesMicros', 'repeatsAtZeroTimeout']) expect(plain).not.toHaveProperty(setting);
    expect(withQueue('staleHandles: { delete: settles, change: accepted }')).not.toHaveProperty('expiredChange');
  });

  it('but for the quota of a FIFO queue without high throughput, which the service has: it is there when it is asked for', () => {
    expect(parse(`${FIFO} } }\n`).queues[0]).not.toHaveProperty('quotaPerSecond');
    expect(parse(`${FIFO}, requestsPerSecond: 300 } }\n`).queues[0]).toMatchObject({ quotaPerSecond: 300 });
  });

  it('requests in a second, stale handles, and how far a FIFO queue looks for a free group', () => {
    expect(withQueue('requestsPerSecond: 300')).toMatchObject({ quotaPerSecond: 300 });
    expect(withQueue('staleHandles: { delete: ignored, change: refused }')).toMatchObject({ supersededSettle: 'ignored', expiredChange: 'refused' });
    expect(parse(`${FIFO}, lookAhead: 20000 } }\n`).queues[0]).toMatchObject({ lookAhead: 20_000 });
    expect(parse(`${FIFO}, repeatsAtZeroTimeout: true } }\n`).queues[0]).toMatchObject({ repeatsAtZeroTimeout: true });
    expect(withQueue('purgeTakes: 60s')).toMatchObject({ removalMicros: 60_000_000 });
    expect(withQueue('attributesTake: 60s')).toMatchObject({ attributesTakeMicros: 60_000_000 });
    expect(withQueue('retentionTakes: 15min')).toMatchObject({ retentionTakesMicros: 900_000_000 });
  });

  it('but not that a FIFO queue takes stale handles', () => {
    expect(errorOf(() => parse(`${FIFO}, staleHandles: { change: refused } } }\n`)).message).toContain('A FIFO queue refuses every handle whose lease has ended.');
  });
});
