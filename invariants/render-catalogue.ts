import { INVARIANTS, type InvariantId } from './catalogue.js';
import { CIRCUMSTANCES } from './contracts/circumstances.js';
import { INVARIANT_CONTRACTS } from './contracts/invariant-contracts.js';
import type { Invariant } from './invariant.js';

/** `docs/invariants.md`: every invariant with its promise, what exercises it and its contract. */
export function renderCatalogue(): string {
  return `${[introduction(), ...INVARIANTS.map(section)].join('\n\n')}\n`;
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
    'A promise that a run cannot put to the test, whatever happens in it (one about queues that push, where none does), has no verdict, unless one is',
    'expected.',
    '',
    'A breach is an anomaly when a clause of the contract applies: that depends on the configuration, and on the faults that really struck in the run.',
    'Which configuration promises what under which fault is in [guarantees.md](guarantees.md).',
  ].join('\n');
}

function section(invariant: Invariant<InvariantId>): string {
  const clauses = INVARIANT_CONTRACTS[invariant.id].excusedBy.map((circumstance) => `- ${CIRCUMSTANCES[circumstance].when}. ${CIRCUMSTANCES[circumstance].because}`);
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
