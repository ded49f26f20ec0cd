import { describe, expect, it } from 'vitest';
import { Link } from '../../../sim/network/link.js';
import { Draws } from '../../../sim/draws.js';
import { RandomStreams } from '../../../sim/kernel/index.js';

const limits = { retransmitMinMicros: 200_000, retransmitMaxMicros: 1_000_000, giveUpMicros: 10_000_000 };
const latency = new Draws({ kind: 'constant', value: 500 }, new RandomStreams('1').stream('link'));
const link = (): Link => new Link({ latency, microsPerByte: 1_000_000, loss: null, limits });

describe('a link', () => {
  it('sends one packet after the other', () => {
    const narrow = link();
    expect([narrow.arrivalMicros(0, 2), narrow.arrivalMicros(0, 1)]).toEqual([2_000_500, 3_000_500]);
  });

  it('is as narrow as the worst of several faults, at most a million times', () => {
    const narrow = link();
    narrow.narrowness.add(1_000);
    const second = narrow.narrowness.add(1_000_000);
    expect(narrow.arrivalMicros(0, 1)).toBe(1_000_000_000_500);
    narrow.narrowness.remove(second);
    expect(narrow.arrivalMicros(1_000_000_000_000, 1)).toBe(1_001_000_000_500);
  });

  it('gives a time for what it never gets across', () => {
    const narrow = link();
    narrow.narrowness.add(1_000_000);
    for (let packet = 0; packet < 3; packet += 1) expect(narrow.arrivalMicros(0, 2 ** 30)).toBe(2 ** 52 + 500);
  });
});
