import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PendingRequest, RequestTable } from '../../../engine/client/request-table.js';
import { OutcomeReason } from '../../../history/index.js';

interface Lost {
  readonly id: number;
  readonly wasSent: boolean;
}

function aRequest(id: number, lost: Lost[]): PendingRequest & { readonly id: number } {
  return {
    id,
    sizeBytes: 1,
    request: () => {
      throw new Error('not sent by the table');
    },
    onReply: () => undefined,
    onLost: (_reason, wasSent) => lost.push({ id, wasSent }),
  };
}

type Step = { readonly kind: 'add'; readonly isSent: boolean } | { readonly kind: 'take'; readonly at: number } | { readonly kind: 'expire'; readonly count: number } | { readonly kind: 'send' } | { readonly kind: 'lose'; readonly onlySent: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('add' as const), isSent: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take' as const), at: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const), count: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'send' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), onlySent: fc.boolean() }) },
);

describe('the table of requests', () => {
  it('behaves like a map ordered by sequence number, whatever happens to it', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new RequestTable();
      const model = new Map<number, { readonly id: number; isSent: boolean }>();
      const lost: Lost[] = [];
      const expected: Lost[] = [];
      let next = 0;
      for (const action of steps) {
        if (action.kind === 'add') {
          expect(table.add(aRequest(next, lost), next * 10, action.isSent)).toBe(next);
          model.set(next, { id: next, isSent: action.isSent });
          next += 1;
        } else if (action.kind === 'take') {
          const taken = table.take(action.at) as { readonly id: number } | null;
          expect(taken?.id ?? null).toBe(model.has(action.at) ? action.at : null);
          model.delete(action.at);
        } else if (action.kind === 'expire') {
          for (let count = 0; count < action.count && model.size > 0; count += 1) {
            const [oldest, entry] = [...model][0]!;
            expect(table.nextDeadlineMicros).toBe(oldest * 10);
            expect(table.expireOldest(oldest * 10 - 1, OutcomeReason.timeout)).toBe(false);
            expect(table.expireOldest(oldest * 10, OutcomeReason.timeout)).toBe(true);
            expected.push({ id: oldest, wasSent: entry.isSent });
            model.delete(oldest);
          }
        } else if (action.kind === 'send') {
          const sent: number[] = [];
          table.sendWaiting((sequence) => sent.push(sequence));
          expect(sent).toEqual([...model].filter(([, entry]) => !entry.isSent).map(([sequence]) => sequence));
          for (const entry of model.values()) entry.isSent = true;
        } else {
          table.loseAll(OutcomeReason.connectionLost, action.onlySent);
          for (const [sequence, entry] of [...model]) {
            if (action.onlySent && !entry.isSent) continue;
            expected.push({ id: sequence, wasSent: entry.isSent });
            model.delete(sequence);
          }
        }
        expect(table.size).toBe(model.size);
        expect(lost).toEqual(expected);
      }
      if (model.size === 0) expect(table.nextDeadlineMicros).toBe(Infinity);
    }), { numRuns: 200 });
  });
});
