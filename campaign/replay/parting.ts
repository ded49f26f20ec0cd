import { type EventRow, formatInstant } from '../../history/index.js';

/** Where two runs part. */
export interface Parting {
  /** Position of the first event that differs; of several of which only a digest is known, of the first of them. */
  readonly index: number;
  /** The event that was recorded; null when it is not known, or when the recorded run had no more. */
  readonly expected: EventRow | null;
  /** The event of the new run; null when it had no more. */
  readonly seen: EventRow | null;
  /** True when only a digest of the recorded events is known: the runs part at this event or in the stretch after it. */
  readonly isWithinStretch: boolean;
}

/** The first row that differs; null when one list begins with the other and they are equally long. */
export function partingOf(expected: readonly EventRow[], seen: readonly EventRow[], offset = 0): Parting | null {
  const length = Math.max(expected.length, seen.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [expected[at] ?? null, seen[at] ?? null];
    if (JSON.stringify(one) !== JSON.stringify(other)) return { index: offset + at, expected: one, seen: other, isWithinStretch: false };
  }
  return null;
}

/** In lines: what was expected and what was seen, one under the other. */
export function describeParting({ index, expected, seen, isWithinStretch }: Parting): string[] {
  const where = isWithinStretch ? `The runs part at event ${index} or soon after: of the recorded events from there on only a digest is kept.` : `The runs part at event ${index}:`;
  return [where, ...(isWithinStretch ? [] : [`  expected  ${inWords(expected)}`]), `  seen      ${inWords(seen)}`];
}

function inWords(row: EventRow | null): string {
  if (row === null) return 'no more events';
  const { index: _index, timeMicros, event, actor = '', ...fields } = row;
  return [formatInstant(timeMicros), actor, event, ...Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`)].filter((word) => word !== '').join('  ');
}
