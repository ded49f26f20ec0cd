import { describe, expect, it } from 'vitest';
import { connect, listen, type Party } from '../../conformance/network-rules.js';
import { constant, nodeOf, TestWorld, type TestWorldOptions } from '../a-world.js';

interface Pair {
  readonly test: TestWorld;
  readonly near: Party;
  readonly far: Party;
  /** Notes the time of each message that the far side hears. */
  readonly arrivals: [number, number][];
}

/** Two machines with an open connection from a to b. */
function pair(options: TestWorldOptions = {}): Pair {
  const test = new TestWorld(['a', 'b', 'c'], options).started();
  const accepted = listen(nodeOf(test, 'b'));
  const near = connect(nodeOf(test, 'a'), 'b');
  while (near.heard.length === 0) test.world.kernel.step();
  const arrivals: [number, number][] = [];
  accepted[0]!.onNumber = (value) => arrivals.push([value, test.now]);
  return { test, near, far: accepted[0]!, arrivals };
}

describe('a connection', () => {
  it('opens after one round trip, and a message takes one way', () => {
    const { test, near, arrivals } = pair({ network: { latency: constant(700) } });
    expect(test.now).toBe(1400);
    near.send(1);
    test.pass(10_000);
    expect(arrivals).toEqual([[1, 2100]]);
  });

  it('keeps its order whatever the jitter, and its messages arrive no earlier than the slowest before them', () => {
    const { test, near, arrivals } = pair({ network: { latency: { kind: 'exponential', mean: 5000 } } });
    for (let value = 0; value < 300; value++) {
      near.send(value);
      test.pass(100);
    }
    test.pass(1_000_000);
    expect(arrivals.map(([value]) => value)).toEqual(Array.from({ length: 300 }, (_, value) => value));
    const times = arrivals.map(([, time]) => time);
    expect(times.every((time, index) => index === 0 || time >= times[index - 1]!)).toBe(true);
    expect(new Set(times).size).toBeLessThan(300);
  });

  it('shares the bandwidth of its link with others in the same direction', () => {
    const { test, near, arrivals } = pair({ network: { bandwidthBytesPerSecond: 1_000_000 } });
    const second = connect(nodeOf(test, 'a'), 'b');
    while (second.heard.length === 0) test.world.kernel.step();
    const start = test.now;
    second.send(0, 3000);
    near.send(1, 500);
    near.send(2, 0);
    test.pass(100_000);
    expect(arrivals).toEqual([[1, start + 3500 + 1000], [2, start + 3500 + 1000]]);
  });

  it('hands a message over by reference', () => {
    const { test, near, far } = pair();
    const message = Object.freeze({ operation: 'number', value: 4 });
    const seen: unknown[] = [];
    far.onMessage = (received) => seen.push(received);
    near.connection!.send(message, 10);
    test.pass(10_000);
    expect(seen[0]).toBe(message);
  });

  it('loss shows as the delay of a retransmission, and holds up what follows', () => {
    const { test, near, arrivals } = pair({ network: { loss: 0.3, retransmitMinMicros: 50_000 } });
    const start = test.now;
    for (let value = 0; value < 200; value++) near.send(value);
    test.pass(60_000_000);
    expect(arrivals.map(([value]) => value)).toEqual(Array.from({ length: 200 }, (_, value) => value));
    const delays = new Set(arrivals.map(([, time]) => time - start - 1000));
    expect([...delays].every((delay) => delay % 50_000 === 0)).toBe(true);
    expect(delays.size).toBeGreaterThan(1);
  });

  it('a killed process resets its connections, after what it had sent', () => {
    const { test, near, far } = pair();
    near.send(1);
    test.machine('a').kill();
    test.pass(10_000);
    expect(far.heard).toEqual(['open', 'number 1', 'reset']);
  });

  it('a reset never overtakes what was sent before it', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { test, near, far } = pair({ seed: `${seed}`, network: { latency: { kind: 'exponential', mean: 5000 } } });
      near.send(1);
      test.machine('a').kill();
      test.pass(1_000_000);
      expect(far.heard).toEqual(['open', 'number 1', 'reset']);
    }
  });

  it('two sides that close at once both end without a word', () => {
    const { test, near, far } = pair();
    near.connection!.close();
    far.connection!.close();
    test.pass(10_000);
    expect([near.heard, far.heard]).toEqual([['open'], ['open']]);
    expect(test.machine('a').node.ends.size + test.machine('b').node.ends.size).toBe(0);
  });

  it('leaves nothing behind when it has ended', () => {
    const { test, near, far } = pair();
    near.send(1);
    near.connection!.close();
    test.pass(10_000);
    expect(far.heard).toEqual(['open', 'number 1', 'closed']);
    expect(test.machine('a').node.ends.size + test.machine('b').node.ends.size).toBe(0);
    expect(test.world.kernel.pending).toBe(0);
  });
});

