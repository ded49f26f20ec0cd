import { describe, expect, it } from 'vitest';
import { bodyOf, code, SECOND, Stage } from './stage.js';

const SYNC = 5_000;

/** A stage whose disk takes a while to sync. */
function slowDisk(flush: 'always' | 'interval' | 'never' = 'always'): Stage {
  const stage = new Stage({ config: { flush, flushIntervalMicros: SECOND } });
  stage.world.pass(SECOND);
  stage.disk.syncMicros = SYNC;
  return stage;
}

const body = bodyOf(1, 8);

describe('a reply', () => {
  it('to a send leaves when the journal is synced, not before', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    const sent = client.post({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null });
    stage.world.pass(SYNC - 1);
    expect(client.reply(sent)).toBeNull();
    stage.world.pass(2 * SYNC);
    expect(code(client.reply(sent))).toBe('sendReply');
  });

  it('to a receive and to a delete waits for the sync, too', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    client.post({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null });
    stage.world.pass(10 * SYNC);
    const received = client.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: 0 });
    expect(client.reply(received)).toBeNull();
    stage.world.pass(10 * SYNC);
    const reply = client.reply(received)!;
    const handle = reply.operation === 'receiveReply' ? reply.deliveries[0]!.handle : 0;
    const [first, second] = [0, 1].map(() => client.post({ operation: 'delete', queue: 0, handle })) as [number, number];
    expect([client.reply(first), client.reply(second)]).toEqual([null, null]);
    stage.world.pass(10 * SYNC);
    expect([code(client.reply(first)), code(client.reply(second))]).toEqual(['deleteReply', 'deleteReply']);
  });

  it('that refuses does not wait', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    client.post({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null });
    expect(client.delete(99)).toBe('ReceiptHandleIsInvalid');
  });

  it('under `interval` and `never` does not wait for a sync', () => {
    for (const flush of ['interval', 'never'] as const) {
      const stage = slowDisk(flush);
      const client = stage.client('worker');
      expect(code(client.call({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null }))).toBe('sendReply');
    }
  });

  it('is never sent for what a loss of power takes', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    const ids = Array.from({ length: 5 }, (_, index) => {
      stage.world.pass(1000);
      return client.post({ operation: 'send', queue: 0, body, trace: index + 1, delayMicros: null });
    });
    stage.world.pass(2_000);
    const answered = ids.filter((id) => client.reply(id) !== null).length;
    expect(answered).toBeLessThan(5);
    stage.powerLoss();
    const [ready] = stage.client('other').counts();
    expect(ready).toBeGreaterThanOrEqual(answered);
  });
});

describe('storage that fails', () => {
  it('stops the node: nothing more is answered, sessions end, the owner is told', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    stage.disk.failsNextSync = true;
    const sent = client.post({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null });
    stage.world.pass(10 * SYNC);
    expect(client.reply(sent)).toBeNull();
    expect(client.isOpen).toBe(false);
    expect(stage.fatal).toMatchObject({ code: 'QL_LOG_SYNC_FAILED' });
    expect(stage.broker.isServing).toBe(false);
    expect(stage.world.armedTimers).toBe(0);
  });

  it('loses nothing that was answered', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    client.post({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null });
    stage.world.pass(10 * SYNC);
    stage.disk.failsNextSync = true;
    client.post({ operation: 'send', queue: 0, body, trace: 2, delayMicros: null });
    stage.world.pass(10 * SYNC);
    stage.powerLoss();
    expect(stage.client('worker').counts()).toEqual([1, 0, 0]);
  });
});

describe('shut down', () => {
  it('makes everything durable and ends the sessions', () => {
    const stage = slowDisk();
    const client = stage.client('worker');
    client.post({ operation: 'send', queue: 0, body, trace: 1, delayMicros: null });
    let isDown = false;
    stage.broker.shutDown(() => {
      isDown = true;
    });
    stage.world.pass(10 * SYNC);
    expect([isDown, client.isOpen]).toEqual([true, false]);
    stage.powerLoss();
    expect(stage.client('worker').counts()).toEqual([1, 0, 0]);
  });
});
