import { printable } from './printable.js';
import type { Source, Span } from './source.js';

/** Lines shown before and after the one with the mistake. */
const CONTEXT_LINES = 2;
/** Columns shown of a line; a longer one is cut around the mistake. */
const MAX_COLUMNS = 100;
/** Columns kept to the left of the mistake when a line is cut. */
const LEAD_COLUMNS = 30;
const MAX_CARETS = 60;

/**
 * The lines around a span, its first line marked:
 *
 * ```
 *     4 |   orders:
 *   > 5 |     visibiltyTimeout: 30s
 *       |     ^^^^^^^^^^^^^^^^
 *     6 |     delay: 5s
 * ```
 */
export function codeFrame(source: Source, span: Span): string {
  const { line, column } = source.position(span.start);
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lastLineWithText(source), line + CONTEXT_LINES);
  const width = String(Math.max(last, line)).length;
  const marks = carets(source, span);
  const from = column - 1 + marks.length > MAX_COLUMNS ? Math.max(0, column - 1 - LEAD_COLUMNS) : 0;
  const rows: string[] = [];
  for (let number = first; number <= Math.max(last, line); number += 1) {
    const mark = number === line ? '>' : ' ';
    rows.push(`${mark} ${String(number).padStart(width)} | ${cut(source.line(number), from)}`.trimEnd());
    if (number === line) rows.push(`  ${' '.repeat(width)} | ${' '.repeat(column - 1 - from + (from > 0 ? 1 : 0))}${marks}`);
  }
  return rows.join('\n');
}

function cut(line: string, from: number): string {
  const part = printable(line.slice(from, from + MAX_COLUMNS));
  return `${from > 0 ? '…' : ''}${part}${line.length > from + MAX_COLUMNS ? '…' : ''}`;
}

function carets(source: Source, span: Span): string {
  const { line, column } = source.position(span.start);
  const onThisLine = Math.max(0, source.line(line).length - column + 1);
  return '^'.repeat(Math.max(1, Math.min(span.end - span.start, onThisLine, MAX_CARETS)));
}

/** The empty line after the last line break is no line to show. */
function lastLineWithText(source: Source): number {
  return source.text.endsWith('\n') ? Math.max(1, source.lineCount - 1) : source.lineCount;
}
