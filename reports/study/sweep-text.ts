import { paragraph, terminal as makeTerminal } from '../pretty/terminal.js';
import { table } from '../pretty/tables.js';
import type { ReporterContext } from '../reporter.js';
import type { SweepResult } from '../run-result.js';
import { sweepHead, sweepRows } from './sweep-rows.js';
import { sweepAnswers, sweepLead } from './sweep-words.js';
import { variedOnly } from './varied-axes.js';

/** A sweep for the terminal. */
export function sweepText(whole: SweepResult, context: ReporterContext): string {
  const sweep = variedOnly(whole);
  const terminal = makeTerminal(context);
  return [
    ...sweepAnswers(sweep).map((answer) => paragraph(terminal.text(answer), 2, terminal.columns)),
    terminal.quiet(paragraph(terminal.text(sweepLead(whole)), 2, terminal.columns)),
    '',
    table(sweepHead(sweep), sweepRows(sweep).map((row) => row.map(terminal.text)), sweep.axes.length, terminal),
  ].join('\n');
}
