import type { Document } from 'yaml';
import type { Mistake } from './mistake.js';
import { nearestNodeAt, nodeAt, spanOfNode, type Path } from './node-at.js';
import type { Override } from './override.js';
import type { Problem } from './problem.js';
import type { Source, Span } from './source.js';

/** What a mistake is about: the value at a path, the key that leads there, or the mapping or list around it. */
export type Aspect = 'value' | 'key' | 'around';

/** Where the settings of a scenario were written: in its file, or in an override. */
export interface Origin {
  readonly document: Document;
  readonly source: Source;
  /** In the order in which they were applied. */
  readonly overrides: readonly Override[];
}

/** The mistake as a problem with a place. */
export function placed(origin: Origin, path: Path, aspect: Aspect, mistake: Mistake): Problem {
  const { code, message, expected = '', nearest = null } = mistake;
  return { code, message, expected, nearest, place: mistake.elsewhere ?? placeOf(origin, path, aspect, mistake) };
}

function placeOf(origin: Origin, path: Path, aspect: Aspect, mistake: Mistake): { readonly source: Source; readonly span: Span } {
  const override = origin.overrides.findLast((candidate) => concerns(candidate.path, path, aspect));
  if (override !== undefined) return { source: override.source, span: spanInOverride(override, path, aspect, mistake) };
  const { source, document } = origin;
  const maker = nodeAt(document, path) === null ? origin.overrides.findLast((candidate) => leadsThrough(candidate.path, path)) : undefined;
  if (maker !== undefined) return { source: maker.source, span: maker.steps[path.length - 1] ?? maker.valueSpan };
  if (aspect === 'around') {
    const around = nearestNodeAt(document, path.slice(0, -1));
    return { source, span: spanOfNode(around.key) ?? firstLetter(spanOfNode(around.value)) };
  }
  const place = nodeAt(document, path) ?? nearestNodeAt(document, path);
  if (aspect === 'key') return { source, span: spanOfNode(place.key) ?? firstLetter(spanOfNode(place.value)) };
  const whole = written(spanOfNode(place.value)) ?? spanOfNode(place.key) ?? { start: 0, end: 0 };
  return { source, span: mistake.span === undefined ? whole : within(source, whole, mistake.span) };
}

/** Such an override made what is at the path, to have something to set in it. */
const leadsThrough = (override: Path, path: Path): boolean =>
  path.length > 0 && override.length > path.length && path.every((step, index) => String(step) === String(override[index]));

/** Null for a value that the file leaves empty. */
const written = (span: Span | null): Span | null => (span !== null && span.end > span.start ? span : null);

/** An override has the say over its own path and all that lies below; over a key, too, that it brought in. */
function concerns(override: Path, path: Path, aspect: Aspect): boolean {
  const length = aspect === 'key' ? Math.min(override.length, path.length) : override.length;
  if (length > path.length || (aspect === 'around' && override.length >= path.length)) return false;
  return override.slice(0, length).every((step, index) => String(step) === String(path[index]));
}

function spanInOverride(override: Override, path: Path, aspect: Aspect, mistake: Mistake): Span {
  if (aspect === 'key' && path.length <= override.path.length) return override.steps[path.length - 1] ?? override.valueSpan;
  const isWhole = path.length === override.path.length && mistake.span !== undefined;
  return isWhole ? within(override.source, override.valueSpan, mistake.span) : override.valueSpan;
}

/** A part of a value, where the file writes the value as it is read: plain, or in quotes without escapes. */
function within(source: Source, whole: Span, part: Span): Span {
  const written = source.text.slice(whole.start, whole.end);
  const quotes = /^["']/.test(written) ? 1 : 0;
  const lead = quotes === 0 ? written.length - written.trimStart().length : 1;
  const isVerbatim = !written.includes('\n') && !written.includes('\\') && part.end <= written.length - quotes;
  return isVerbatim ? { start: whole.start + lead + part.start, end: whole.start + lead + part.end } : whole;
}

/** Of something that spans lines, the place where it begins. */
const firstLetter = (span: Span | null): Span => ({ start: span?.start ?? 0, end: (span?.start ?? 0) + 1 });
