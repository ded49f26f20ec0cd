import { describe, expect, it } from 'vitest';
import type { FlushPolicy } from '../../../engine/log/index.js';
import { ALog, append, texts } from './a-log.js';
import { WatchedDisk } from './watched-disk.js';

const SYNC_MICROS = 100;

function aLog(flush: FlushPolicy = { kind: 'always' }): { log: ALog; disk: WatchedDisk } {
  const disk = new WatchedDisk();
  const log = new ALog({ wrap: disk.wrap, log: { flush, segmentBytes: 1 << 20 } });
  log.disk.syncMicros = SYNC_MICROS;
  disk.calls.length = 0;
  return { log, disk };
}

describe('group commit', () => {
  it('writes what one instant appends in one piece, and syncs it once', () => {
    const { log, disk } = aLog();
    log.append(...texts(20));
    expect(disk.calls).toEqual([]);
    log.world.pass(SYNC_MICROS);
    expect(disk.calls).toEqual([expect.stringMatching(/^write 0000000000000000.log 32\+/), 'sync 0000000000000000.log']);
    expect(log.durable).toEqual([20]);
  });

  it('gathers what comes during a sync and writes it at once when that ends', () => {
    const { log, disk } = aLog();
    log.append(...texts(3));
    log.world.settle();
    for (let step = 0; step < 9; step++) {
      log.append(...texts(2, 3 + 2 * step));
      log.world.pass(SYNC_MICROS / 10);
    }
    expect(log.durable).toEqual([]);
    expect(log.log.durablePosition).toBe(0);
    log.world.pass(SYNC_MICROS / 10);
    expect(log.durable).toEqual([3]);
    expect(disk.calls.filter((call) => call.startsWith('write'))).toHaveLength(2);
    log.world.pass(SYNC_MICROS);
    expect(log.durable).toEqual([3, 21]);
    expect(disk.calls).toHaveLength(4);
  });

  it('takes in what the listener appends while it hears of durable records', () => {
    const { log } = aLog();
    const heard: number[] = [];
    log.log.setDurableListener({
      onDurable: (position) => {
        heard.push(position);
        if (position < 5) append(log.log, 'answer');
      },
      onFailure: () => undefined,
    });
    append(log.log, 'question');
    log.world.pass(5 * SYNC_MICROS);
    expect(heard).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves nothing behind for a record that was begun and never ended', () => {
    const { log, disk } = aLog();
    log.log.beginRecord(10);
    log.world.pass(1000);
    expect(disk.calls).toEqual([]);
    log.append('real');
    log.world.pass(1000);
    expect(log.durable).toEqual([1]);
    expect(log.open().texts).toEqual(['real']);
  });

  it('under always: durable means synced', () => {
    const { log } = aLog();
    log.append('a');
    log.world.pass(SYNC_MICROS - 1);
    expect(log.log).toMatchObject({ nextPosition: 1, durablePosition: 0, syncedPosition: 0 });
    log.world.pass(1);
    expect(log.log).toMatchObject({ nextPosition: 1, durablePosition: 1, syncedPosition: 1 });
  });

  it('under interval: durable means written; one sync follows within the interval, none while nothing is written', () => {
    const { log, disk } = aLog({ kind: 'interval', intervalMicros: 1000 });
    log.append('a');
    log.world.settle();
    expect(log.log).toMatchObject({ durablePosition: 1, syncedPosition: 0 });
    for (let step = 0; step < 9; step++) {
      log.world.pass(100);
      log.append('b');
    }
    log.world.pass(100);
    log.append('during the sync');
    log.world.pass(SYNC_MICROS);
    expect(log.log).toMatchObject({ durablePosition: 11, syncedPosition: 10 });
    expect(disk.calls.filter((call) => call.startsWith('sync'))).toHaveLength(1);
    log.world.pass(10_000);
    expect(log.log.syncedPosition).toBe(11);
    expect(disk.calls.filter((call) => call.startsWith('sync'))).toHaveLength(2);
    expect(log.world.armedTimers).toBe(0);
  });

  it('under never: durable means written, and nothing is synced until the segment ends', () => {
    const { log, disk } = aLog({ kind: 'never' });
    log.append(...texts(10));
    log.world.pass(1e9);
    expect(log.log).toMatchObject({ durablePosition: 10, syncedPosition: 0 });
    expect(disk.calls).toHaveLength(1);
  });

  it.each<FlushPolicy>([{ kind: 'always' }, { kind: 'interval', intervalMicros: 1_000_000 }, { kind: 'never' }])(
    'under $kind: a full segment is synced, and the next one named, before anything is written there',
    (flush) => {
      const disk = new WatchedDisk();
      const log = new ALog({ wrap: disk.wrap, log: { flush } });
      disk.calls.length = 0;
      log.append(...texts(200));
      log.world.pass(1000);
      expect(log.durable.at(-1)).toBe(200);
      const roll = disk.calls.findIndex((call) => call.startsWith('create'));
      const next = disk.calls[roll]!.split(' ')[1]!;
      expect(disk.calls.slice(roll - 1, roll + 4)).toEqual([
        'sync 0000000000000000.log', `create ${next}`, `write ${next} 0+32`, 'syncDirectory log', expect.stringMatching(`^write ${next} 32`),
      ]);
      expect(log.log.liveSegments).toBeGreaterThan(2);
      expect(log.log.sizeBytes).toBe([...log.files.values()].reduce((sum, bytes) => sum + bytes.length, 0));
      expect(Math.max(...[...log.files.values()].map((bytes) => bytes.length))).toBeLessThanOrEqual(4096);
    },
  );

  it('gives a record that is larger than a segment a segment of its own', () => {
    const log = new ALog();
    log.append('small', 'x'.repeat(10_000), 'small again');
    log.world.settle();
    expect(log.log.liveSegments).toBe(3);
    expect(log.open().texts).toEqual(['small', 'x'.repeat(10_000), 'small again']);
  });

  it('close writes and syncs what is pending; nothing can be appended from then on', () => {
    for (const flush of [{ kind: 'always' }, { kind: 'never' }] as const) {
      const { log, disk } = aLog(flush);
      log.append('one');
      log.world.settle();
      log.append('two');
      const results: (string | null)[] = [];
      log.log.close((error) => results.push(error?.code ?? null));
      expect(() => append(log.log, 'three')).toThrow(expect.objectContaining({ code: 'QL_LOG_CLOSED' }));
      log.world.pass(1000);
      expect(results).toEqual([null]);
      expect(disk.calls.at(-1)).toBe('sync 0000000000000000.log');
      log.disk.powerLoss();
      expect(log.open().texts).toEqual(['one', 'two']);
    }
  });
});

