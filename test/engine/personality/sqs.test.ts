import { describe, expect, it } from 'vitest';
import { type Request, sqs } from '../../../engine/index.js';

const SECOND = 1_000_000;
const { broker, costs } = sqs;

describe('sqs', () => {
  it('has the defaults of CreateQueue', () => {
    expect(broker.queueDefaults).toEqual({
      visibilityTimeoutMicros: 30 * SECOND, delayMicros: 0, retentionMicros: 345_600 * SECOND, receiveWaitMicros: 0, maxMessageBytes: 1_048_576,
      deadLetter: null, kind: 'standard', redriveAllow: { permission: 'allowAll', sources: [] }, maxInFlight: 120_000,
      contentBasedDeduplication: false, deduplicationScope: 'queue', throughputLimit: 'perQueue', isFair: true, replicas: null,
    });
  });

  it('has the documented limits', () => {
    const { queueLimits } = broker;
    expect(queueLimits.visibilityTimeoutMicros).toEqual({ min: 0, max: 43_200 * SECOND });
    expect(queueLimits.delayMicros).toEqual({ min: 0, max: 900 * SECOND });
    expect(queueLimits.retentionMicros).toEqual({ min: 60 * SECOND, max: 1_209_600 * SECOND });
    expect(queueLimits.receiveWaitMicros).toEqual({ min: 0, max: 20 * SECOND });
    expect(queueLimits.maxMessageBytes).toEqual({ min: 1024, max: 1_048_576 });
    expect(queueLimits.maxReceiveCount).toEqual({ min: 1, max: 1000 });
    expect([queueLimits.maxMessagesPerReceive, queueLimits.maxBatchEntries, queueLimits.maxBatchBytes]).toEqual([10, 10, 1_048_576]);
    expect(queueLimits.moveTaskRatePerSecond.max).toBe(500);
    expect(queueLimits.maxInFlight.max).toBe(120_000);
    for (const policy of Object.values(broker.queuePolicies)) expect(policy.maxLeaseMicros).toBe(43_200 * SECOND);
    expect(broker.queuePolicies.fifo).toMatchObject({ deduplicationWindowMicros: 300 * SECOND, attemptWindowMicros: 300 * SECOND, lookAhead: 120_000 });
  });

  it('has defaults within its limits', () => {
    const { queueDefaults, queueLimits } = broker;
    for (const field of ['visibilityTimeoutMicros', 'delayMicros', 'retentionMicros', 'receiveWaitMicros', 'maxMessageBytes'] as const) {
      expect(queueDefaults[field]).toBeGreaterThanOrEqual(queueLimits[field].min);
      expect(queueDefaults[field]).toBeLessThanOrEqual(queueLimits[field].max);
    }
  });

  it('lets a client repeat throttled requests only', () => {
    const retriable = Object.values(broker.errors).filter((error) => error.retriable).map(({ code }) => code);
    expect(new Set(retriable)).toEqual(new Set(['RequestThrottled']));
  });

  it('answers with 400 where nothing else is known: 403 for what is too much for now, 404 for resources that are not there', () => {
    const byStatus = (status: number) => [...new Set(Object.values(broker.errors).filter((error) => error.status === status).map(({ code }) => code))].sort();
    expect(byStatus(403)).toEqual(['OverLimit', 'PurgeQueueInProgress', 'RequestThrottled']);
    expect(byStatus(404)).toEqual(['ResourceNotFoundException']);
    expect(Object.values(broker.errors).every(({ status }) => [400, 403, 404].includes(status))).toBe(true);
  });

  it('says what every request costs, a few tens of microseconds', () => {
    const operations: Record<Request['operation'], true> = {
      hello: true, openQueue: true, keepAlive: true, send: true, sendBatch: true, receive: true, delete: true, deleteBatch: true, changeVisibility: true,
      changeVisibilityBatch: true, createQueue: true, getQueueAttributes: true, purgeQueue: true, startMessageMoveTask: true,
      cancelMessageMoveTask: true, listMessageMoveTasks: true, deleteQueue: true, listQueues: true, setQueueAttributes: true, listDeadLetterSources: true,
    };
    expect(Object.keys(costs.baseMicros).sort()).toEqual(Object.keys(operations).sort());
    for (const micros of Object.values(costs.baseMicros)) expect(micros > 0 && micros <= 50).toBe(true);
  });
});
