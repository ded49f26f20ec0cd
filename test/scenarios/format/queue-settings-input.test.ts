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
    ['servers', QUEUE, 'anomalies: { servers: 31 }'],
    ['missedReceive', QUEUE, 'anomalies: { missedReceive: 101% }'],
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
