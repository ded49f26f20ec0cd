import { describe, expect, it } from 'vitest';
import type { DiskFile } from '../../../engine/index.js';
import type { FaultSpec } from '../../../sim/index.js';
import { TestWorld } from '../a-world.js';

const SECOND = 1_000_000;

/** A machine with an open, synced file of two pages of ones, whose faults begin at one second. */
function struck(...faults: Omit<FaultSpec, 'at' | 'target'>[]): { test: TestWorld; file: DiskFile } {
  const test = new TestWorld(['a']);
  test.world.faults.schedule(faults.map((fault) => ({ ...fault, at: SECOND, target: 'a' }) as FaultSpec));
  test.started();
  const file = test.file('a', 'log');
  test.result((done) => file.write(0, new Uint8Array(8192).fill(1), done));
  test.result((done) => file.sync(done));
  test.result((done) => test.host('a').disk.syncDirectory('', done));
  test.world.runUntil(SECOND);
  return { test, file };
}

function timeOf(test: TestWorld, start: (done: () => void) => void): number {
  const before = test.now;
  test.result((done) => start(() => done(null)));
  return test.now - before;
}

function restarted(test: TestWorld): DiskFile {
  test.machine('a').kill();
  test.machine('a').start();
  return test.file('a', 'log');
}

describe('disk-slow', () => {
  it('slows down the rest of what is under way when it begins, and speeds it up when it ends', () => {
    const { test, file } = struck();
    const { slowness } = test.machine('a').disk.faults;
    const start = test.now;
    const times: [string, number][] = [];
    const note = (name: string) => () => void times.push([name, test.now - start]);
    for (const name of ['one', 'two', 'three']) file.sync(note(name));
    test.pass(50);
    const hold = slowness.add(10);
    test.pass(600);
    expect(times).toEqual([['one', 550]]);
    slowness.remove(hold);
    file.sync(note('four'));
    test.pass(1_000);
    expect(times).toEqual([['one', 550], ['two', 740], ['three', 840], ['four', 940]]);
  });

  it('leaves nothing under way that lasts longer than the fault', () => {
    const { test, file } = struck({ fault: 'disk-slow', for: SECOND, factor: 100_000 });
    let done = false;
    file.sync(() => {
      done = true;
    });
    test.pass(SECOND + 1_000);
    expect(done).toBe(true);
  });

  it('makes operations slower while it lasts', () => {
    const { test, file } = struck({ fault: 'disk-slow', for: SECOND, factor: 25 });
    expect(timeOf(test, (done) => file.sync(done))).toBe(2500);
    test.world.runUntil(2 * SECOND);
    expect(timeOf(test, (done) => file.sync(done))).toBe(100);
  });

  it('at once with others reaches no further than ten thousand, or than the worst of them', () => {
    const slow = (factor: number) => ({ fault: 'disk-slow', for: 10 * SECOND, factor });
    const timeUnder = (...factors: number[]): number => {
      const { test, file } = struck(...factors.map(slow));
      return timeOf(test, (done) => file.sync(done));
    };
    expect(timeUnder(5, 7)).toBe(3500);
    expect(timeUnder(900, 800, 700)).toBe(1_000_000);
    expect(timeUnder(20_000, 2)).toBe(2_000_000);
  });
});

describe('disk-stall', () => {
  it('completes nothing until it ends', () => {
    const { test, file } = struck({ fault: 'disk-stall', for: SECOND });
    expect(timeOf(test, (done) => file.sync(done))).toBe(SECOND + 100);
    expect(timeOf(test, (done) => file.sync(done))).toBe(100);
  });
});

describe('disk-full', () => {
  it('refuses what takes space, and nothing else, while it lasts', () => {
    const { test, file } = struck({ fault: 'disk-full', for: SECOND });
    const { disk } = test.host('a');
    expect(test.errorCode((done) => file.write(8192, Uint8Array.of(1), done))).toBe('ENOSPC');
    expect(test.errorCode((done) => file.truncate(9000, done))).toBe('ENOSPC');
    expect(test.errorCode((done) => disk.open('new', { create: true }, done))).toBe('ENOSPC');
    test.result((done) => file.write(0, Uint8Array.of(2), done));
    test.result((done) => file.sync(done));
    test.result((done) => file.truncate(100, done));
    test.result((done) => disk.rename('log', 'old', done));
    test.world.runUntil(2 * SECOND);
    test.result((done) => file.write(8192, Uint8Array.of(1), done));
  });
});

