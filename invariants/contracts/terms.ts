import type { InvariantId } from '../catalogue.js';
import { type Circumstance, CIRCUMSTANCES, LOSSES } from './circumstances.js';
import { FAULT_MEANINGS, WALL_CLOCK_FAULTS } from './fault-meanings.js';
import { type EffectPromise, handlerPromise } from './handlers.js';
import { INVARIANT_CONTRACTS } from './invariant-contracts.js';
import { possibleCircumstances } from './possible-circumstances.js';
import type { RunContract } from './run-contract.js';

/** By contract: many runs are held to the same one. */
const known = new WeakMap<RunContract, Map<InvariantId, string>>();

/** What a contract says of one promise, in a sentence. */
export function termsOf(invariant: InvariantId, contract: RunContract): string {
  let ofContract = known.get(contract);
  if (ofContract === undefined) known.set(contract, ofContract = new Map());
  let terms = ofContract.get(invariant);
  if (terms === undefined) ofContract.set(invariant, terms = wordTerms(invariant, contract));
  return terms;
}

function wordTerms(invariant: InvariantId, contract: RunContract): string {
  const possible = possibleCircumstances(contract);
  const excuses = INVARIANT_CONTRACTS[invariant].excusedBy.filter((circumstance) => possible.includes(circumstance));
  // What attends every message from the start leaves nothing to hold: what else might excuse a breach is beside the point.
  const given = excuses.map((circumstance) => GIVEN[circumstance]?.(contract) ?? null).filter((words) => words !== null);
  if (given.length > 0) return `It need not hold here: ${given.join('; ')}.`;
  if (excuses.length === 0) return 'It must hold here, whatever strikes.';
  const met = excuses.filter((circumstance) => mayStrike(circumstance, contract));
  const others = excuses.filter((circumstance) => !met.includes(circumstance));
  if (met.length === 0) return `It must hold here: nothing in this scenario excuses a breach (elsewhere, ${excuseWords(others, contract).join('; ')}).`;
  return `It must hold here; what excuses a breach: ${excuseWords(met, contract).join('; ')}${others.length === 0 ? '' : ` (elsewhere, ${excuseWords(others, contract).join('; ')})`}.`;
}

/** False of what takes a fault that is not among those of the scenario. */
function mayStrike(circumstance: Circumstance, { brokerFaults }: RunContract): boolean {
  const needed = faultsOf(circumstance);
  return brokerFaults === undefined || needed === null || needed.some((kind) => brokerFaults.includes(kind));
}

/** Kinds after which the broker starts again: those that strike its process, or what it has stored. */
const RESTARTING = Object.keys(FAULT_MEANINGS).filter((kind) => FAULT_MEANINGS[kind]!.storage !== null || FAULT_MEANINGS[kind]!.restarts === true);

/** Kinds of faults one of which it takes; null for what comes without. */
function faultsOf(circumstance: Circumstance): readonly string[] | null {
  if (circumstance === 'disturbed-clock' || circumstance === 'wrong-clock') return WALL_CLOCK_FAULTS;
  if (circumstance === 'transient-message' || circumstance === 'non-durable-queue') return RESTARTING;
  const isLoss = LOSSES.some((loss) => loss === circumstance);
  return isLoss ? Object.keys(FAULT_MEANINGS).filter((kind) => FAULT_MEANINGS[kind]!.storage === circumstance) : null;
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
function excuseWords(excuses: readonly Circumstance[], { brokerFaults }: RunContract): string[] {
  const faults = LOSSES.filter((loss) => excuses.includes(loss)).map((loss) => FAULT_WORDS[loss]);
  const others = excuses.filter((excuse) => !LOSSES.some((loss) => loss === excuse)).map((excuse) => CIRCUMSTANCES[excuse].when);
  return faults.length === 0 ? others : [...others, `what is lost by ${faults.join(', ')}${brokerFaults === undefined ? ', should one strike' : ''}`];
}
