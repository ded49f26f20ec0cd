import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiskFile } from '../../../engine/index.js';
import { type DiskSettings, RandomStream } from '../../../sim/index.js';
import { quickDisk, TestWorld } from '../a-world.js';

function worldWith(disk: Partial<DiskSettings> = {}): TestWorld {
  return new TestWorld(['a'], { machine: () => ({ disk: { ...quickDisk, ...disk } }) }).started();
}

/** When each operation completes, in the order of completion. */
function timesOf(test: TestWorld, start: (note: (name: string) => () => void) => void): [string, number][] {
  const times: [string, number][] = [];
  start((name) => () => void times.push([name, test.now]));
  test.pass(10_000_000);
  return times;
}

describe('the device', () => {
  it('serves one operation after the other: latency, then bandwidth', () => {
    const test = worldWith({ bandwidthBytesPerSecond: 1_000_000 });
    const file = test.file('a', 'log');
    const start = test.now;
    const times = timesOf(test, (note) => {
      file.write(0, new Uint8Array(500), note('write'));
      file.sync(note('sync'));
      file.read(0, 200, note('read'));
    });
    expect(times).toEqual([['write', start + 510], ['sync', start + 610], ['read', start + 830]]);
  });

  it('is shared by all files of the machine', () => {
    const test = worldWith();
    const one = test.file('a', 'one');
    const other = test.file('a', 'other');
    const start = test.now;
    const times = timesOf(test, (note) => {
      one.sync(note('one'));
      other.sync(note('other'));
    });
    expect(times).toEqual([['one', start + 100], ['other', start + 200]]);
  });

  it('completes nothing while it stalls; afterwards what was under way, then what came meanwhile', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    const { device } = test.machine('a').disk;
    const times: [string, number][] = [];
    const note = (name: string) => () => {
      times.push([name, test.now]);
      if (name === 'before') file.write(0, Uint8Array.of(1), note('from a callback'));
    };
    const start = test.now;
    file.sync(note('before'));
    device.stall();
    test.pass(40);
    file.write(0, Uint8Array.of(1), note('meanwhile'));
    test.pass(960);
    expect(times).toEqual([]);
    device.endStall();
    test.pass(1000);
    expect(times).toEqual([['before', start + 1000], ['meanwhile', start + 1010], ['from a callback', start + 1020]]);
  });

  it('what is under way when power fails never completes, and the device is free afterwards', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    file.sync(() => expect.unreachable());
    const machine = test.machine('a');
    machine.holdUnpowered(new RandomStream('x'));
    machine.releaseUnpowered();
    const start = test.now;
    test.file('a', 'log');
    expect(test.now - start).toBeLessThan(100);
  });
});

describe('a loss of power', () => {
  it('forgets a failing sync that is under way: it harms nothing that is written afterwards', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, Uint8Array.of(1), done));
    test.result((done) => file.sync(done));
    test.result((done) => test.host('a').disk.syncDirectory('', done));
    const machine = test.machine('a');
    machine.disk.faults.add({ kind: 'sync-failure', left: 1 });
    file.sync(() => expect.unreachable());
    machine.holdUnpowered(new RandomStream('x'));
    machine.releaseUnpowered();
    const again = test.file('a', 'log');
    test.result((done) => again.write(1, Uint8Array.of(2), done));
    test.pass(10_000);
    expect(test.content(again)).toEqual(Uint8Array.of(1, 2));
  });
});

describe('space', () => {
  it('a write that would pass the capacity fails with ENOSPC and changes nothing', () => {
    const test = worldWith({ capacityBytes: 100 });
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, new Uint8Array(90), done));
    expect(test.errorCode((done) => file.write(85, new Uint8Array(20), done))).toBe('ENOSPC');
    expect(file.sizeBytes).toBe(90);
    expect(test.host('a').disk.freeBytes()).toBe(10);
    expect(test.errorCode((done) => file.truncate(101, done))).toBe('ENOSPC');
    test.result((done) => file.write(0, new Uint8Array(100).fill(1), done));
    expect(file.sizeBytes).toBe(100);
  });

  it('removing, truncating and replacing files gives their space back', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const operation = fc.record({ kind: fc.constantFrom('write', 'truncate', 'remove', 'rename', 'power'), name: names, to: names, size: fc.nat({ max: 9000 }) });
    fc.assert(fc.property(fc.array(operation, { maxLength: 20 }), (operations) => {
      const test = worldWith();
      const disk = test.machine('a').disk;
      const attempt = (start: Parameters<TestWorld['errorCode']>[0]): void => {
        test.result((done) => start(() => done(null)));
      };
      for (const { kind, name, to, size } of operations) {
        if (kind === 'write') test.result((done) => test.file('a', name).write(size >> 1, new Uint8Array(size), done));
        else if (kind === 'truncate') test.result((done) => test.file('a', name).truncate(size, done));
        else if (kind === 'remove') attempt((done) => test.host('a').disk.remove(name, done));
        else if (kind === 'rename') attempt((done) => test.host('a').disk.rename(name, to, done));
        else {
          test.machine('a').holdUnpowered(new RandomStream(`${size}`));
          test.machine('a').releaseUnpowered();
        }
        const sum = disk.tree.files().reduce((bytes, [, file]) => bytes + file.cache.lengthBytes, 0);
        expect(disk.usedBytes).toBe(sum);
      }
    }), { numRuns: 60 });
  });

  it('bytes written to a removed file take no space', () => {
    const test = worldWith({ capacityBytes: 100 });
    const file = test.file('a', 'log');
    test.result((done) => test.host('a').disk.remove('log', done));
    test.result((done) => file.write(0, new Uint8Array(60), done));
    test.result((done) => test.file('a', 'new').write(0, new Uint8Array(100), done));
    expect(test.machine('a').disk.usedBytes).toBe(100);
  });
});

