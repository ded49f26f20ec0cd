import { table } from '../pretty/tables.js';
import { paragraph, terminal as makeTerminal, type Terminal } from '../pretty/terminal.js';
import type { ReporterContext } from '../reporter.js';
import type { Comparison } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { settingText } from '../words/setting-text.js';
import { comparedHeadline, comparedLead, comparedWords, deliveryRows, promiseWords } from '../words/study.js';

/** A comparison for the terminal. */
export function compareText(comparison: Comparison, context: ReporterContext): string {
  const terminal = makeTerminal(context);
  const { variants, settings, delivery } = comparison;
  const others = variants.map((_, index) => index).slice(1);
  const text = terminal.text;
  return [
    ...others.map((index) => terminal.strong(paragraph(text(comparedHeadline(comparison, index)), 0, terminal.columns))),
    ...comparison.warnings.map((warning) => paragraph(`${terminal.noted('Note:')} ${text(warning)}`, 2, terminal.columns)),
    terminal.quiet(paragraph(text(comparedLead(comparison)), 2, terminal.columns)),
    ...others.flatMap((index) => [promises(comparison, index, terminal), figures(comparison, index, terminal)]),
    table(['what is delivered, and its cost', ...variants.map(({ name }) => text(name))], deliveryRows(delivery).map((row) => row.map(text)), 1, terminal),
    settings.length === 0 ? terminal.quiet('  All settings are the same.') : table(['setting', ...variants.map(({ name }) => text(name))], settings.map(({ path, values }) => [path, ...values.map((value) => text(value === null ? '-' : settingText({ path, value })))]), 99, terminal),
  ].join('\n\n');
}

/** Promises that did not stay as they were; of the rest, how many there are. */
function promises(comparison: Comparison, variant: number, terminal: Terminal): string {
  const rows = promiseWords(comparison, variant);
  const told = rows.filter(({ tone }) => tone !== 'quiet');
  const rest = rows.length - told.length;
  const same = `${counted(rest, told.length === 0 ? 'promise' : 'other promise')} came out as before.`;
  if (told.length === 0) return terminal.quiet(`  ${same}`);
  const names = comparison.variants.map(({ name }) => terminal.text(name));
  const lines = told.map(({ verdict, tone, promise, base, value }) => [terminal[tone === 'unsure' ? 'noted' : tone](verdict), promise, base, value]);
  return `${table(['verdict', 'promise', names[0]!, names[variant]!], lines, 99, terminal)}${rest === 0 ? '' : `\n${terminal.quiet(`  ${same}`)}`}`;
}

function figures(comparison: Comparison, variant: number, terminal: Terminal): string {
  const rows = comparison.rows.filter((row) => row.variant === variant).map((row) => {
    const { figure, base, value, percent, interval, verdict, tone } = comparedWords(row);
    return [terminal[tone === 'unsure' ? 'noted' : tone](verdict), ...[figure, base, value, percent, interval].map(terminal.text)];
  });
  const names = comparison.variants.map(({ name }) => terminal.text(name));
  return table(['verdict', 'figure', names[0]!, names[variant]!, 'difference', 'interval'], rows, 2, terminal);
}