describe('a connection without power at one end', () => {
  it('hears nothing, and its sender gives up after the time of the settings', () => {
    const { test, near } = pair({ network: { giveUpMicros: 10_000_000 } });
    test.machine('b').holdUnpowered(test.world.streams.stream('x'));
    test.pass(20_000_000);
    expect(near.heard).toEqual(['open']);
    const sentAt = test.now;
    near.send(1);
    test.pass(9_900_000);
    expect(near.heard).toEqual(['open']);
    test.pass(200_000);
    expect(near.heard).toEqual(['open', 'reset']);
    expect(test.now - sentAt).toBe(10_100_000);
  });

  it('learns from the rebooted machine that it knows of no connection', () => {
    const { test, near } = pair();
    test.machine('b').holdUnpowered(test.world.streams.stream('x'));
    test.pass(1000);
    near.send(1);
    test.pass(5_000_000);
    expect(near.heard).toEqual(['open']);
    test.machine('b').releaseUnpowered();
    test.pass(6_000_000);
    expect(near.heard).toEqual(['open', 'reset']);
  });

  it('cannot be opened, and says so after the same time', () => {
    const test = new TestWorld(['a', 'b'], { network: { giveUpMicros: 3_000_000 } }).started();
    test.machine('b').holdUnpowered(test.world.streams.stream('x'));
    const party = connect(nodeOf(test, 'a'), 'b');
    test.pass(2_900_000);
    expect(party.heard).toEqual([]);
    test.pass(200_000);
    expect(party.heard).toEqual(['reset']);
    expect(test.world.kernel.pending).toBe(0);
  });
});

describe('a paused process', () => {
  it('is answered for by its system, and takes up what came when it goes on', () => {
    const test = new TestWorld(['a', 'b']).started();
    const accepted = listen(nodeOf(test, 'b'));
    const hold = test.machine('b').holdPaused();
    const party = connect(nodeOf(test, 'a'), 'b');
    party.send(1);
    test.pass(1_000_000);
    expect(party.heard).toEqual(['open']);
    expect(accepted).toEqual([]);
    test.machine('b').releasePaused(hold);
    expect(accepted[0]!.heard).toEqual(['open', 'number 1']);
  });

  it('never hears of a connection that came and ended meanwhile', () => {
    const test = new TestWorld(['a', 'b']).started();
    const accepted = listen(nodeOf(test, 'b'));
    const hold = test.machine('b').holdPaused();
    const party = connect(nodeOf(test, 'a'), 'b');
    test.pass(10_000);
    for (const end of test.world.network.endsBetween('a', ['b'])) end.breakBoth();
    test.machine('b').releasePaused(hold);
    expect(party.heard).toEqual(['open', 'reset']);
    expect(accepted).toEqual([]);
  });

  it('that is killed resets also those connections of which it never heard', () => {
    const test = new TestWorld(['a', 'b']).started();
    const accepted = listen(nodeOf(test, 'b'));
    test.machine('b').holdPaused();
    const party = connect(nodeOf(test, 'a'), 'b');
    test.pass(10_000);
    test.machine('b').kill();
    test.pass(10_000);
    expect(party.heard).toEqual(['open', 'reset']);
    expect(accepted).toEqual([]);
  });
});
