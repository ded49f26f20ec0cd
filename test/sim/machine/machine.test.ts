import { describe, expect, it } from 'vitest';
import { EventKind, StopCause } from '../../../history/index.js';
import type { CostProfile } from '../../../sim/index.js';
import { connect, listen, type Party } from '../../conformance/network-rules.js';
import { nodeOf, TestWorld } from '../a-world.js';

const costs: CostProfile = { baseMicros: { number: 100 }, perKiBMicros: 1000 };

/** An open connection from a to b, which charges for messages; and when b's code ran for each. */
function served(cores: number): { test: TestWorld; near: Party; far: Party; times: [number, number][] } {
  const test = new TestWorld(['a', 'b'], { machine: (name) => (name === 'b' ? { cores, costs } : {}) }).started();
  const accepted = listen(nodeOf(test, 'b'));
  const near = connect(nodeOf(test, 'a'), 'b');
  test.pass(10_000);
  const far = accepted[0]!;
  const start = test.now + 1000;
  const times: [number, number][] = [];
  far.onNumber = (value) => times.push([value, test.now - start]);
  return { test, near, far, times };
}

describe('the cores of a machine', () => {
  it('charge for the operation and for the bytes before the code runs', () => {
    const { test, near, times } = served(1);
    near.send(1, 0);
    near.send(2, 512);
    near.send(3, 0);
    test.pass(10_000);
    expect(times).toEqual([[1, 100], [2, 700], [3, 800]]);
  });

  it('work on several messages at a time, and the code of one connection still runs in order', () => {
    const { test, near, times } = served(2);
    near.send(1, 1024);
    near.send(2, 0);
    near.send(3, 0);
    test.pass(10_000);
    expect(times).toEqual([[1, 1100], [2, 1100], [3, 1100]]);
  });

  it('are shared by connections, each in its own order', () => {
    const { test, near, times } = served(2);
    const other = connect(nodeOf(test, 'a'), 'b');
    test.pass(10_000);
    near.send(1, 1024);
    near.send(2, 0);
    other.send(3, 0);
    const heard: number[] = [];
    test.pass(10_000);
    heard.push(...times.map(([value]) => value));
    expect(heard).toEqual([1, 2]);
    expect(test.machine('b').cpu!.pool.completed).toBe(3);
  });

  it('take longer during a slow-down, what is in service included', () => {
    const { test, near, times } = served(1);
    const machine = test.machine('b');
    near.send(1, 0);
    near.send(2, 0);
    test.pass(1050);
    const first = machine.beginSlowDown(2);
    const second = machine.beginSlowDown(3);
    expect(machine.serviceMicros(10)).toBe(60);
    test.pass(10_000);
    expect(times).toEqual([[1, 350], [2, 950]]);
    machine.endSlowDown(first);
    machine.endSlowDown(second);
    expect(machine.serviceMicros(10)).toBe(10);
    near.send(3, 0);
    test.pass(10_000);
    expect(times[2]![1]).toBe(11_150);
  });

  it('stand still during a pause and go on where they were', () => {
    const { test, near, times } = served(1);
    near.send(1, 0);
    near.send(2, 0);
    test.pass(1050);
    const hold = test.machine('b').holdPaused();
    test.pass(5000);
    near.send(3, 0);
    test.pass(5000);
    test.machine('b').releasePaused(hold);
    test.pass(5000);
    expect(times).toEqual([[1, 10_100], [2, 10_200], [3, 10_300]]);
  });

  it('forget the work of a process that was killed', () => {
    const { test, near, times } = served(1);
    for (let value = 0; value < 10; value++) near.send(value, 0);
    test.pass(1250);
    test.machine('b').kill();
    test.machine('b').start();
    expect(times).toHaveLength(2);
    expect(test.machine('b').cpu!.pool.busy + test.machine('b').cpu!.pool.queued).toBe(0);
    test.pass(10_000);
    expect(times).toHaveLength(2);
    expect(near.heard).toEqual(['open', 'reset']);
  });
});

