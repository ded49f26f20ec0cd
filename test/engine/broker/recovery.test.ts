import { describe, expect, it } from 'vitest';
import { EventKind } from '../../../history/index.js';
import { bodyOf, MINUTE, SECOND, Stage, traces } from './stage.js';

describe('recovery', () => {
  it('reports what it found: every message with count and state, then the ledgers', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    for (let trace = 1; trace <= 4; trace++) client.send(trace);
    client.send(5, { delayMicros: MINUTE });
    const [first, second] = client.receive({ max: 2 });
    client.delete(first!.handle);
    expect(second!.trace).toBe(2);
    stage.kill();
    const before = stage.events.list.length;
    stage.boot();
    const seen = stage.events.list.slice(before);
    expect(seen.map(({ event }) => event)).toEqual([
      'recover-begin', 'restore', 'restore', 'restore', 'restore', 'recover-end', 'ledger',
    ]);
    expect(seen.filter(({ event }) => event === 'restore').map(({ message, a, b, c }) => [message, a, b, c])).toEqual([
      [3, 0, 0, 0], [4, 0, 0, 0], [5, 0, 1, MINUTE], [2, 1, 2, 30 * SECOND],
    ]);
    expect(seen.at(-1)).toMatchObject({ dest: 'jobs', a: 2, b: 1, c: 1 });
  });

  it('gives a lease its full timeout again: late, never early', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.receiveOne();
    stage.world.pass(29 * SECOND);
    stage.restart();
    const again = stage.client('worker');
    stage.world.pass(30 * SECOND - 1);
    expect(again.receive()).toEqual([]);
    stage.world.pass(1);
    expect(again.receiveOne().deliveryCount).toBe(2);
  });

  it('counts the 12 hours of a lease anew, from the recovery', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    stage.world.pass(13 * 60 * MINUTE);
    client.send(1);
    const { handle } = client.receiveOne();
    stage.restart();
    const again = stage.client('worker');
    expect(again.change(handle, 12 * 60 * MINUTE)).toBe('changeVisibilityReply');
    stage.world.pass(1);
    expect(again.change(handle, 12 * 60 * MINUTE)).toBe('InvalidParameterValue');
  });

  it('remembers what had expired before: a message that was ready again is ready', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.send(2, { delayMicros: 10 * SECOND });
    client.receiveOne();
    stage.world.pass(31 * SECOND);
    stage.restart();
    expect(stage.client('worker').counts()).toEqual([2, 0, 0]);
  });

  it('drops at once what became too old while the node was down', () => {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { retentionMicros: MINUTE } }] });
    stage.client('worker').send(1);
    stage.kill();
    stage.world.pass(2 * MINUTE);
    stage.boot();
    const again = stage.client('worker');
    expect(again.receive()).toEqual([]);
    expect(stage.events.of('drop')).toMatchObject([{ message: 1, a: 1 }]);
  });

  it('never gives an id twice', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    const first = client.send(1);
    client.delete(client.receiveOne().handle);
    stage.restart();
    expect(stage.client('worker').send(2)).toBe(first + 1);
  });

  it('keeps a queue that a client created, with its settings', () => {
    const stage = new Stage();
    stage.client('worker').call({ operation: 'createQueue', name: 'mine', settings: { visibilityTimeoutMicros: 7 * SECOND } });
    stage.restart();
    const client = stage.client('worker', ['mine']);
    expect(client.call({ operation: 'getQueueAttributes', queue: 0 })).toMatchObject({ settings: { visibilityTimeoutMicros: 7 * SECOND } });
  });

  it('reports a corrupt middle and never serves what was in it', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    for (let trace = 1; trace <= 9; trace++) client.send(trace, { size: 2000 });
    stage.kill();
    damage(stage, bodyOf(5, 1)[0]!);
    stage.boot();
    const again = stage.client('worker');
    expect(stage.events.of('corruption')).toHaveLength(1);
    expect(traces(again.receive())).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
    expect(stage.events.of('recover-end').at(-1)).toMatchObject({ c: 1 });
  });

  it('tells of damage before it writes the checkpoint that does away with it', () => {
    const stage = new Stage({ config: { flush: 'interval', flushIntervalMicros: SECOND } });
    const client = stage.client('worker');
    for (let trace = 1; trace <= 9; trace++) {
      client.send(trace, { size: 2000 });
      stage.world.pass(2 * SECOND);
    }
    stage.kill();
    damage(stage, bodyOf(5, 1)[0]!);
    const { events } = stage;
    const emit = events.emit.bind(events);
    events.emit = (kind, ...rest) => {
      if (kind === EventKind.corruption) stage.disk.failsNextSync = true;
      emit(kind, ...rest);
    };
    stage.boot();
    expect(stage.fatal?.message).toContain('sync');
    const told = events.of('corruption');
    expect([told.length, events.of('recover-end').length]).toEqual([1, 1]);
    // It is there still, and told again, in the same place.
    events.emit = emit;
    stage.boot();
    expect(events.of('corruption').slice(1)).toEqual([{ ...told[0], at: stage.world.now }]);
    expect(events.of('recover-end').at(-1)).toMatchObject({ c: 1 });
  });

  it('keeps messages whose queue\'s own record was lost, under another name', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.call({ operation: 'createQueue', name: 'mine', settings: {} });
    const mine = stage.client('worker', ['mine']);
    mine.send(1);
    stage.kill();
    const name = new TextEncoder().encode('"mine"');
    damageAt(stage, (bytes, at) => name.every((byte, index) => bytes[at + index] === byte));
    stage.boot();
    const again = stage.client('worker', ['mine', 'lost-2']);
    expect(() => again.counts(0)).toThrow('QueueDoesNotExist');
    expect(traces(again.receive({ queue: 1 }))).toEqual([1]);
  });
});

