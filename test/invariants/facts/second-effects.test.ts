import { describe, expect, it } from 'vitest';
import { SecondEffects } from '../../../invariants/facts/second-effects.js';

describe('second effects', () => {
  it('are dated when they were first seen, in the order of time', () => {
    const seconds = new SecondEffects();
    seconds.note(7, 30);
    seconds.note(2, 40);
    seconds.note(7, 50);
    const seen: [number, number][] = [];
    seconds.forEach((message, atMicros) => seen.push([message, atMicros]));
    expect(seen).toEqual([[7, 30], [2, 40]]);
    expect([seconds.of(7), seconds.of(3)]).toEqual([30, null]);
  });

  it('keep a bounded number, those that came first', () => {
    const seconds = new SecondEffects();
    for (let message = 1; message <= 10_000; message++) seconds.note(message, message);
    let kept = 0;
    seconds.forEach(() => kept++);
    expect(kept).toBe(4_096);
    expect([seconds.of(1), seconds.of(10_000)]).toEqual([1, null]);
  });
});
