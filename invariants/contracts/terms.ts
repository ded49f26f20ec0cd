import type { InvariantId } from '../catalogue.js';
import { type Circumstance, CIRCUMSTANCES, LOSSES } from './circumstances.js';
import { type EffectPromise, handlerPromise } from './handlers.js';
import { INVARIANT_CONTRACTS } from './invariant-contracts.js';
import { possibleCircumstances } from './possible-circumstances.js';
import type { RunContract } from './run-contract.js';

/** What a contract says of one promise, in a sentence. */
export function termsOf(invariant: InvariantId, contract: RunContract): string {
  const possible = possibleCircumstances(contract);
  const excuses = INVARIANT_CONTRACTS[invariant].excusedBy.filter((circumstance) => possible.includes(circumstance));
  // What attends every message from the start leaves nothing to hold: what else might excuse a breach is beside the point.
  const given = excuses.map((circumstance) => GIVEN[circumstance]?.(contract) ?? null).filter((words) => words !== null);
  if (given.length > 0) return `It need not hold here: ${given.join('; ')}.`;
  return excuses.length === 0 ? 'It must hold here, whatever strikes.' : `It must hold here; what excuses a breach: ${excuseWords(excuses).join('; ')}.`;
}

/** Circumstances that the configuration alone makes, whatever strikes: what it is then. */
const GIVEN: Readonly<Partial<Record<Circumstance, (contract: RunContract) => string | null>>> = {
  'standard-queue': ({ queues }) => (queues.some(({ kind }) => kind !== 'fifo') ? 'the queues are not strict' : null),
  'plain-handler': (contract) => handlersThat(['none'], contract),
  'not-idempotent': (contract) => handlersThat(['none', 'at-most-once'], contract),
};

/** `the handlers of orders are plain`; of the queues whose handlers promise one of these. */
function handlersThat(promises: readonly EffectPromise[], { queues }: RunContract): string {
  const queuesOf = new Map<string, string[]>();
  for (const { name, handlers } of queues) {
    if (handlers.length === 0 || !promises.includes(handlerPromise(handlers))) continue;
    const kinds = [...new Set(handlers)].join(' and ');
    queuesOf.set(kinds, [...(queuesOf.get(kinds) ?? []), name]);
  }
  return [...queuesOf].map(([kinds, names]) => `the handlers of ${names.join(', ')} are ${kinds}`).join('; ');
}

const FAULT_WORDS: Readonly<Record<(typeof LOSSES)[number], string>> = {
  'power-loss': 'a power loss', 'failed-sync': 'a failed sync', 'disk-replaced': 'a replaced disk', 'corruption': 'damage on the disk',
};

/** Each excuse by its clause, and last, in one phrase, the faults that take what was stored. */
function excuseWords(excuses: readonly Circumstance[]): string[] {
  const faults = LOSSES.filter((loss) => excuses.includes(loss)).map((loss) => FAULT_WORDS[loss]);
  const others = excuses.filter((excuse) => !LOSSES.some((loss) => loss === excuse)).map((excuse) => CIRCUMSTANCES[excuse].when);
  return faults.length === 0 ? others : [...others, `what is lost by ${faults.join(', ')}, should one strike`];
}
