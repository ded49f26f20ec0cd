import { describe, expect, it } from 'vitest';
import { FAULT_MEANINGS, type RunContract, survives } from '../../../invariants/index.js';
import { ORDERS, withProducer, withPush } from '../history-builder.js';

const kinds = Object.keys(FAULT_MEANINGS);
const lostTo = (flush: 'always' | 'interval' | 'never', target: string | readonly string[] = 'broker'): string[] =>
  kinds.filter((fault) => survives({ ...ORDERS, broker: { name: 'broker', flush } }, { fault, target }).verdict === 'may-lose').sort();

describe('survives', () => {
  it('allows the loss of acknowledged sends to what takes the only copy, and without syncs to what takes unsynced data', () => {
    expect(lostTo('always')).toEqual(['bit-rot', 'disk-replace', 'misdirected-write']);
    for (const flush of ['interval', 'never'] as const) {
      expect(lostTo(flush)).toEqual(['bit-rot', 'disk-replace', 'fsync-failure', 'misdirected-write', 'power-loss']);
    }
  });

  it('allows no loss to what strikes clients', () => {
    expect(lostTo('never', 'consumer-1')).toEqual([]);
    expect(lostTo('never', ['producer-1', 'consumer-1'])).toEqual([]);
  });

  it('looks at every target', () => {
    expect(lostTo('never', ['consumer-1', 'broker'])).toContain('power-loss');
  });

  it('allows every restart of the broker to take transient messages and queues that are not durable, and nothing of a quorum queue', () => {
    const taken = (contract: RunContract): string[] => kinds.filter((fault) => survives(contract, { fault, target: 'broker' }).verdict === 'may-lose').sort();
    const restarting = ['bit-rot', 'crash', 'disk-error', 'disk-full', 'disk-replace', 'fsync-failure', 'misdirected-write', 'power-loss'];
    expect(taken(withProducer({ sendsTransient: true }))).toEqual(restarting);
    expect(taken(withPush({ isTransient: true }))).toEqual(restarting);
    expect(taken({ ...withProducer({ sendsTransient: true }), queues: withPush({ type: 'quorum' }).queues })).toEqual(lostTo('always'));
    // Without confirms nothing is acknowledged.
    expect(taken(withProducer({ asksNoConfirm: true }))).toEqual(lostTo('always'));
  });

  it('says why', () => {
    expect(survives(ORDERS, { fault: 'disk-replace', target: 'broker' })).toMatchObject({
      verdict: 'may-lose', circumstance: 'disk-replaced', clause: { because: expect.stringContaining('one copy') as unknown },
    });
  });
});
