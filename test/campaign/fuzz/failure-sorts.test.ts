import { expect, it } from 'vitest';
import { FailureSorts } from '../../../campaign/fuzz/failure-sorts.js';
import type { Failure, FuzzFailure } from '../../../campaign/index.js';

const failure = (cause: readonly string[], over: Partial<Failure> = {}): Failure =>
  ({ invariant: 'acked-send-not-lost', verdict: 'violated', queue: 'source', message: { redelivered: false, deadLettered: false }, cause, ...over });
const found = (key: string, of: Failure): FuzzFailure => ({ key, failure: of, count: 1 }) as FuzzFailure;

it('tells a failure from another by its promise and its causes, and counts what is the same', () => {
  const sorts = new FailureSorts();
  expect(sorts.repeats(failure(['crash']))).toBe(false);
  sorts.add(found('one', failure(['crash'])));
  expect(sorts.repeats(failure(['crash']))).toBe(true);
  expect(sorts.repeats(failure(['power-loss']))).toBe(false);
  expect(sorts.repeats(failure(['crash'], { invariant: 'no-phantom' }))).toBe(false);
  expect(sorts.found.map(({ count }) => count)).toEqual([2]);
});

it('takes for the same what shows in the same way where all causes of what is left were there, whatever else struck', () => {
  const sorts = new FailureSorts();
  const comesDownTo = sorts.add(found('one', failure(['crash', 'slow-link'])));
  expect(sorts.repeats(failure(['crash', 'disk-full']))).toBe(false);
  comesDownTo(failure(['crash']));
  expect(sorts.repeats(failure(['crash', 'disk-full']))).toBe(true);
  expect(sorts.repeats(failure(['disk-full']))).toBe(false);
});

it('counts once what was found in different ways and comes down to the same', () => {
  const sorts = new FailureSorts();
  sorts.add(found('one', failure(['crash'])))(failure(['fsync-failure']));
  sorts.add(found('two', failure(['power-loss'])))(failure(['fsync-failure']));
  expect([sorts.size, sorts.different]).toEqual([2, 1]);
  sorts.add(found('three', failure(['pause'])));
  expect([sorts.size, sorts.different]).toEqual([3, 2]);
});
