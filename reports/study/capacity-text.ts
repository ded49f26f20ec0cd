import { table } from '../pretty/tables.js';
import { paragraph, terminal as makeTerminal } from '../pretty/terminal.js';
import type { ReporterContext } from '../reporter.js';
import type { CapacityResult } from '../run-result.js';
import { CAPACITY_HEAD, capacityCommand, capacityHeadline, capacityReasons, probeWords, untilOf } from './capacity-words.js';

/** A search for the capacity, for the terminal. */
export function capacityText(capacity: CapacityResult, context: ReporterContext): string {
  const terminal = makeTerminal(context);
  const { figure, unit } = untilOf(capacity);
  const command = capacityCommand(capacity);
  return [
    terminal.strong(terminal.text(capacityHeadline(capacity))),
    ...capacityReasons(capacity).map((reason) => paragraph(terminal.text(reason), 2, terminal.columns)),
    ...(command === null ? [] : [`  At that rate: ${terminal.text(command)}`]),
    '',
    table(CAPACITY_HEAD(figure), capacity.probes.map((probe) => probeWords(probe, unit).map(terminal.text)), 1, terminal),
  ].join('\n');
}
