import { type EventChunk, EventKind, type EventObserver, type NameTable } from '../history/index.js';
import { INVARIANTS, type InvariantId } from './catalogue.js';
import { INVARIANT_CONTRACTS } from './contracts/invariant-contracts.js';
import type { RunContract } from './contracts/run-contract.js';
import { termsOf } from './contracts/terms.js';
import { EventView } from './event-view.js';
import type { CopyFacts } from './facts/copy-facts.js';
import { Facts } from './facts/facts.js';
import { NO_SLOT } from './facts/slot-table.js';
import { SLOTLESS, UPDATES } from './facts/updates.js';
import type { Handler, Invariant, Trial } from './invariant.js';
import { judgedInvariants } from './judged-invariants.js';
import type { InvariantVerdict, Verdict, Violation } from './verdict.js';
import { type Words, wordsFrom } from './words.js';

export interface JudgeOptions {
  /** Names of the run, read when a violation is put into words. */
  readonly names: Pick<NameTable, 'text' | 'find'>;
  readonly contract: RunContract;
  /** What the scenario expects of some invariants. */
  readonly expected?: Readonly<Partial<Record<InvariantId, Verdict>>>;
  /** The only invariants that the run is held to; all by default. */
  readonly only?: ReadonlySet<InvariantId>;
}

/** What the judge holds at the moment, for watching its memory. */
export interface JudgeFootprint {
  /** Messages and copies in flight, and the slots there is room for. */
  readonly messages: number;
  readonly messageCapacity: number;
  readonly copies: number;
  readonly copyCapacity: number;
  /** Pages of 2 KiB that remember what is over and are not folded. */
  readonly openPages: number;
}

/**
 * Holds a run to its promises while it happens. Subscribe it to the recorder before the first event, flush the recorder
 * after the last one, then call {@link finish}.
 *
 * @example
 * const judge = new Judge({ names: recorder.names, contract });
 * recorder.subscribe(judge);
 * // … the run …
 * recorder.flush();
 * const broken = judge.finish().filter((verdict) => verdict.verdict === 'violated');
 */
export class Judge implements EventObserver {
  readonly #facts: Facts;
  readonly #words: Words;
  readonly #trials: readonly (Trial & { readonly invariant: Invariant<InvariantId> })[];
  /** Those that have a verdict, whatever happens. */
  readonly #judged: ReadonlySet<Invariant<InvariantId>>;
  readonly #handlers: readonly (readonly Handler[])[];
  /** By kind: 1 when somebody looks at the message or the copy of such an event. */
  readonly #findsSlots: Uint8Array;
  readonly #expected: Readonly<Partial<Record<InvariantId, Verdict>>>;
  readonly #event = new EventView();
  #verdicts: InvariantVerdict[] | null = null;

