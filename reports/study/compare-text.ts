import { table } from '../pretty/tables.js';
import { paragraph, terminal as makeTerminal, type Terminal } from '../pretty/terminal.js';
import type { ReporterContext } from '../reporter.js';
import type { Comparison } from '../run-result.js';
import { comparedHeadline, comparedLead, comparedWords, DELIVERY_HEAD, deliveryWords } from '../words/study.js';

/** A comparison for the terminal. */
export function compareText(comparison: Comparison, context: ReporterContext): string {
  const terminal = makeTerminal(context);
  const { variants, settings, delivery } = comparison;
  const others = variants.map((_, index) => index).slice(1);
  const text = terminal.text;
  return [
    ...others.map((index) => terminal.strong(paragraph(text(comparedHeadline(comparison, index)), 0, terminal.columns))),
    terminal.quiet(paragraph(text(comparedLead(comparison)), 2, terminal.columns)),
    ...others.map((index) => figures(comparison, index, terminal)),
    table(DELIVERY_HEAD, variants.map(({ name }, index) => deliveryWords(name, delivery[index]!).map(text)), 1, terminal),
    settings.length === 0 ? terminal.quiet('  All settings are the same.') : table(['setting', ...variants.map(({ name }) => text(name))], settings.map(({ path, values }) => [path, ...values.map((value) => text(value ?? '-'))]), 99, terminal),
  ].join('\n\n');
}

function figures(comparison: Comparison, variant: number, terminal: Terminal): string {
  const rows = comparison.rows.filter((row) => row.variant === variant).map((row) => {
    const { figure, base, value, percent, interval, verdict, tone } = comparedWords(row);
    return [terminal[tone === 'unsure' ? 'noted' : tone](verdict), ...[figure, base, value, percent, interval].map(terminal.text)];
  });
  const names = comparison.variants.map(({ name }) => terminal.text(name));
  return table(['verdict', 'figure', names[0]!, names[variant]!, 'difference', 'interval'], rows, 2, terminal);
}
