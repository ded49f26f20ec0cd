import { expect, it } from 'vitest';
import { EarlierReceives } from '../../../engine/queue/earlier-receives.js';

const MAX_AGE = 1_000;

/** Receives of message 7 at these times, with serials from 1. */
function received(...times: readonly number[]): EarlierReceives {
  const receives = new EarlierReceives();
  times.slice(0, -1).forEach((at, index) => receives.replaced(7, { serial: index + 1, at }, times[index + 1]!, MAX_AGE));
  return receives;
}

it('each receive that another has replaced has its own time; the newest is not among them', () => {
  const receives = received(10, 20, 30);
  expect([1, 2, 3].map((serial) => receives.at(7, serial))).toEqual([10, 20, null]);
  expect(receives.at(8, 1)).toBeNull();
});

it('a serial that is not known is taken for the next one that is', () => {
  const receives = new EarlierReceives();
  receives.replaced(7, { serial: 5, at: 10 }, 20, MAX_AGE);
  expect(receives.at(7, 2)).toBe(10);
});

it('what is too old has no time any more', () => {
  expect([1, 2].map((serial) => received(10, 900, 1_100).at(7, serial))).toEqual([-Infinity, 900]);
});

it('of more receives than are told apart, the oldest take the time of the one behind them', () => {
  const receives = received(...Array.from({ length: 101 }, (_, index) => index));
  expect([1, 36, 37, 100].map((serial) => receives.at(7, serial))).toEqual([36, 36, 36, 99]);
});

it('all of them grow old anew from a recovery on, and are forgotten with their message', () => {
  const receives = received(10, 20, 30);
  receives.restart(7, 500);
  expect([1, 2].map((serial) => receives.at(7, serial))).toEqual([500, 500]);
  receives.forget(7);
  expect(receives.at(7, 1)).toBeNull();
});