/** Rots a byte in the middle of the body of the message whose bytes are all `value`. */
function damage(stage: Stage, value: number): void {
  damageAt(stage, (bytes, at) => bytes.subarray(at, at + 500).every((byte) => byte === value) && bytes[at + 500] === value);
}

function damageAt(stage: Stage, isThere: (bytes: Uint8Array, at: number) => boolean): void {
  for (const path of stage.disk.paths()) {
    const bytes = stage.disk.file(path);
    for (let at = 0; at < bytes.length; at++) {
      if (!isThere(bytes, at)) continue;
      bytes[at + 1]! ^= 1;
      return;
    }
  }
  throw new Error('nothing to damage');
}

describe('the log', () => {
  it('stays small while the queue keeps up, and the node can still be recovered', () => {
    const segmentBytes = 64 * 1024;
    const stage = new Stage({ config: { segmentBytes } });
    const client = stage.client('worker');
    client.send(1_000_000, { size: 100 });
    client.change(client.receiveOne().handle, 3600 * SECOND);
    let largest = 0;
    for (let trace = 1; trace <= 3_000; trace++) {
      client.send(trace, { size: 300 });
      client.delete(client.receiveOne().handle);
      if (trace % 100 === 0) largest = Math.max(largest, stage.disk.sizeBytes);
    }
    expect(largest).toBeLessThan(8 * segmentBytes);
    stage.powerLoss();
    expect(stage.client('worker').counts()).toEqual([0, 1, 0]);
    expect(stage.events.of('restore')).toMatchObject([{ message: 1_000_000, a: 1, b: 2, c: 3600 * SECOND }]);
  });

  it('grows on when no checkpoint can be written, and is not asked for one all the time', () => {
    const segmentBytes = 64 * 1024;
    const stage = new Stage({ config: { segmentBytes } });
    const client = stage.client('worker');
    stage.disk.unopenable = 'checkpoint';
    for (let trace = 1; trace <= 2_000; trace++) {
      client.send(trace, { size: 300 });
      client.delete(client.receiveOne().handle);
    }
    expect(stage.disk.sizeBytes).toBeGreaterThan(10 * segmentBytes);
    expect(stage.disk.failedOpens).toBeGreaterThan(0);
    expect(stage.disk.failedOpens).toBeLessThan(5);
    stage.disk.unopenable = null;
    for (let trace = 2_001; trace <= 4_000; trace++) client.send(trace, { size: 300 });
    for (let turn = 0; turn < 200; turn++) for (const { handle } of client.receive()) client.delete(handle);
    expect(stage.disk.sizeBytes).toBeLessThan(8 * segmentBytes);
  });
});
