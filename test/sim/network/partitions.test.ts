import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connect, listen, type Party } from '../../conformance/network-rules.js';
import { nodeOf, TestWorld } from '../a-world.js';

const SECOND = 1_000_000;

function pair(settings: { giveUpMicros?: number; retransmitMaxMicros?: number } = {}): { test: TestWorld; near: Party; far: Party } {
  const test = new TestWorld(['a', 'b', 'c'], { network: settings }).started();
  const accepted = listen(nodeOf(test, 'b'));
  const near = connect(nodeOf(test, 'a'), 'b');
  test.pass(10_000);
  return { test, near, far: accepted[0]! };
}

describe('what is blocked', () => {
  it('is held back and arrives in order after the block ends, late by no more than the longest wait', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 * SECOND }), fc.integer({ min: 200_000, max: 8 * SECOND }), (blockedMicros, maxWait) => {
        const { test, near, far } = pair({ retransmitMaxMicros: maxWait });
        const link = test.world.network.link('a', 'b');
        near.send(0);
        link.block();
        near.send(1);
        near.send(2);
        test.pass(blockedMicros);
        expect(far.numbers).toEqual([]);
        link.unblock();
        near.send(3);
        test.pass(maxWait + 2000);
        expect(far.numbers).toEqual(['number 0', 'number 1', 'number 2', 'number 3']);
        expect(near.heard).toEqual(['open']);
      }),
      { numRuns: 60 },
    );
  });

  it('is given up after the time of the settings: the sender sees a reset and its peer knows nothing', () => {
    const { test, near, far } = pair({ giveUpMicros: 5 * SECOND });
    const link = test.world.network.link('a', 'b');
    link.block();
    near.send(1);
    test.pass(5 * SECOND + 1);
    expect(near.heard).toEqual(['open', 'reset']);
    link.unblock();
    test.pass(60 * SECOND);
    expect(far.heard).toEqual(['open']);
    far.send(2);
    test.pass(SECOND);
    expect(far.heard).toEqual(['open', 'reset']);
  });

  it('one way: what comes from there arrives, but is not acknowledged, so its sender gives up', () => {
    const { test, near, far } = pair({ giveUpMicros: 5 * SECOND });
    test.world.network.link('b', 'a').block();
    near.send(1);
    test.pass(SECOND);
    expect(far.numbers).toEqual(['number 1']);
    expect(near.heard).toEqual(['open']);
    test.pass(4 * SECOND + 10_000);
    expect(near.heard).toEqual(['open', 'reset']);
    expect(far.heard).toEqual(['open', 'number 1']);
  });

  it('one way and then not any more: nobody notices', () => {
    const { test, near, far } = pair({ giveUpMicros: 5 * SECOND });
    const link = test.world.network.link('b', 'a');
    link.block();
    near.send(1);
    test.pass(4 * SECOND);
    link.unblock();
    test.pass(60 * SECOND);
    expect(near.heard).toEqual(['open']);
    expect(far.heard).toEqual(['open', 'number 1']);
    expect(test.world.kernel.pending).toBe(0);
  });

  it('a packet that is on its way when the block begins does not get through', () => {
    const { test, near, far } = pair();
    near.send(1);
    test.pass(500);
    test.world.network.link('a', 'b').block();
    test.pass(SECOND);
    expect(far.numbers).toEqual([]);
  });

  it('a short block overtakes nothing: later packets wait for those it struck', () => {
    const { test, near, far } = pair();
    const link = test.world.network.link('a', 'b');
    near.send(1);
    test.pass(600);
    near.send(2);
    link.block();
    test.pass(600);
    link.unblock();
    near.send(3);
    test.pass(50_000);
    expect(far.numbers).toEqual([]);
    test.pass(200_000);
    expect(far.numbers).toEqual(['number 1', 'number 2', 'number 3']);
  });

  it('a reset that is lost is learnt when the other side sends', () => {
    const { test, near } = pair();
    const links = test.world.network.linksBetween(['a'], ['b']).concat(test.world.network.linksBetween(['b'], ['a']));
    for (const link of links) link.block();
    test.machine('b').kill();
    test.machine('b').start();
    test.pass(SECOND);
    for (const link of links) link.unblock();
    test.pass(SECOND);
    expect(near.heard).toEqual(['open']);
    near.send(1);
    test.pass(SECOND);
    expect(near.heard).toEqual(['open', 'reset']);
  });

  it('what a killed process had not got through never arrives', () => {
    const { test, near, far } = pair();
    const link = test.world.network.link('a', 'b');
    link.block();
    near.send(1);
    test.pass(10_000);
    test.machine('a').kill();
    expect(test.world.kernel.pending).toBe(0);
    link.unblock();
    test.pass(60 * SECOND);
    expect(far.heard).toEqual(['open']);
  });

  it('an orderly end that could not be told arrives later', () => {
    const { test, near, far } = pair();
    const link = test.world.network.link('a', 'b');
    link.block();
    near.send(1);
    near.connection!.close();
    test.pass(SECOND);
    link.unblock();
    test.pass(2 * SECOND);
    expect(far.heard).toEqual(['open', 'number 1', 'closed']);
  });
});

describe('any history of blocks, losses and messages', () => {
  it('delivers to each side a prefix of what the other sent, in order, without gap or repetition', () => {
    const step = fc.record({
      kind: fc.constantFrom('near' as const, 'far' as const, 'block' as const, 'unblock' as const, 'wait' as const),
      out: fc.boolean(),
      micros: fc.nat({ max: 3 * SECOND }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, isLossy) => {
        const { test, near, far } = pair({ giveUpMicros: 20 * SECOND });
        const links = [test.world.network.link('a', 'b'), test.world.network.link('b', 'a')];
        if (isLossy) for (const link of links) link.addLoss({ probability: 0.3, random: test.world.streams.stream('loss') });
        const blocked = [0, 0];
        const sent = { near: 0, far: 0 };
        for (const { kind, out, micros } of steps) {
          const index = out ? 0 : 1;
          if (kind === 'near') near.send(sent.near++);
          else if (kind === 'far') far.send(sent.far++);
          else if (kind === 'block') {
            links[index]!.block();
            blocked[index] = blocked[index]! + 1;
          } else if (kind === 'unblock' && blocked[index]! > 0) {
            links[index]!.unblock();
            blocked[index] = blocked[index]! - 1;
          }
          test.pass(kind === 'wait' ? micros : micros % 700);
        }
        links.forEach((link, index) => {
          for (let count = blocked[index]!; count > 0; count--) link.unblock();
        });
        test.pass(300 * SECOND);
        const prefix = (count: number): string[] => Array.from({ length: count }, (_, value) => `number ${value}`);
        expect(far.numbers).toEqual(prefix(far.numbers.length));
        expect(near.numbers).toEqual(prefix(near.numbers.length));
        const isWhole = !near.heard.includes('reset') && !far.heard.includes('reset');
        if (isWhole) expect([far.numbers.length, near.numbers.length]).toEqual([sent.near, sent.far]);
        expect(test.world.kernel.pending).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});
