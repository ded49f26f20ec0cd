import { describe, expect, it } from 'vitest';
import type { FaultSpec } from '../../../sim/index.js';
import { connect, listen, type Party } from '../../conformance/network-rules.js';
import { nodeOf, TestWorld } from '../a-world.js';

const SECOND = 1_000_000;

/** Connections from a and c to b, and a fault that begins at one second. */
function struck(fault: Omit<FaultSpec, 'at'>): { test: TestWorld; fromA: Party; fromC: Party; atB: Party[]; toldAt: (party: Party) => number[] } {
  const test = new TestWorld(['a', 'b', 'c']);
  test.world.faults.schedule([{ ...fault, at: SECOND } as FaultSpec]);
  test.started();
  const atB = listen(nodeOf(test, 'b'));
  const fromA = connect(nodeOf(test, 'a'), 'b');
  const fromC = connect(nodeOf(test, 'c'), 'b');
  const times = new Map<Party, number[]>();
  test.pass(10_000);
  for (const party of [fromA, fromC, ...atB]) {
    const heard: number[] = [];
    times.set(party, heard);
    party.onNumber = () => heard.push(test.now);
  }
  test.world.runUntil(SECOND);
  return { test, fromA, fromC, atB, toldAt: (party) => times.get(party)! };
}

describe('network-partition', () => {
  it('lets nothing through between its sides, and everything elsewhere, until it ends', () => {
    const { test, fromA, fromC, atB, toldAt } = struck({ fault: 'network-partition', target: 'a', peers: 'b', for: 10 * SECOND });
    fromA.send(1);
    fromC.send(2);
    atB[0]!.send(3);
    test.pass(9 * SECOND);
    expect([toldAt(atB[0]!), toldAt(atB[1]!), toldAt(fromA)]).toEqual([[], [SECOND + 1000], []]);
    test.pass(10 * SECOND);
    expect(atB[0]!.numbers).toEqual(['number 1']);
    expect(fromA.numbers).toEqual(['number 3']);
  });

  it('without peers cuts its targets off from everybody, but not from each other', () => {
    const { test, fromA, fromC, atB } = struck({ fault: 'network-partition', target: ['a', 'b'], for: SECOND });
    fromA.send(1);
    fromC.send(2);
    test.pass(SECOND / 2);
    expect([atB[0]!.numbers, atB[1]!.numbers]).toEqual([['number 1'], []]);
  });

  it('overlapping partitions end one by one', () => {
    const test = new TestWorld(['a', 'b']);
    test.world.faults.schedule([
      { at: 0, fault: 'network-partition', target: 'a', for: 10 },
      { at: 5, fault: 'network-partition', target: 'b', for: 10 },
    ]);
    test.started().pass(12);
    expect(test.world.network.link('a', 'b').isBlocked).toBe(true);
    test.pass(3);
    expect(test.world.network.link('a', 'b').isBlocked).toBe(false);
  });
});

describe('network-partition-one-way', () => {
  it('stops what the targets send and nothing else', () => {
    const { test, fromA, atB } = struck({ fault: 'network-partition-one-way', target: 'a', peers: 'b', for: 5 * SECOND });
    fromA.send(1);
    atB[0]!.send(2);
    test.pass(4 * SECOND);
    expect(atB[0]!.numbers).toEqual([]);
    expect(fromA.numbers).toEqual(['number 2']);
    test.pass(6 * SECOND);
    expect(atB[0]!.numbers).toEqual(['number 1']);
  });
});

describe('slow-link', () => {
  it('multiplies and adds latency in its direction while it lasts', () => {
    const { test, fromA, atB, toldAt } = struck({ fault: 'slow-link', target: 'a', peers: 'b', for: SECOND, direction: 'out', factor: 3, delay: 500 });
    fromA.send(1);
    atB[0]!.send(2);
    test.world.runUntil(2 * SECOND);
    fromA.send(3);
    test.pass(10_000);
    expect(toldAt(atB[0]!)).toEqual([SECOND + 3500, 2 * SECOND + 1000]);
    expect(toldAt(fromA)).toEqual([SECOND + 1000]);
  });

  it('narrows the bandwidth', () => {
    const test = new TestWorld(['a', 'b'], { network: { bandwidthBytesPerSecond: 1_000_000 } });
    test.world.faults.schedule([{ at: 0, fault: 'slow-link', target: 'a', for: SECOND, narrowing: 4 }]);
    test.started().pass(1);
    const link = test.world.network.link('a', 'b');
    expect(link.arrivalMicros(test.now, 1000)).toBe(1 + 4000 + 1000);
    test.pass(SECOND);
    expect(link.arrivalMicros(test.now, 1000)).toBe(test.now + 2000);
  });
});

describe('packet-loss', () => {
  it('delays by retransmissions while it lasts', () => {
    const { test, fromA, atB, toldAt } = struck({ fault: 'packet-loss', target: 'a', for: SECOND, probability: 0.6 });
    for (let value = 0; value < 10; value++) fromA.send(value);
    test.pass(60 * SECOND);
    const delayed = toldAt(atB[0]!);
    expect(delayed).toHaveLength(10);
    expect(delayed.at(-1)! - SECOND).toBeGreaterThan(200_000);
    const start = test.now;
    for (let value = 10; value < 20; value++) fromA.send(value);
    test.pass(60 * SECOND);
    expect(toldAt(atB[0]!).slice(10)).toEqual(Array.from({ length: 10 }, () => start + 1000));
  });
});

describe('connection-reset', () => {
  it('resets both sides of the connections between its sides, which can be made anew', () => {
    const { test, fromA, fromC, atB } = struck({ fault: 'connection-reset', target: 'b', peers: 'a' });
    expect([fromA.heard, atB[0]!.heard]).toEqual([['open', 'reset'], ['open', 'reset']]);
    expect([fromC.heard, atB[1]!.heard]).toEqual([['open'], ['open']]);
    const again = connect(nodeOf(test, 'a'), 'b');
    test.pass(10_000);
    expect(again.heard).toEqual(['open']);
  });
});

describe('half-open', () => {
  it('resets the side of the target alone; the other learns when it sends', () => {
    const { test, fromA, atB } = struck({ fault: 'half-open', target: 'a' });
    test.pass(60 * SECOND);
    expect(fromA.heard).toEqual(['open', 'reset']);
    expect(atB[0]!.heard).toEqual(['open']);
    atB[0]!.send(1);
    test.pass(10_000);
    expect(atB[0]!.heard).toEqual(['open', 'reset']);
    expect(fromA.heard).toEqual(['open', 'reset']);
  });
});
