import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyOf, sqs } from '../../../engine/index.js';
import { LookAhead } from '../../../engine/queue/look-ahead.js';
import { MessageExtras } from '../../../engine/queue/message-extras.js';
import { Account } from '../personality/golden/account.js';
import { Stage } from '../broker/stage.js';

describe('the look-ahead of a queue with groups', () => {
  it('sees the oldest messages, so many, whatever comes and goes', () => {
    const step = fc.record({ add: fc.boolean(), at: fc.nat(60) });
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
      const extras = new MessageExtras();
      const seen = new Set<number>();
      const lookAhead = new LookAhead(limit, extras, (slot) => seen.add(slot), (slot) => seen.delete(slot));
      const present: number[] = [];
      for (const { add, at } of steps) {
        if (add && !present.includes(at)) {
          extras.set(at, 'g', null, null, at);
          lookAhead.add(at);
          present.push(at);
          if (lookAhead.sees(at)) seen.add(at);
        } else if (!add && present.length > 0) {
          const [slot] = present.splice(at % present.length, 1) as [number];
          seen.delete(slot);
          lookAhead.remove(slot);
          seen.delete(slot);
        }
        const oldest = [...present].sort((left, right) => left - right).slice(0, limit);
        expect([...seen].sort((left, right) => left - right)).toEqual(oldest);
        expect(present.filter((slot) => lookAhead.sees(slot)).sort((left, right) => left - right)).toEqual(oldest);
      }
    }), { numRuns: 200 });
  });

  it('hides groups behind the backlog of one that is closed, until that is worked off', () => {
    const { queuePolicies } = sqs.broker;
    const stage = new Stage({
      queues: [{ name: 'q.fifo', settings: { kind: 'fifo', contentBasedDeduplication: true } }],
      config: { queuePolicies: { ...queuePolicies, fifo: { ...policyOf(queuePolicies, 'fifo'), lookAhead: 3 } } },
    });
    const client = stage.client('worker', ['q.fifo']);
    const send = (trace: number, group: string) => client.send(trace, { properties: { group, deduplicationId: String(trace), attributes: null } });
    for (let trace = 1; trace <= 4; trace++) send(trace, 'big');
    send(5, 'small');
    const [held] = client.receive({ max: 1 });
    expect(client.receive({ max: 10 })).toEqual([]);
    client.delete(held!.handle);
    const [second] = client.receive({ max: 1 });
    client.delete(second!.handle);
    expect(client.receive({ max: 10 }).map(({ trace }) => trace)).toEqual([5, 3, 4]);
  });

  it('is 120 000 for SQS', () => {
    expect(sqs.broker.queuePolicies.fifo?.lookAhead).toBe(120_000);
    expect(new Account().fifo().receive()).toEqual([]);
  });
});