describe('what is wrong with a disk', () => {
  it('an error fails the operation with EIO and changes nothing, a count of times', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    const { faults } = test.machine('a').disk;
    faults.add({ kind: 'error', operations: ['write'], probability: 1, random: new RandomStream('x'), left: 2 });
    expect(test.errorCode((done) => file.write(0, Uint8Array.of(1), done))).toBe('EIO');
    expect(test.errorCode((done) => test.host('a').disk.makeDirectory('d', done))).toBe('EIO');
    expect(file.sizeBytes).toBe(0);
    test.result((done) => file.write(0, Uint8Array.of(1), done));
    expect(test.result<readonly string[]>((done) => test.host('a').disk.list('', done))).toEqual(['log']);
  });

  it('an error of a read returns no bytes', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, Uint8Array.of(1, 2), done));
    test.machine('a').disk.faults.add({ kind: 'error', operations: ['read'], probability: 1, random: new RandomStream('x'), left: 1 });
    let seen: Uint8Array | null = null;
    file.read(0, 2, (error, bytes) => {
      expect(error?.code).toBe('EIO');
      seen = bytes;
    });
    test.pass(1000);
    expect(seen).toEqual(new Uint8Array(0));
  });

  it('a plain sync error leaves the data unsynced, and a later sync saves it', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, Uint8Array.of(1), done));
    const { disk } = test.machine('a');
    disk.faults.add({ kind: 'error', operations: ['sync'], probability: 1, random: new RandomStream('x'), left: 1 });
    expect(test.errorCode((done) => file.sync(done))).toBe('EIO');
    expect(disk.durableBytes).toBe(0);
    test.result((done) => file.sync(done));
    expect(disk.durableBytes).toBe(1);
  });

  it('a misdirected write lands whole at another place, and the intended one keeps its old bytes', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, new Uint8Array(8192).fill(1), done));
    test.machine('a').disk.faults.add({ kind: 'misdirection', probability: 1, random: new RandomStream('x'), left: 1 });
    test.result((done) => file.write(4096, new Uint8Array(700).fill(2), done));
    const content = test.content(file);
    expect(content.subarray(4096, 4796).every((value) => value === 1)).toBe(true);
    const landed = content.indexOf(2);
    expect(landed % 512).toBe(0);
    expect(content.subarray(landed, landed + 700).every((value) => value === 2)).toBe(true);
    expect(content.filter((value) => value === 2)).toHaveLength(700);
  });

  it('a misdirected append leaves a hole of zeros', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, new Uint8Array(2048).fill(1), done));
    test.machine('a').disk.faults.add({ kind: 'misdirection', probability: 1, random: new RandomStream('x'), left: 1 });
    test.result((done) => file.write(2048, new Uint8Array(512).fill(2), done));
    const content = test.content(file);
    expect(content.length).toBe(2560);
    expect(content.subarray(2048).every((value) => value === 0)).toBe(true);
    expect(content.subarray(0, 2048).filter((value) => value === 2)).toHaveLength(512);
  });

  it('a write for which the file has no other place is not misdirected, and the next one is', () => {
    const test = worldWith();
    const file = test.file('a', 'log');
    test.machine('a').disk.faults.add({ kind: 'misdirection', probability: 1, random: new RandomStream('x'), left: 1 });
    test.result((done) => file.write(0, new Uint8Array(1024).fill(1), done));
    expect(test.content(file).every((value) => value === 1)).toBe(true);
    test.result((done) => file.write(512, new Uint8Array(512).fill(2), done));
    expect(test.content(file).indexOf(2)).toBe(0);
  });

  it('rot strikes every durable byte alike, and only files of the prefix', () => {
    const test = worldWith();
    const files = ['a-log', 'b-log', 'b-other'].map((name): DiskFile => test.file('a', name));
    files.forEach((file, index) => {
      test.result((done) => file.write(0, new Uint8Array(100 * (index + 1)), done));
      test.result((done) => file.sync(done));
    });
    const { disk } = test.machine('a');
    const random = new RandomStream('rot');
    for (let count = 0; count < 400; count++) expect(disk.rotBit(random, 'b-')).toBe(true);
    const flipped = files.map((file) => test.content(file).filter((value) => value !== 0).length);
    expect(flipped[0]).toBe(0);
    expect(flipped[1]).toBeGreaterThan(100);
    expect(flipped[2]).toBeGreaterThan(150);
    expect(disk.rotBit(random, 'nothing')).toBe(false);
  });
});
