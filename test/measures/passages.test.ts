import { expect, it } from 'vitest';
import { Passages } from '../../measures/index.js';

it('an event is led to by the last passage before it, if that was at the same time', () => {
  let events = 0;
  const passages = new Passages(() => events);
  passages.passed(10, 1, 0, 0);
  events = 3;
  passages.passed(20, 2, 5, 7);
  passages.passed(20, 3, 0, 0);
  expect(passages.seek(0, 10) && passages.networkMicros).toBe(1);
  expect(passages.seek(2, 12)).toBe(false);
  expect(passages.seek(3, 20) && passages.networkMicros).toBe(3);
});

it('what is forgotten is what can lead to no further event; any number of them fits', () => {
  let events = 0;
  const passages = new Passages(() => events);
  for (; events < 5_000; events++) passages.passed(events, events, 0, 0);
  passages.forgetBefore(4_000);
  expect(passages.seek(4_000, 4_000) && passages.networkMicros).toBe(4_000);
  expect(passages.seek(4_999, 4_999) && passages.networkMicros).toBe(4_999);
  passages.forgetBefore(5_000);
  events = 5_000;
  passages.passed(5_000, 77, 0, 0);
  expect(passages.seek(5_000, 5_000) && passages.networkMicros).toBe(77);
});
