import { describe, expect, it } from 'vitest';
import { connect, listen } from '../../conformance/network-rules.js';
import { nodeOf, TestWorld } from '../a-world.js';

const SECOND = 1_000_000;

describe('crash', () => {
  it('kills the process for its time: peers see a reset, the page cache stays', () => {
    const test = new TestWorld(['a', 'b']);
    test.world.faults.schedule([{ at: SECOND, fault: 'crash', target: 'a', for: 2 * SECOND }]);
    test.started();
    listen(nodeOf(test, 'a'));
    const party = connect(nodeOf(test, 'b'), 'a');
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, Uint8Array.of(5), done));
    test.world.runUntil(SECOND - 1);
    expect(test.machine('a').state).toBe('running');
    test.world.runUntil(SECOND + 10_000);
    expect(test.machine('a').state).toBe('down');
    expect(party.heard).toEqual(['open', 'reset']);
    test.world.runUntil(3 * SECOND);
    expect(test.machine('a').state).toBe('running');
    expect(test.machine('a').incarnation).toBe(2);
    expect(test.content(test.file('a', 'log'))).toEqual(Uint8Array.of(5));
  });

  it('without a time lasts until the world is healed', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: 1, fault: 'crash', target: 'a' }]);
    test.started().pass(1000 * SECOND);
    expect(test.machine('a').state).toBe('down');
    test.world.healAll();
    expect(test.machine('a').state).toBe('running');
  });
});

describe('pause', () => {
  it('holds what happens and lets it happen at the end', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: SECOND, fault: 'pause', target: 'a', for: SECOND }]);
    test.started();
    const fired: number[] = [];
    const timer = test.host('a').timers.create(() => {
      fired.push(test.now);
      timer.arm(SECOND * 0.75);
    });
    timer.arm(SECOND * 0.75);
    test.pass(3 * SECOND);
    expect(fired).toEqual([0.75 * SECOND, 2 * SECOND, 2.75 * SECOND]);
  });
});

describe('slow-down', () => {
  it('multiplies service times while it lasts', () => {
    const test = new TestWorld(['a'], { machine: () => ({ costs: { baseMicros: {}, perKiBMicros: 0 } }) });
    test.world.faults.schedule([{ at: 10, fault: 'slow-down', target: 'a', for: 10, factor: 7 }]);
    test.started().pass(10);
    expect(test.machine('a').serviceMicros(100)).toBe(700);
    expect(test.machine('a').cpu!.pool.slowdown).toBe(7);
    test.pass(10);
    expect(test.machine('a').serviceMicros(100)).toBe(100);
    expect(test.machine('a').cpu!.pool.slowdown).toBe(1);
  });
});

describe('power-loss', () => {
  it('loses what was not synced, in silence, and brings power and process back', () => {
    const outcomes = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const test = new TestWorld(['a', 'b'], { seed: `${seed}` });
      test.world.faults.schedule([{ at: SECOND, fault: 'power-loss', target: 'a', for: SECOND }]);
      test.started();
      listen(nodeOf(test, 'a'));
      const party = connect(nodeOf(test, 'b'), 'a');
      const file = test.file('a', 'log');
      test.result((done) => file.write(0, new Uint8Array(100).fill(1), done));
      test.result((done) => file.sync(done));
      test.result((done) => test.host('a').disk.syncDirectory('', done));
      test.result((done) => file.write(100, new Uint8Array(100).fill(2), done));
      test.world.runUntil(1.5 * SECOND);
      expect(test.machine('a').state).toBe('off');
      expect(party.heard).toEqual(['open']);
      test.world.runUntil(2 * SECOND);
      expect(test.machine('a').state).toBe('running');
      const content = test.content(test.file('a', 'log'));
      expect(content.subarray(0, 100).every((value) => value === 1)).toBe(true);
      outcomes.add(content.length);
    }
    expect(outcomes.has(100)).toBe(true);
    expect(outcomes.has(200)).toBe(true);
  });
});

describe('disk-replace', () => {
  it('starts the process on an empty disk', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: SECOND, fault: 'disk-replace', target: 'a', for: 1000 }]);
    test.started();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, Uint8Array.of(1), done));
    test.result((done) => file.sync(done));
    test.result((done) => test.host('a').disk.syncDirectory('', done));
    test.world.runUntil(SECOND + 500);
    expect(test.machine('a').state).toBe('down');
    test.world.runUntil(SECOND + 1000);
    expect(test.result<readonly string[]>((done) => test.host('a').disk.list('', done))).toEqual([]);
    expect(test.machine('a').disk.usedBytes).toBe(0);
  });
});
