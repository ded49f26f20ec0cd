import { expect, it } from 'vitest';
import { Closed, EventKind, Guard, LocalWrite, NO_DEADLINE_MICROS, Operation } from '../../../history/index.js';
import { rowWords } from '../../../reports/timeline/row-words.js';

const names = ['', 'on-call', 'orders', 'ok', '403 ACCESS_REFUSED'];
const words = (kind: EventKind, a: number, b = 0, message = 0): string =>
  rowWords({ index: 0, timeMicros: 0, kind, actor: 1, peer: 0, dest: 2, message, copy: 0, a, b, c: 0 }, (id) => names[id] ?? '');

it('what operators and clients do is told in few words', () => {
  expect(words(EventKind.alert, 8)).toBe('on-call: alert in orders, 8 messages');
  expect(words(EventKind.operateInvoke, Operation.redrive)).toBe('on-call: operate invoke in orders, redrive');
  expect(words(EventKind.operateEnd, Operation.purge, 3)).toBe('on-call: operate end in orders, purge: ok');
  expect(words(EventKind.clientGuard, Guard.breakerHalfOpen)).toBe('on-call: client guard in orders, breaker half open');
  expect(words(EventKind.refused, 4, Closed.channel)).toBe('on-call: refused in orders, 403 ACCESS_REFUSED, channel closed');
  expect(words(EventKind.localWrite, LocalWrite.row, 0, 7)).toBe('on-call: local write, message 7 in orders, row');
});

it.each([[12_000_000, 'until 12.000s'], [NO_DEADLINE_MICROS, 'for as long as its channel lasts']])('a lease of %i microseconds is told with its end, where it has one', (c, told) => {
  const row = { index: 0, timeMicros: 0, kind: EventKind.leaseGrant, actor: 1, peer: 1, dest: 2, message: 7, copy: 3, a: 4, b: 1, c };
  expect(rowWords(row, (id) => names[id] ?? '')).toBe(`on-call: lease grant, message 7 in orders, to on-call ${told}, delivery 1`);
});

it('a drift is told in percent, as scenarios state it', () => {
  const row = { index: 0, timeMicros: 0, kind: EventKind.faultBegin, actor: 1, peer: 0, dest: 0, message: 0, copy: 0, a: 0, b: 1, c: 20_000 };
  expect(rowWords(row, (id) => ['', 'clock-drift'][id] ?? '')).toBe('clock-drift: fault begin, clock-drift by 2 %');
});
