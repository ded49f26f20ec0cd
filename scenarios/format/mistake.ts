import type { ProblemCode } from './problem.js';
import type { Source, Span } from './source.js';

/** What is wrong with a value, before it is known where in the file the value stands. */
export interface Mistake {
  readonly code: ProblemCode;
  readonly message: string;
  readonly expected?: string;
  readonly nearest?: string | null;
  /** The part of the value's text that is wrong; all of it when absent. */
  readonly span?: Span;
  /** Where the mistake stands when it is not in the value itself: in a trace file that the value names. */
  readonly elsewhere?: { readonly source: Source; readonly span: Span };
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistake: Mistake };

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const mistaken = (mistake: Mistake): { readonly ok: false; readonly mistake: Mistake } => ({ ok: false, mistake });

/** The same mistake of a part, seen from the whole text in which the part begins at `offset`. */
export function shifted(mistake: Mistake, offset: number, partLength: number): Mistake {
  const span = mistake.span ?? { start: 0, end: partLength };
  return { ...mistake, span: { start: span.start + offset, end: span.end + offset } };
}

/** `a, b or c` */
export function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1] as string}`;
}
