import { describe, expect, it } from 'vitest';
import { contractOf } from '../../../scenarios/run/contract.js';
import { parse } from '../format/given.js';

const EXCHANGES = `exchanges:
  everyone: { type: fanout, bindings: [{ queue: jobs }] }
  nobody: { type: fanout }
  picky: { type: topic, bindings: [{ queue: jobs, key: 'order.*' }] }
  greedy: { type: topic, bindings: [{ exchange: everyone, key: '#' }] }
  caught: { type: direct, alternate: everyone }
  passed-on: { type: direct, alternate: nobody }
  one: { type: direct, alternate: other }
  other: { type: direct, alternate: one }
`;

/** Whether what the producer publishes may be dropped without a word. */
const mayMiss = (producer: string): boolean =>
  contractOf(parse(`name: demo\npersonality: rabbitmq\n${EXCHANGES}queues: { jobs: {}, brief: { expires: 1min } }\nproducers: { web: { rate: 1/s, ${producer} } }\n`)).clients[0]!.mayMissQueues === true;

describe('a publish may find no queue', () => {
  it('by the default exchange, when a key has no queue, or one that may go', () => {
    expect(mayMiss('queue: jobs')).toBe(false);
    expect(mayMiss('queue: jobs, routingKey: [jobs, nowhere]')).toBe(true);
    expect(mayMiss('queue: brief')).toBe(true);
  });

  it('by an exchange that does not lead everything somewhere, itself or by its alternate', () => {
    expect(['everyone', 'nobody', 'picky', 'greedy', 'caught', 'passed-on', 'one'].filter((exchange) => mayMiss(`exchange: ${exchange}, routingKey: a`)))
      .toEqual(['nobody', 'picky', 'passed-on', 'one']);
  });

  it('but then comes back when it is mandatory', () => {
    expect(mayMiss('exchange: nobody, routingKey: a, mandatory: true')).toBe(false);
  });
});
