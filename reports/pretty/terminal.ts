import pico from 'picocolors';
import type { ReporterContext } from '../reporter.js';

type Paint = (text: string) => string;

/** How text for people is set: colours, symbols and width. */
export interface Terminal {
  readonly good: Paint;
  readonly bad: Paint;
  readonly noted: Paint;
  readonly quiet: Paint;
  readonly strong: Paint;
  readonly symbols: { readonly good: string; readonly bad: string; readonly noted: string; readonly quiet: string };
  readonly columns: number;
  /** Makes text fit to be shown: no escape sequence gets through, and only ASCII where nothing else is shown. */
  readonly text: Paint;
}

const MIN_COLUMNS = 60;
const MAX_COLUMNS = 120;

const unicodeSymbols = { good: '✓', bad: '✗', noted: '!', quiet: '·' };
const asciiSymbols = { good: '+', bad: 'x', noted: '!', quiet: '.' };

export function terminal(context: Pick<ReporterContext, 'color' | 'unicode' | 'columns'>): Terminal {
  const colors = pico.createColors(context.color);
  const unicode = context.unicode ?? true;
  return {
    good: colors.green,
    bad: (text) => colors.bold(colors.red(text)),
    noted: colors.yellow,
    quiet: colors.dim,
    strong: colors.bold,
    symbols: unicode ? unicodeSymbols : asciiSymbols,
    columns: Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, context.columns ?? 80)),
    text: (text) => (unicode ? printable(text) : asciiOnly(printable(text))),
  };
}

/** Control characters, which could move the cursor or change colours, and marks that reorder text become spaces. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]+/g, ' ');
}

const asciiFor: Readonly<Record<string, string>> = { 'µ': 'u', '×': 'x', '…': '...', '–': '-', '−': '-' };

function asciiOnly(text: string): string {
  return text.replace(/[^ -~]/gu, (character) => asciiFor[character] ?? '?');
}

/** Lines of at most `width` characters, broken between words; a longer word is left whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A text as wrapped lines with an indent. */
export function paragraph(text: string, indent: number, columns: number): string {
  const margin = ' '.repeat(indent);
  return wrapped(text, columns - indent).map((line) => margin + line).join('\n');
}
