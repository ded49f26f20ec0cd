import { type EventRow, formatInstant } from '../../history/index.js';

/** What one of two runs has at some position: an event, no more events, or one that was not kept. */
export type Side = EventRow | 'no-more' | 'not-kept';

/** Where two runs part. */
export interface Parting {
  /** Position of the first event that differs. */
  readonly index: number;
  readonly expected: Side;
  readonly seen: Side;
  /** True: of the events before it some are not known, so that the runs may have parted there. */
  readonly orBefore?: true;
}

/** In lines: what was expected and what was seen, one under the other, and which of their fields differ. */
export function describeParting({ index, expected, seen, orBefore }: Parting): string[] {
  const where = orBefore === true ? `The runs part at event ${index}, or before: not all of the events before it were kept.` : `The runs part at event ${index}:`;
  return [where, `  expected  ${inWords(expected)}`, `  seen      ${inWords(seen)}`, ...differences(expected, seen)];
}

const WORDS = { 'no-more': 'no more events', 'not-kept': '(that far only what identifies an event is kept, not the event)' } as const;

function inWords(side: Side): string {
  if (typeof side === 'string') return WORDS[side];
  const { index: _index, timeMicros, event, actor = '', ...fields } = side;
  return [exactInstant(timeMicros), actor, event, ...Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`)].filter((word) => word !== '').join('  ');
}

const MICROS_PER_MILLI = 1_000;

/** To the microsecond: two runs may differ by no more. */
const exactInstant = (micros: number): string => formatInstant(micros).replace(/s$/, `${String(micros % MICROS_PER_MILLI).padStart(3, '0')}s`);

/** Of two kinds of event the other fields say nothing. */
function differences(expected: Side, seen: Side): string[] {
  if (typeof expected === 'string' || typeof seen === 'string') return [];
  const names = new Set(Object.keys({ ...expected, ...seen }));
  const differing = [...names].filter((name) => name !== 'index' && expected[name] !== seen[name]);
  const isOtherKind = expected.event !== seen.event;
  const told = isOtherKind ? differing.filter((name) => name in expected && name in seen) : differing;
  return told.map((name, place) => `  ${place === 0 ? 'differs ' : '        '}  ${name}: expected ${shown(expected[name])}, seen ${shown(seen[name])}`);
}

const shown = (value: string | number | undefined): string => (value === undefined ? 'none' : String(value));
