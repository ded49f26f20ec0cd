import type { EventKind } from '../history/index.js';
import type { Circumstance } from './contracts/circumstances.js';
import type { RunContract } from './contracts/run-contract.js';
import type { EventView } from './event-view.js';
import type { Facts } from './facts/facts.js';
import { type Breach, Tally } from './tally.js';
import type { Words } from './words.js';

/** Sees one event, with the facts as they were before it. */
export type Handler = (event: EventView) => void;

/** What an invariant looks at in a run. */
export interface Watch {
  readonly on: Readonly<Partial<Record<EventKind, Handler>>>;
  /** When the history is over: what can only be said at the end. */
  readonly finish?: () => void;
}

/** One promise, as its file writes it. */
export interface Promised<B extends Breach, Id extends string> {
  readonly id: Id;
  /** What must hold, in one sentence. */
  readonly promise: string;
  /** What a run must do so that the promise could be broken, and what is counted as `exercised`. */
  readonly exercisedBy: string;
  /** False for a run in which nothing can put it to the test: it then sees no event and has no verdict, unless one is expected. Left out: every run concerns it. */
  readonly concerns?: (contract: RunContract) => boolean;
  /** True: it sees the others too, because what it looks for is a breach there above all; it then speaks only of breaches. */
  readonly hearsAll?: boolean;
  /** Looks for breaches in one run. */
  create(facts: Facts, tally: Tally<B>): Watch;
  /** A breach in words, with names, times and numbers. */
  word(breach: B, words: Words): string;
}

/** One promise, as the judge and the catalogue use it. */
export interface Invariant<Id extends string = string> {
  readonly id: Id;
  readonly promise: string;
  readonly exercisedBy: string;
  readonly concerns: (contract: RunContract) => boolean;
  readonly hearsAll: boolean;
  /** Puts it on trial: `excusedBy` are the circumstances that make an anomaly of a breach. */
  readonly begin: (facts: Facts, words: Words, excusedBy: readonly Circumstance[]) => Trial;
}

/** A promise on trial in one run. */
export interface Trial {
  readonly watch: Watch;
  readonly tally: Tally<Breach>;
  /** The text of a breach that the tally holds. */
  readonly textOf: (breach: Breach) => string;
}

/** Ties the breaches that an invariant finds to the words that it has for them. */
export function defineInvariant<B extends Breach, const Id extends string>(promised: Promised<B, Id>): Invariant<Id> {
  const { id, promise, exercisedBy, concerns = () => true, hearsAll = false } = promised;
  const begin = (facts: Facts, words: Words, excusedBy: readonly Circumstance[]): Trial => {
    const tally = new Tally<B>(excusedBy);
    const watch = promised.create(facts, tally);
    // The tally holds what this invariant put there.
    return { watch, tally: tally as Tally<Breach>, textOf: (breach) => promised.word(breach as B, words) };
  };
  return { id, promise, exercisedBy, concerns, hearsAll, begin };
}
