import { INVARIANTS, type InvariantId } from '../catalogue.js';
import { type Circumstance, CIRCUMSTANCES } from './circumstances.js';
import { type EffectPromise, HANDLER_CONTRACTS, handlerPromise } from './handlers.js';
import { INVARIANT_CONTRACTS } from './invariant-contracts.js';
import { possibleCircumstances } from './possible-circumstances.js';
import { isPromised } from './promised.js';
import type { FlushPolicy, HandlerKind, QueueContract, RunContract } from './run-contract.js';
import { type SendsOfRow, sendsByRow, type SendsUnderFaults, sendsUnderFaults } from './sends-under-faults.js';

/** What a configuration promises, as data for those who show it. */
export interface ContractExplanation {
  readonly broker: { readonly name: string; readonly configuration: string; readonly answers: string };
  /** Acknowledged sends, by the faults that strike the broker: what any of them may suffer. Faults of clients lose none. */
  readonly acknowledgedSends: readonly SendsUnderFaults[];
  /** The same for each row of the durability matrix under which some sends of the configuration come. */
  readonly sends: readonly SendsOfRow[];
  readonly queues: readonly QueueExplanation[];
  /** Promises that must hold in this configuration whatever strikes. Here and below: those that concern it. */
  readonly always: readonly { readonly invariant: InvariantId; readonly promise: string }[];
  /** Promises that must hold except under the circumstances that the configuration allows. */
  readonly except: readonly { readonly invariant: InvariantId; readonly promise: string; readonly when: readonly Exception[] }[];
}

export interface QueueExplanation {
  readonly name: string;
  readonly deadLetter: QueueContract['deadLetter'];
  readonly handlers: readonly { readonly kind: HandlerKind; readonly order: string; readonly promise: EffectPromise; readonly because: string }[];
  /** What all its handlers promise together. */
  readonly effects: EffectPromise;
}

export interface Exception {
  readonly circumstance: Circumstance;
  readonly when: string;
  readonly because: string;
}

const ANSWERS: Readonly<Record<FlushPolicy, string>> = {
  always: 'It answers a send when the record is on its disk.',
  interval: 'It answers a send when the record is in the page cache, and syncs now and then.',
  never: 'It answers a send when the record is in the page cache, and leaves syncing to the system.',
};

/** The contract of a configuration in words. */
export function explainContract(contract: RunContract): ContractExplanation {
  const possible = possibleCircumstances(contract);
  const rows = INVARIANTS.filter(({ id, concerns }) => concerns(contract) && isPromised(id, contract)).map(({ id, promise }) => ({
    invariant: id, promise,
    when: INVARIANT_CONTRACTS[id].excusedBy.filter((circumstance) => possible.includes(circumstance))
      .map((circumstance): Exception => ({ circumstance, ...CIRCUMSTANCES[circumstance] })),
  }));
  const { name, flush } = contract.broker;
  return {
    broker: { name, configuration: `one broker with one disk, flush: ${flush}`, answers: ANSWERS[flush] },
    acknowledgedSends: sendsUnderFaults(contract),
    sends: sendsByRow(contract),
    queues: contract.queues.map(explainQueue),
    always: rows.filter(({ when }) => when.length === 0).map(({ invariant, promise }) => ({ invariant, promise })),
    except: rows.filter(({ when }) => when.length > 0),
  };
}

function explainQueue({ name, deadLetter, handlers }: QueueContract): QueueExplanation {
  return {
    name, deadLetter,
    handlers: handlers.map((kind) => ({ kind, ...HANDLER_CONTRACTS[kind] })),
    effects: handlerPromise(handlers),
  };
}