describe('a failed log', () => {
  const failing = (operation: string, code: 'EIO' | 'ENOSPC' = 'EIO') => {
    const { log, disk } = aLog();
    log.append('safe');
    log.world.pass(1000);
    disk.fail = (call) => (call.startsWith(operation) ? code : null);
    log.append('in doubt');
    log.world.pass(1000);
    return { log, disk };
  };

  it.each([
    ['sync', 'EIO', 'QL_LOG_SYNC_FAILED'], ['write', 'EIO', 'QL_LOG_WRITE_FAILED'], ['write', 'ENOSPC', 'QL_LOG_DISK_FULL'],
    ['sync', 'ENOSPC', 'QL_LOG_DISK_FULL'],
  ] as const)('by a %s that ends with %s says so once and acknowledges nothing more', (operation, code, expected) => {
    const { log, disk } = failing(operation, code);
    disk.fail = () => null;
    expect(log.failures.map((error) => error.code)).toEqual([expected]);
    expect(log.log.failure?.code).toBe(expected);
    expect(() => append(log.log, 'more')).toThrow(expect.objectContaining({ code: expected }));
    log.world.pass(1_000_000);
    expect(log.durable).toEqual([1]);
    expect(log.failures).toHaveLength(1);
    expect(log.log.durablePosition).toBe(1);
  });

  it('never syncs again: after a failed sync the next one may succeed without writing anything', () => {
    const { log, disk } = failing('sync');
    disk.fail = () => null;
    const before = disk.calls.length;
    log.log.close(() => undefined);
    log.log.checkpoint(() => undefined, () => undefined);
    log.world.pass(1_000_000);
    expect(disk.calls.slice(before)).toEqual([]);
  });

  it('by a background sync, under interval, too', () => {
    const { log, disk } = aLog({ kind: 'interval', intervalMicros: 1000 });
    disk.fail = (call) => (call.startsWith('sync ') ? 'EIO' : null);
    log.append('written');
    log.world.pass(10_000);
    expect(log.durable).toEqual([1]);
    expect(log.failures.map((error) => error.code)).toEqual(['QL_LOG_SYNC_FAILED']);
    expect(() => append(log.log, 'more')).toThrow(expect.objectContaining({ code: 'QL_LOG_SYNC_FAILED' }));
  });

  it.each(['create', 'write 0000000000000044.log 0+32', 'syncDirectory'])('when the next segment cannot be made: %s', (call) => {
    const disk = new WatchedDisk();
    const log = new ALog({ wrap: disk.wrap });
    disk.fail = (made) => (made.startsWith(call) ? 'EIO' : null);
    for (const text of texts(200)) {
      if (log.log.failure === null) log.appendApart(text);
    }
    expect(log.failures).toHaveLength(1);
    expect(log.durable.at(-1)).toBe(44);
    disk.fail = () => null;
    log.disk.powerLoss();
    expect(log.open().texts.slice(0, 44)).toEqual(texts(44));
  });

  it('can be opened again, and then serves what was acknowledged', () => {
    const { log, disk } = failing('sync');
    disk.fail = () => null;
    log.disk.powerLoss();
    expect(log.open().texts).toEqual(['safe']);
  });
});

describe('what a failed sync leaves in the page cache', () => {
  it('is written anew when the log is opened again, not taken for safe because it can be read', () => {
    const { log, disk } = aLog();
    log.append('safe');
    log.world.pass(1000);
    disk.fail = (call) => (call.startsWith('sync ') ? 'EIO' : null);
    log.append('in doubt');
    log.world.pass(1000);
    disk.fail = () => null;
    const old = log.files.get('0000000000000000.log')!;
    expect(log.open().texts).toEqual(['safe', 'in doubt']);
    log.world.pass(1000);
    // The new file is another one, whole and synced before it got the name.
    const made = disk.calls.slice(disk.calls.indexOf('create 0000000000000000.log.tmp'));
    const named = made.indexOf('rename 0000000000000000.log.tmp');
    expect(made.slice(named - 1)).toEqual([
      'sync 0000000000000000.log.tmp', 'rename 0000000000000000.log.tmp', 'syncDirectory log', 'open 0000000000000000.log',
    ]);
    expect(log.files.get('0000000000000000.log')).not.toEqual(old);
    log.disk.powerLoss();
    expect(log.open().texts).toEqual(['safe', 'in doubt']);
  });
});