  constructor(options: JudgeOptions) {
    this.#facts = new Facts(options.contract, options.names);
    this.#words = wordsFrom(options.names);
    this.#expected = options.expected ?? {};
    this.#judged = new Set(judgedInvariants(options.contract, (id) => this.#expected[id] !== undefined));
    const { only } = options;
    const heard = INVARIANTS.filter((invariant) => (invariant.hearsAll || this.#judged.has(invariant)) && (only === undefined || only.has(invariant.id)));
    this.#trials = heard.map((invariant) => ({ invariant, ...invariant.begin(this.#facts, this.#words, INVARIANT_CONTRACTS[invariant.id].excusedBy) }));
    this.#handlers = handlersByKind(this.#trials);
    this.#findsSlots = Uint8Array.from(this.#handlers, (handlers, kind) => (handlers.length > 0 || !SLOTLESS.has(kind) ? 1 : 0));
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    const event = this.#event;
    const facts = this.#facts;
    const { messages, copies, activity } = facts;
    const findsSlots = this.#findsSlots;
    const handlersOf = this.#handlers;
    for (let row = from; row < to; row++) {
      chunk.read(row, event);
      const { kind } = event;
      if (findsSlots[kind] === 1) {
        event.messageSlot = messages.find(event.message);
        event.copySlot = copySlotOf(event, copies);
      } else {
        event.messageSlot = NO_SLOT;
        event.copySlot = NO_SLOT;
      }
      facts.nowMicros = event.time;
      activity.note(event.actor, event.peer, event.time);
      const handlers = handlersOf[kind]!;
      for (let i = 0; i < handlers.length; i++) handlers[i]!(event);
      const update = UPDATES[kind]!;
      if (update !== null) update(facts, event);
    }
  }

  /** One verdict for each invariant that concerns the run, is expected, or found a breach all the same, in the order of the catalogue. Ends the judgement; asked again, it answers the same. */
  finish(): InvariantVerdict[] {
    if (this.#verdicts === null) {
      for (const { watch } of this.#trials) watch.finish?.();
      const spoken = this.#trials.filter(({ invariant, tally }) => this.#judged.has(invariant) || tally.violations + tally.anomalies > 0);
      this.#verdicts = spoken.map(({ invariant, ...trial }) => this.#verdict(invariant, trial));
    }
    return this.#verdicts;
  }

  #verdict(invariant: Invariant<InvariantId>, trial: Trial): InvariantVerdict {
    const { tally } = trial;
    const verdict = verdictOf(trial);
    const expected = this.#expected[invariant.id] ?? null;
    const told = verdict === 'violated' ? tally.told('violation') : verdict === 'anomaly' ? tally.told('anomaly') : [];
    const breaches = told.map((breach): Violation => ({
      atMicros: breach.atMicros, message: breach.message, queue: breach.queue === 0 ? '' : this.#words.name(breach.queue), text: trial.textOf(breach),
    }));
    return {
      invariant: invariant.id,
      promise: invariant.promise,
      verdict,
      expected,
      met: expected === null ? verdict !== 'violated' : verdict === expected,
      count: verdict === 'violated' ? tally.violations : verdict === 'anomaly' ? tally.anomalies : 0,
      exercised: tally.exercised,
      contract: verdict === 'anomaly' ? (tally.clause?.because ?? '') : verdict === 'inconclusive' ? (tally.undecided ?? '') : '',
      terms: termsOf(invariant.id, this.#facts.contract),
      first: breaches[0] ?? null,
      ...(breaches.length === 0 ? {} : { breaches }),
    };
  }

  get footprint(): JudgeFootprint {
    const { messages, copies } = this.#facts;
    return {
      messages: messages.size,
      messageCapacity: messages.capacity,
      copies: copies.size,
      copyCapacity: copies.capacity,
      openPages: messages.marks.openPages + copies.marks.openPages,
    };
  }
}

/**
 * Where the copy of an event is. The id of a copy that a crash lost may be given to another message, and a client that had
 * the lost one still speaks of that.
 */
function copySlotOf(event: EventView, copies: CopyFacts): number {
  const slot = copies.find(event.copy);
  const isForeign = slot !== NO_SLOT && event.kind < EventKind.accept && copies.message[slot] !== event.message;
  return isForeign ? NO_SLOT : slot;
}

const KINDS = 256;
const NOBODY: readonly Handler[] = [];

/** The handlers of each kind of event, in the order of the catalogue. */
function handlersByKind(trials: readonly Trial[]): readonly (readonly Handler[])[] {
  const handlers: (readonly Handler[])[] = new Array<readonly Handler[]>(KINDS).fill(NOBODY);
  for (const { watch } of trials) {
    for (const [kind, handler] of Object.entries(watch.on as Readonly<Record<string, Handler>>)) {
      const others = handlers[Number(kind)]!;
      if (others === NOBODY) handlers[Number(kind)] = [handler];
      else (others as Handler[]).push(handler);
    }
  }
  return handlers;
}

function verdictOf({ tally }: Trial): Verdict {
  if (tally.violations > 0) return 'violated';
  if (tally.anomalies > 0) return 'anomaly';
  if (tally.undecided !== null) return 'inconclusive';
  return tally.exercised === 0 ? 'not-exercised' : 'holds';
}
