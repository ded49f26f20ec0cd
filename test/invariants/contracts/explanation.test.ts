import { describe, expect, it } from 'vitest';
import { explainContract } from '../../../invariants/index.js';
import { ORDERS, withHandlers } from '../history-builder.js';

const excepted = (contract = ORDERS): string[] => explainContract(contract).except.map(({ invariant }) => invariant);
const excuses = (contract: typeof ORDERS, id: string): string[] =>
  explainContract(contract).except.find(({ invariant }) => invariant === id)?.when.map(({ circumstance }) => circumstance) ?? [];

describe('explainContract', () => {
  it('names every promise once, with or without exceptions', () => {
    const { always, except } = explainContract(ORDERS);
    const ids = [...always, ...except].map(({ invariant }) => invariant);
    expect(new Set(ids).size).toBe(ids.length);
    expect(always.map(({ invariant }) => invariant)).toContain('no-phantom');
  });

  it('leaves out what the configuration does not allow', () => {
    expect(excuses(ORDERS, 'acked-send-not-lost')).toEqual(['disk-replaced', 'corruption']);
    expect(excuses({ ...ORDERS, broker: { name: 'broker', flush: 'never' } }, 'acked-send-not-lost')).toEqual(['power-loss', 'failed-sync', 'disk-replaced', 'corruption']);
    expect(excepted()).not.toContain('lease-exclusive');
    expect(excuses({ ...ORDERS, strict: false }, 'lease-exclusive')).toEqual(['standard-queue']);
    expect(excuses({ ...ORDERS, clockDrift: 0.01 }, 'lease-exclusive')).toEqual(['drifting-clock']);
  });

  it('follows the handlers', () => {
    expect(explainContract(withHandlers('idempotent')).queues[0]).toMatchObject({ name: 'orders', effects: 'exactly-once' });
    expect(explainContract(withHandlers('idempotent', 'plain')).queues[0]).toMatchObject({ effects: 'none' });
    expect(explainContract(withHandlers('ack-first')).queues[0]).toMatchObject({ effects: 'at-most-once', handlers: [{ kind: 'ack-first' }] });
  });

  it('groups the faults that mean the same to acknowledged sends', () => {
    const { acknowledgedSends } = explainContract(ORDERS);
    expect(acknowledgedSends.map(({ fate, faults }) => [fate, faults.length])).toEqual([['kept', 19], ['may-be-lost', 1], ['may-be-lost', 2]]);
  });
});