describe('disk-error', () => {
  it('fails the named operations with their probability, and stops', () => {
    const { test, file } = struck({ fault: 'disk-error', for: SECOND, operation: 'read', probability: 0.5 });
    let failures = 0;
    for (let count = 0; count < 200; count++) {
      file.read(0, 1, (error) => {
        if (error !== null) failures++;
      });
    }
    test.pass(100_000);
    expect(failures).toBeGreaterThan(60);
    expect(failures).toBeLessThan(140);
    test.result((done) => file.write(0, Uint8Array.of(1), done));
    test.world.runUntil(2 * SECOND);
    failures = 0;
    for (let count = 0; count < 50; count++) test.content(file);
    expect(failures).toBe(0);
  });

  it('fails a count of operations and then no more', () => {
    const { test, file } = struck({ fault: 'disk-error', operation: 'sync', count: 2 });
    expect(test.errorCode((done) => file.sync(done))).toBe('EIO');
    expect(test.errorCode((done) => test.host('a').disk.syncDirectory('', done))).toBe('EIO');
    test.result((done) => file.sync(done));
  });
});

describe('fsync-failure', () => {
  it('fails one sync, loses its data, and reports success ever after', () => {
    const { test, file } = struck({ fault: 'fsync-failure' });
    test.result((done) => file.write(0, new Uint8Array(100).fill(2), done));
    test.result((done) => file.write(8192, new Uint8Array(100).fill(2), done));
    expect(test.errorCode((done) => file.sync(done))).toBe('EIO');
    test.result((done) => file.sync(done));
    const content = test.content(restarted(test));
    expect(content.length).toBe(8292);
    expect(content.subarray(0, 8192).every((value) => value === 1)).toBe(true);
    expect(content.subarray(8192).every((value) => value === 0)).toBe(true);
  });

  it('that struck nothing before its end strikes nothing after it', () => {
    const { test, file } = struck({ fault: 'fsync-failure', for: 10 });
    test.pass(10);
    test.result((done) => file.sync(done));
  });
});

describe('misdirected-write', () => {
  it('puts one write elsewhere, for good', () => {
    const { test, file } = struck({ fault: 'misdirected-write' });
    test.result((done) => file.write(0, new Uint8Array(512).fill(2), done));
    test.result((done) => file.write(512, new Uint8Array(512).fill(3), done));
    test.result((done) => file.sync(done));
    test.world.healAll();
    const content = test.content(restarted(test));
    expect(content.subarray(0, 512).every((value) => value === 1)).toBe(true);
    expect(content.subarray(512, 1024).every((value) => value === 3)).toBe(true);
    expect(content.filter((value) => value === 2).length % 512).toBe(0);
  });
});

describe('bit-rot', () => {
  it('flips bits that neither reading again nor a restart nor a loss of power heals, and writing over them does', () => {
    const { test, file } = struck({ fault: 'bit-rot', bits: 3 });
    const rotten = test.content(file);
    expect(rotten.filter((value) => value !== 1).length).toBeGreaterThan(0);
    expect(test.content(file)).toEqual(rotten);
    expect(test.content(restarted(test))).toEqual(rotten);
    test.machine('a').holdUnpowered(test.world.streams.stream('x'));
    test.machine('a').releaseUnpowered();
    const again = test.file('a', 'log');
    expect(test.content(again)).toEqual(rotten);
    test.world.healAll();
    expect(test.content(again)).toEqual(rotten);
    test.result((done) => again.write(0, new Uint8Array(8192).fill(1), done));
    test.result((done) => again.sync(done));
    expect(test.content(restarted(test)).every((value) => value === 1)).toBe(true);
  });
});
