import { describe, expect, it } from 'vitest';
import { MAX_CHECKPOINT_BYTES } from '../../../engine/log/checkpoint-file.js';
import { checkpointName } from '../../../engine/log/segment-format.js';
import { ALog, append, texts } from './a-log.js';
import { WatchedDisk } from './watched-disk.js';

function withDisk(options = {}): { log: ALog; disk: WatchedDisk } {
  const disk = new WatchedDisk();
  return { log: new ALog({ wrap: disk.wrap, ...options }), disk };
}

describe('a checkpoint', () => {
  it('comes back with its position, and the records from there on', () => {
    const log = new ALog();
    log.appendApart(...texts(10));
    expect(log.checkpoint('state of ten')).toEqual({ error: null, position: 10 });
    log.appendApart(...texts(5, 10));
    const opening = log.open();
    expect(opening.checkpoint).toEqual({ text: 'state of ten', position: 10 });
    expect(opening.texts).toEqual(texts(5, 10));
    expect(log.recovery).toMatchObject({ startPosition: 10, nextPosition: 15, records: 5 });
  });

  it('holds what was appended in its instant, and is durable only after that is synced', () => {
    for (const flush of [{ kind: 'always' }, { kind: 'never' }] as const) {
      const { log, disk } = withDisk({ log: { flush } });
      disk.calls.length = 0;
      log.append(...texts(3));
      expect(log.checkpoint('state of three')).toEqual({ error: null, position: 3 });
      const steps = disk.calls.map((call) => call.replace(/ .*(tmp|log|checkpoint)/, ' $1'));
      expect(steps.indexOf('sync log')).toBeGreaterThan(-1);
      expect(steps.indexOf('sync log')).toBeLessThan(steps.indexOf('create tmp'));
      expect(log.log.syncedPosition).toBe(3);
    }
  });

  it('removes the segments and the checkpoint that it replaces', () => {
    const log = new ALog();
    log.appendApart(...texts(150));
    expect(log.log.liveSegments).toBeGreaterThan(3);
    log.checkpoint('one');
    expect(log.log.liveSegments).toBe(1);
    log.appendApart(...texts(150, 150));
    log.checkpoint('two');
    expect(log.log.liveSegments).toBe(1);
    expect(log.names).toHaveLength(2);
    expect(log.names).toContain(checkpointName(300));
    expect(log.log.sizeBytes).toBe(log.files.get(log.names.find((name) => name.endsWith('.log'))!)!.length);
    expect(log.open().checkpoint).toEqual({ text: 'two', position: 300 });
  });

  it('may be written again at the same position, and at the beginning', () => {
    const log = new ALog();
    log.checkpoint('nothing yet');
    log.checkpoint('nothing still');
    expect(log.open().checkpoint).toEqual({ text: 'nothing still', position: 0 });
    log.checkpoint('nothing at all');
    expect(log.open().checkpoint).toEqual({ text: 'nothing at all', position: 0 });
    expect(log.names).toHaveLength(2);
  });

  it('is one at a time; appending goes on meanwhile', () => {
    const log = new ALog();
    log.disk.syncMicros = 100;
    append(log.log, 'before');
    const results: string[] = [];
    log.log.checkpoint((writer) => writer.reserve(10), (error, position) => results.push(`first ${error?.code} ${position}`));
    append(log.log, 'meanwhile');
    log.log.checkpoint(() => undefined, (error) => results.push(`second ${error?.code}`));
    log.world.pass(10_000);
    expect(results).toEqual(['second QL_LOG_BUSY', 'first undefined 1']);
    expect(log.durable.at(-1)).toBe(2);
    expect(log.open().texts).toEqual(['meanwhile']);
  });

  it('of many pieces is whole', () => {
    const log = new ALog();
    const large = 'piece '.repeat(200_000);
    log.checkpoint(large);
    expect(log.open().checkpoint?.text).toBe(large);
  });

  it('has a limit', () => {
    const log = new ALog();
    expect(() => log.log.checkpoint((writer) => writer.reserve(MAX_CHECKPOINT_BYTES + 1), () => undefined))
      .toThrow(expect.objectContaining({ code: 'QL_LOG_RECORD_TOO_LARGE' }));
    expect(log.checkpoint('a small one').error).toBeNull();
  });

  it.each(['create', 'truncate', 'write 0000000000000003.checkpoint.tmp', 'sync 0000000000000003.checkpoint.tmp', 'rename', 'syncDirectory'])(
    'that fails at "%s" leaves the log at work and the old checkpoint in force, and can be tried again',
    (call) => {
      const { log, disk } = withDisk();
      log.appendApart('one');
      log.checkpoint('old');
      log.appendApart('two', 'three');
      disk.fail = (made) => (made.startsWith(call) ? 'ENOSPC' : null);
      expect(log.checkpoint('new').error?.code).toBe('QL_LOG_DISK_FULL');
      disk.fail = () => null;
      log.appendApart('four');
      expect(log.durable.at(-1)).toBe(4);
      const { checkpoint, texts: shown } = log.open();
      if (checkpoint!.text === 'old') expect(shown).toEqual(['two', 'three', 'four']);
      else expect([checkpoint, shown]).toEqual([{ text: 'new', position: 3 }, ['four']]);
      expect(log.checkpoint('newest').error).toBeNull();
      expect(log.names.filter((name) => name.includes('checkpoint'))).toEqual([checkpointName(4)]);
    },
  );

  it('never comes back when a bit of it is changed: the one before it does, while it is there, and the damage is reported', () => {
    const { log, disk } = withDisk();
    log.appendApart('one');
    log.checkpoint('old');
    log.appendApart('two', 'three');
    disk.fail = (call) => (call.startsWith('remove') ? 'EIO' : null);
    log.checkpoint('new');
    disk.fail = () => null;
    log.appendApart('four');
    const files = log.files;
    expect(files.has(checkpointName(1)) && files.has(checkpointName(3))).toBe(true);
    const whole = files.get(checkpointName(3))!;
    for (let byte = 0; byte < whole.length; byte++) {
      const rotten = whole.slice();
      rotten[byte]! ^= 0x10;
      const { first } = new ALog({ files: new Map([...files, [checkpointName(3), rotten]]) });
      expect(first.checkpoint, `byte ${byte}`).toEqual({ text: 'old', position: 1 });
      expect(first.texts).toEqual(['two', 'three', 'four']);
      expect(first.recovery!.corrupt).toEqual([
        { kind: 'checkpoint', position: 3, nextPosition: 3, segment: checkpointName(3), offset: 0, lengthBytes: whole.length },
      ]);
    }
    const moved = new ALog({ files: new Map([...files].map(([name, bytes]) => [name === checkpointName(3) ? checkpointName(4) : name, bytes])) });
    expect(moved.first.checkpoint).toEqual({ text: 'old', position: 1 });
  });

  it('is not relied on for removing what is older when it is merely found: only the next one is known to be durable', () => {
    const { log, disk } = withDisk();
    log.appendApart(...texts(150));
    disk.fail = (call) => (call.startsWith('remove') ? 'EIO' : null);
    log.checkpoint('state');
    disk.fail = () => null;
    const names = log.names;
    expect(names.length).toBeGreaterThan(4);
    disk.calls.length = 0;
    expect(log.open().checkpoint?.position).toBe(150);
    expect(log.names).toEqual(expect.arrayContaining(names));
    expect(disk.calls.filter((call) => call.startsWith('remove'))).toEqual([]);
    log.checkpoint('next state');
    expect(log.names).toHaveLength(2);
  });

  it('reports the records that are missing between it and the first segment', () => {
    const log = new ALog();
    log.appendApart(...texts(150));
    log.checkpoint('state');
    log.appendApart(...texts(150, 150));
    const files = log.files;
    const [first, second] = [...files.keys()].filter((name) => name.endsWith('.log'));
    files.delete(first!);
    const next = Number(second!.slice(0, 16));
    const broken = new ALog({ files });
    expect(broken.recovery.corrupt).toMatchObject([{ kind: 'gap', position: 150, nextPosition: next }]);
    expect(broken.opening.texts).toEqual(texts(300 - next, next));
    const alone = new ALog({ files: new Map([...files].filter(([name]) => name.endsWith('.checkpoint'))) });
    expect(alone.recovery).toMatchObject({ nextPosition: 150, corrupt: [{ kind: 'gap', position: 150, nextPosition: 150 }] });
    alone.appendApart('onward');
    expect(alone.open().positions).toEqual([150]);
  });

  it('covers damage below its position', () => {
    const log = new ALog();
    log.appendApart(...texts(10));
    log.checkpoint('state');
    const files = log.files;
    const segment = files.get('0000000000000000.log')!;
    segment.fill(0, 200);
    const opened = new ALog({ files });
    expect(opened.opening.checkpoint?.position).toBe(10);
    expect(opened.recovery).toMatchObject({ nextPosition: 10, corrupt: [] });
    opened.appendApart('eleven');
    expect(opened.open()).toMatchObject({ positions: [10], texts: ['eleven'] });
    expect(opened.recovery.corrupt).toEqual([]);
  });
});
