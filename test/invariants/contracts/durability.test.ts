import { describe, expect, it } from 'vitest';
import { LOSS_FAULTS, type SimulatedConfiguration, STORAGE_FAULTS, type StorageFault } from '../../../invariants/contracts/configuration.js';
import { CONFIGURATIONS } from '../../../invariants/contracts/durability-matrix.js';
import { DURABILITY, KEPT, WEAK } from '../../../invariants/contracts/durability.js';
import { durabilityOf, lossAfter } from '../../../invariants/contracts/loss.js';
import { PRECONDITIONS } from '../../../invariants/contracts/preconditions.js';
import type { ClientContract, QueueContract } from '../../../invariants/contracts/run-contract.js';
import { CLASSIC, ORDERS } from '../history-builder.js';

const rows = DURABILITY;
const kept = Object.values(KEPT).flatMap((flushes) => Object.values(flushes));
const { clients: [producer], queues: [classic] } = CLASSIC;

describe('what a broker may lose', () => {
  it('is nothing of what is in its journal when only its process crashed, whatever the flush policy', () => {
    for (const row of kept) expect(lossAfter(row, new Set<StorageFault>(['crash']))).toBeNull();
  });

  it('is nothing to a power loss or a failed sync when every reply waits for the disk', () => {
    expect(lossAfter(KEPT.classic.always, new Set<StorageFault>(['power-loss', 'failed-sync']))).toBeNull();
  });

  it('has a circumstance wherever the matrix says that it may be lost, and none elsewhere', () => {
    for (const row of rows) {
      for (const fault of STORAGE_FAULTS) expect(lossAfter(row, new Set([fault])) !== null).toBe(row.fates[fault] === 'may-be-lost');
    }
  });

  it('is what any of the faults allows that struck', () => {
    expect(lossAfter(KEPT.classic.always, new Set<StorageFault>(['crash', 'corruption']))).toBe('corruption');
    expect(lossAfter(KEPT.quorum.never, new Set<StorageFault>(['crash', 'power-loss', 'corruption']))).toBe('power-loss');
  });
});

describe('the row of a send', () => {
  const rowOf = (queue: Partial<NonNullable<QueueContract['push']>>, client: Partial<ClientContract> = {}): SimulatedConfiguration =>
    durabilityOf(CLASSIC, { ...classic!, push: { ...classic!.push!, ...queue } }, { ...producer!, ...client });

  it('is selected by the type of the queue, its durability, the persistence of the message, and confirms', () => {
    expect(rowOf({})).toBe(KEPT.classic.always);
    expect(rowOf({ type: 'quorum' })).toBe(KEPT.quorum.always);
    expect(rowOf({ isTransient: true })).toBe(WEAK['non-durable-queue']);
    expect(rowOf({}, { sendsTransient: true })).toBe(WEAK['transient-message']);
    expect(rowOf({ type: 'quorum' }, { sendsTransient: true })).toBe(KEPT.quorum.always);
    expect(rowOf({ type: 'quorum' }, { asksNoConfirm: true })).toBe(WEAK['unconfirmed-publish']);
    expect(durabilityOf({ broker: { name: 'broker', flush: 'never' } }, ORDERS.queues[0]!, producer!)).toBe(KEPT.sqs.never);
  });

  it('gives a weak send away to every restart, under its own name', () => {
    for (const [name, row] of Object.entries(WEAK)) {
      for (const fault of STORAGE_FAULTS) expect(lossAfter(row, new Set([fault]))).toBe(name);
      expect(lossAfter(row, new Set())).toBeNull();
    }
  });
});

describe('the matrix', () => {
  it('has a row for each configuration that is simulated and each that is not, and no row twice', () => {
    const names = CONFIGURATIONS.map(({ system, setting }) => `${system} | ${setting}`);
    expect(new Set(names).size).toBe(names.length);
    expect(CONFIGURATIONS.filter(({ isSimulated }) => isSimulated).length).toBe(3 * 3 + 3);
    expect(names.length).toBe(12 + 15);
  });

  it('leaves nothing open in what is simulated', () => {
    for (const { fates } of rows) for (const fault of LOSS_FAULTS) expect(['kept', 'may-be-lost', 'not-applicable']).toContain(fates[fault]);
  });

  it('uses every precondition', () => {
    const used = CONFIGURATIONS.flatMap(({ fates }) => Object.values(fates).flatMap((fate) => (typeof fate === 'string' ? [] : [fate.dependsOn])));
    expect([...new Set(used)].sort()).toEqual(Object.keys(PRECONDITIONS).sort());
  });

  it('agrees with itself: what a node loses to its own power loss it loses when all lose power', () => {
    for (const { fates } of CONFIGURATIONS) if (fates['power-loss'] === 'may-be-lost') expect(fates['total-power-loss']).toBe('may-be-lost');
  });
});
