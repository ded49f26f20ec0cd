import type { ScenarioContract } from '../../scenarios/index.js';
import { paragraph, type Terminal } from '../pretty/terminal.js';

type Sends = ScenarioContract['sends'][number];

/** What becomes of acknowledged sends when a fault strikes the broker: in one piece, or for each row of the durability matrix that they come under. */
export function sendsBlock({ sends, acknowledgedSends, broker, schedule }: ScenarioContract, terminal: Terminal): string {
  const { text, strong, columns } = terminal;
  const struck = new Set(schedule.filter(({ fault }) => namesOf(fault.target).includes(broker.name)).map(({ fault }) => fault.fault));
  const lines = sends.length === 0
    ? fateLines(acknowledgedSends, struck, terminal)
    : sends.flatMap((row) => [paragraph(text(headOf(row)), 4, columns), ...fateLines(row.underFaults, struck, terminal)]);
  return [
    `  ${strong('A send that was acknowledged')}`,
    paragraph('Whether its message may be lost when a fault strikes the broker. A client stores nothing: what strikes it loses no acknowledged send.', 4, columns),
    ...lines,
    ...(struck.size > 0 ? ['    * strikes the broker in this scenario'] : []),
  ].join('\n');
}

const headOf = ({ configuration, producers, queues }: Sends): string => `${configuration} (from ${producers.join(', ')} to ${queues.join(', ')}):`;

function fateLines(groups: ScenarioContract['acknowledgedSends'], struck: ReadonlySet<string>, { text, good, bad, columns }: Terminal): string[] {
  return groups.flatMap(({ faults, fate, because }) => {
    const listed = faults.map((fault) => (struck.has(fault) ? `${fault} *` : fault)).join(', ');
    const mark = fate === 'kept' ? good('kept') : bad('may be lost');
    return [`    ${mark}`, paragraph(text(`after ${listed}`), 6, columns), ...(because === '' ? [] : [paragraph(text(because), 6, columns)])];
  });
}

const namesOf = (target: string | readonly string[]): readonly string[] => (typeof target === 'string' ? [target] : target);
