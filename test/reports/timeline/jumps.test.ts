import { expect, it } from 'vitest';
import { EventKind, type RawRow } from '../../../history/index.js';
import { jumpsIn } from '../../../reports/timeline/jumps.js';

const names = ['', 'worker', 'pause', 'jobs'];
const nameOf = (id: number): string => names[id] ?? '';
const row = (timeMicros: number, kind: EventKind, message = 0, b = 0): RawRow => ({ index: 0, timeMicros, kind, actor: 1, peer: 0, dest: 3, message, copy: 0, a: 8, b, c: 0 });

/** Much happens in the instant of the fault, and in that of the effect. */
const rows = [
  row(1_000_000, EventKind.handleStart, 6),
  row(2_000_000, EventKind.faultBegin, 0, 2),
  row(2_000_000, EventKind.handleStart, 7),
  row(2_000_000, EventKind.alert),
  row(3_000_000, EventKind.effect, 6),
  row(3_000_000, EventKind.effect, 7),
  row(3_000_000, EventKind.handleEnd, 7),
  row(3_000_000, EventKind.ackInvoke, 7),
  row(4_000_000, EventKind.ackOk, 7),
];

it('a jump leads to the very row of a fault, an alert, or a violation, whatever else happened in that instant', () => {
  const jumps = jumpsIn(rows, [{ verdict: 'violated', atMicros: 3_000_000, message: 7, text: 'twice' }, { verdict: 'anomaly', atMicros: 4_000_000, message: 7, text: 'so long a text that it finds no room in a list of things to jump to' }], nameOf);
  expect(jumps).toEqual([
    { position: 2, text: '2.000s pause worker' },
    { position: 4, text: '2.000s worker: alert in jobs, 8 messages' },
    { position: 6, text: '3.000s violation: twice' },
    { position: 9, text: '4.000s anomaly: so long a text that it finds no room in a list of things to …' },
  ]);
});

it('a violation of no message, or one whose message has no row in that instant, is where all of the instant has happened', () => {
  const violations = [{ verdict: 'violated', atMicros: 3_000_000, message: 0, text: 'none' }, { verdict: 'violated', atMicros: 3_500_000, message: 7, text: 'between' }] as const;
  expect(jumpsIn(rows, violations, nameOf).slice(2).map(({ position }) => position)).toEqual([8, 8]);
});

it('what is not recorded is no place to go to', () => {
  const outside = [999_999, 4_000_001].map((atMicros) => ({ verdict: 'violated' as const, atMicros, message: 7, text: 'outside' }));
  expect(jumpsIn(rows, outside, nameOf)).toHaveLength(2);
  expect(jumpsIn([], outside, nameOf)).toEqual([]);
});
