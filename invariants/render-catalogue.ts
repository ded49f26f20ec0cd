import { INVARIANTS } from './catalogue.js';
import type { Clause } from './contract.js';
import { DURABILITY, type FlushPolicy, STORAGE_FAULTS } from './durability.js';
import type { Invariant } from './invariant.js';

/** `docs/invariants.md`: every invariant with its promise, what exercises it and its contract, and the durability table. */
export function renderCatalogue(): string {
  return `${[introduction(), durability(), ...INVARIANTS.map(section)].join('\n\n')}\n`;
}

function introduction(): string {
  return [
    '<!-- Written by renderCatalogue() in invariants/: change the invariants, not this file. -->',
    '',
    '# Invariants',
    '',
    'What queuelab holds every run to. A scenario names them under `expect:`; those it does not name must not be violated.',
    '',
    '| verdict | meaning |',
    '| --- | --- |',
    '| `holds` | it was put to the test and kept |',
    '| `violated` | it was broken, and nothing in the contract allows that |',
    '| `anomaly` | it was broken only in ways that the contract allows; each is counted |',
    '| `not-exercised` | nothing happened that could have broken it |',
    '| `inconclusive` | the run ended before it could be decided |',
    '',
    'A breach is an anomaly when a clause of the contract applies: that depends on the configuration, and on the faults that really struck in the run.',
  ].join('\n');
}

function durability(): string {
  const policies = Object.keys(DURABILITY) as FlushPolicy[];
  const row = (policy: FlushPolicy): string => `| \`${policy}\` | ${STORAGE_FAULTS.map((fault) => (DURABILITY[policy][fault] ? 'may be lost' : 'kept')).join(' | ')} |`;
  return [
    '## What a broker may lose',
    '',
    'What one broker with one disk had confirmed, by flush policy and by what struck it:',
    '',
    `| flush | ${STORAGE_FAULTS.join(' | ')} |`,
    `| --- |${' --- |'.repeat(STORAGE_FAULTS.length)}`,
    ...policies.map(row),
  ].join('\n');
}

function section(invariant: Invariant): string {
  const clauses = invariant.contract.map((clause: Clause) => `- ${clause.when}. ${clause.because}`);
  const contract = clauses.length === 0 ? ['Must hold under every configuration and every fault.'] : ['Must hold, except that a breach is an anomaly with:', '', ...clauses];
  return [
    `## ${invariant.id}`,
    '',
    `**${invariant.promise}**`,
    '',
    `Exercised by: ${invariant.exercisedBy}.`,
    '',
    ...contract,
  ].join('\n');
}
