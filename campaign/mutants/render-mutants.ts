import { MUTANTS, type Mutant } from '../../engine/index.js';
import { INVARIANTS } from '../../invariants/index.js';

/** `docs/mutants.md`: every deliberate bug, the real mistake it stands for, and the invariant that must catch it. */
export function renderMutants(): string {
  return `${[introduction(), ...INVARIANTS.map(({ id }) => section(id))].join('\n\n')}\n`;
}

function introduction(): string {
  const alone = MUTANTS.filter(isCaughtAlone).length;
  return [
    '<!-- Written by renderMutants() in campaign/mutants/: change engine/mutants/, not this file. -->',
    '',
    '# Mutants',
    '',
    'Is the judge any good? Each mutant is a deliberate bug in the engine, its log or its client library: a mistake that real systems have',
    'shipped, switched on by name. The invariant beside it must catch it; and every invariant has a mutant that it alone catches, so that',
    `none is there for show. There are ${MUTANTS.length}, of which ${alone} break one promise only.`,
    '',
    '- `queuelab mutants` hunts all of them with drawn workloads and faults, and says how many runs it took to find each. An invariant that no find',
    '  broke alone gets hunts of its own, for a run that breaks nothing else.',
    '- `queuelab run my.yaml --mutant reply-before-durable` runs a scenario with one. Its result and its report say so.',
    '- The tests run each in a scenario made for it, with the bug and without.',
    '',
    'A run without `--mutant` has none of them.',
  ].join('\n');
}

const isCaughtAlone = ({ alsoCaughtBy = [] }: Mutant): boolean => alsoCaughtBy.length === 0;

function section(invariant: string): string {
  const rows = MUTANTS.filter((mutant) => mutant.invariant === invariant).map(row);
  return [`## Caught by ${invariant}`, '', '| mutant | what it does wrong | the real mistake | shows with | may also break |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function row({ name, where, mistake, source, needs, alsoCaughtBy = [] }: Mutant): string {
  return `| \`${name}\`<br>${where} | ${mistake} | ${source} | ${needs} | ${alsoCaughtBy.length === 0 ? 'nothing' : alsoCaughtBy.join(', ')} |`;
}