describe('a machine that restarts', () => {
  it('reports starts and stops, tells its hooks, and boots with a fresh host each time', () => {
    const hosts = new Set<unknown>();
    const test = new TestWorld(['a'], { boot: (host) => hosts.add(host) }).started();
    const machine = test.machine('a');
    const crashes: StopCause[] = [];
    machine.onCrash((cause) => crashes.push(cause));
    test.pass(10);
    machine.kill(StopCause.storage);
    machine.kill();
    test.pass(10);
    machine.start();
    machine.start();
    machine.holdUnpowered(test.world.streams.stream('x'));
    expect(hosts.size).toBe(2);
    expect(crashes).toEqual([StopCause.storage, StopCause.powerLoss]);
    expect(test.events).toEqual([
      { time: 0, kind: EventKind.nodeStart, actor: 'a', peer: '', a: 1, b: 0 },
      { time: 10, kind: EventKind.nodeStop, actor: 'a', peer: '', a: StopCause.storage, b: 0 },
      { time: 20, kind: EventKind.nodeStart, actor: 'a', peer: '', a: 2, b: 0 },
      { time: 20, kind: EventKind.nodeStop, actor: 'a', peer: '', a: StopCause.powerLoss, b: 0 },
    ]);
  });

  it('keeps its monotonic clock over a kill, and has another after a loss of power', () => {
    const test = new TestWorld(['a']).started();
    const machine = test.machine('a');
    const before = test.host('a').clock.monotonicMicros();
    machine.kill();
    test.pass(1000);
    machine.start();
    expect(test.host('a').clock.monotonicMicros()).toBe(before + 1000);
    machine.holdUnpowered(test.world.streams.stream('x'));
    machine.releaseUnpowered();
    expect(test.host('a').clock.monotonicMicros()).not.toBe(before + 1000);
  });

  it('finds its files after a kill, and those that were synced after a loss of power', () => {
    const test = new TestWorld(['a']).started();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, Uint8Array.of(1, 2, 3), done));
    test.machine('a').kill();
    test.machine('a').start();
    const again = test.file('a', 'log');
    expect(test.content(again)).toEqual(Uint8Array.of(1, 2, 3));
    test.result((done) => again.sync(done));
    test.result((done) => test.host('a').disk.syncDirectory('', done));
    test.result((done) => again.write(3, new Uint8Array(5000).fill(9), done));
    test.machine('a').holdUnpowered(test.world.streams.stream('x'));
    test.machine('a').releaseUnpowered();
    expect(test.content(test.file('a', 'log')).subarray(0, 3)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('a completion that was under way does not reach the next incarnation', () => {
    const test = new TestWorld(['a']).started();
    const file = test.file('a', 'log');
    file.write(0, Uint8Array.of(1), () => expect.unreachable());
    test.host('a').timers.create(() => expect.unreachable()).arm(5);
    test.machine('a').kill();
    test.machine('a').start();
    test.pass(10_000);
    expect(test.content(test.file('a', 'log'))).toEqual(Uint8Array.of(1));
  });
});

describe('a paused machine', () => {
  it('runs nothing: timers, completions and deliveries come late, in their order, while the wall clock goes on', () => {
    const test = new TestWorld(['a', 'b']).started();
    const accepted = listen(nodeOf(test, 'a'));
    const party = connect(nodeOf(test, 'b'), 'a');
    const file = test.file('a', 'log');
    test.pass(10_000);
    const log: string[] = [];
    const note = (name: string): void => void log.push(`${name} ${test.now}`);
    accepted[0]!.onNumber = () => note('delivery');
    const hold = test.machine('a').holdPaused();
    const start = test.now;
    const { clock, timers } = test.host('a');
    const wall = clock.wallMicros();
    timers.create(() => note('late timer')).arm(3000);
    timers.create(() => note('early timer')).arm(50);
    file.sync(() => note('completion'));
    party.send(1);
    test.pass(20_000);
    expect(log).toEqual([]);
    expect(clock.wallMicros() - wall).toBe(20_000);
    test.machine('a').releasePaused(hold);
    const end = start + 20_000;
    expect(log).toEqual([`early timer ${end}`, `completion ${end}`, `delivery ${end}`, `late timer ${end}`]);
  });
});
