import { formatInstant } from '../../history/index.js';
import type { ScenarioContract } from '../../scenarios/index.js';
import { formatDuration } from '../words/numbers.js';
import { paragraph, type Terminal } from '../pretty/terminal.js';

/** The faults of the scenario's own schedule, and what each may do. */
export function scheduleBlock({ schedule }: ScenarioContract, terminal: Terminal): string {
  const { strong, columns } = terminal;
  const head = `  ${strong("This scenario's faults")}`;
  if (schedule.length === 0) return [head, paragraph('None. Whatever is broken, the broker or a client broke.', 4, columns)].join('\n');
  return [head, ...schedule.map((entry) => entryLines(entry, terminal))].join('\n');
}

function entryLines({ fault, acknowledgedSends, because, follows }: ScenarioContract['schedule'][number], terminal: Terminal): string {
  const { text, good, bad, columns } = terminal;
  const targets = typeof fault.target === 'string' ? fault.target : fault.target.join(', ');
  const duration = fault.for === undefined ? '' : `, for ${formatDuration(fault.for)}`;
  const again = fault.every === undefined ? '' : `, every ${formatDuration(fault.every)}`;
  const sends = acknowledgedSends === 'kept' ? good('acknowledged sends are kept') : bad('acknowledged sends may be lost');
  return [
    `    ${formatInstant(fault.at)}  ${text(`${fault.fault} of ${targets}${duration}${again}`)}: ${sends}`,
    ...(because === '' ? [] : [paragraph(text(because), 8, columns)]),
    ...follows.map((entry) => paragraph(text(follows.length > 1 ? `${entry.machines.join(', ')}: ${entry.text}` : entry.text), 8, columns)),
  ].join('\n');
}
