import type { RawRow } from './event-row.js';
import { EventKind, EVENTS, type NameId } from './events.js';
import type { NameTable } from './name-table.js';
import { StorySyncs } from './story-syncs.js';
import { StoryState } from './story-state.js';
import { type StoryScene, wordsFor } from './story-words.js';

/** One step of a message's life. Run results carry steps of this shape. */
export interface StoryStep {
  /** True time in microseconds since the start of the run. */
  readonly atMicros: number;
  /** Name of the event's kind. */
  readonly event: string;
  /** The machine or client that acts; empty for the run itself. */
  readonly actor: string;
  /** One sentence without its subject, the actor: what happened and why. */
  readonly text: string;
  /** The setting or rule by which it happened, as `visibilityTimeout of orders is 30s`; absent where none is known. */
  readonly rule?: string;
  /** The other party: the consumer of a lease, the queue that a move goes to, the other end of a link. */
  readonly peer?: string;
  readonly queue?: string;
  /** The stored copy. */
  readonly copy?: number;
  /** The message's how-manieth lease it is about, over all its copies. */
  readonly lease?: number;
}

/** Says by which setting a step happened, or null; the story knows none by itself. */
export type StoryRule = (row: RawRow, scene: StoryScene) => string | null;

/**
 * The life story of one message: every event that touched it, over all its attempts and copies, and what happened to the
 * machines it involved while it lived. Rows come from a StoryCollector, or from a kept history; rows of other messages
 * are passed over. A message of which there is no row has no story.
 */
export function tellStory(message: number, rows: Iterable<RawRow>, names: Pick<NameTable, 'text'>, rule: StoryRule = () => null): StoryStep[] {
  const relevant = relevantRows(message, rows);
  const nameOf = (id: NameId): string => names.text(id);
  const scene: StoryScene = { message, state: new StoryState(nameOf), nameOf };
  const teller = new Teller(scene, involvedMachines(relevant, scene), rule);
  for (const row of relevant) teller.take(row);
  return teller.steps;
}

function relevantRows(message: number, rows: Iterable<RawRow>): RawRow[] {
  const relevant: RawRow[] = [];
  for (const row of rows) if (row.message === message || row.message === 0) relevant.push(row);
  return relevant;
}

function involvedMachines(rows: readonly RawRow[], { message, nameOf }: StoryScene): ReadonlySet<string> {
  const involved = new Set<string>();
  for (const row of rows) {
    if (row.message !== message) continue;
    involved.add(nameOf(row.actor));
    // The peer of a move is a queue, that of a place a group.
    if (row.peer !== 0 && row.kind !== EventKind.move && row.kind !== EventKind.place) involved.add(nameOf(row.peer));
  }
  return involved;
}

/** Circumstances that are told, when they concern a machine that the message involved. */
const machineKinds: ReadonlySet<EventKind> = new Set([
  EventKind.nodeStart, EventKind.nodeStop, EventKind.recoverBegin, EventKind.recoverEnd, EventKind.corruption,
  EventKind.faultBegin, EventKind.faultEnd, EventKind.connectionLost,
]);
const runKinds: ReadonlySet<EventKind> = new Set([EventKind.drainBegin, EventKind.drainEnd]);

const OUTCOMES: ReadonlySet<EventKind> = new Set([EventKind.sendOk, EventKind.sendFail, EventKind.sendInfo]);

class Teller {
  readonly steps: StoryStep[] = [];
  readonly #scene: StoryScene;
  readonly #involved: ReadonlySet<string>;
  /** Steps from before the message appeared, by what they are about: told only if still in force then. */
  readonly #before = new Map<string, StoryStep>();
  /** Steps from after the message's end: told only if it appears again, as after a crash that lost its acknowledgement. */
  #after: StoryStep[] = [];
  readonly #syncs = new StorySyncs();
  readonly #rule: StoryRule;
  readonly #toldOfRun = new Set<EventKind>();
  #born = false;
  /** Its producer waits for the outcome: what keeps the broker from reading concerns it. */
  #isSent = false;

  constructor(scene: StoryScene, involved: ReadonlySet<string>, rule: StoryRule) {
    this.#scene = scene;
    this.#rule = rule;
    this.#involved = involved;
  }

  take(row: RawRow): void {
    this.#scene.state.apply(row);
    if (row.message === this.#scene.message) this.#own(row);
    else if (!this.#isTold(row)) return;
    else if (this.#born) this.#circumstance(row);
    else this.#beforeBirth(row);
  }

  #own(row: RawRow): void {
    if (!this.#born) this.steps.push(...this.#before.values());
    this.#born = true;
    if (row.kind === EventKind.sendInvoke) this.#isSent = true;
    else if (OUTCOMES.has(row.kind)) this.#isSent = false;
    this.#syncs.noteOwn(row);
    this.steps.push(...this.#after, this.#step(row));
    this.#after = [];
  }

  #isTold(row: RawRow): boolean {
    if (runKinds.has(row.kind)) return this.#born && this.#isNews(row.kind);
    if (row.kind === EventKind.fsync) return this.#syncs.takes(row);
    if (row.kind === EventKind.connectionBlocked) return (this.#isSent || !this.#born) && this.#involved.has(this.#scene.nameOf(row.peer));
    return machineKinds.has(row.kind) && this.#scene.state.machinesOf(row).some((name) => this.#involved.has(name));
  }

  /** Every queue has an end of the drain of its own, at the same time and with the same outcome. */
  #isNews(kind: EventKind): boolean {
    const isNews = !this.#toldOfRun.has(kind);
    this.#toldOfRun.add(kind);
    return isNews;
  }

  #beforeBirth(row: RawRow): void {
    const fault = `fault ${row.b} ${row.actor} ${row.peer}`;
    if (row.kind === EventKind.faultBegin) this.#before.set(fault, this.#step(row));
    else if (row.kind === EventKind.faultEnd) this.#before.delete(fault);
    else if (row.kind === EventKind.nodeStop) this.#before.set(`node ${row.actor}`, this.#step(row));
    else if (row.kind === EventKind.nodeStart) this.#before.delete(`node ${row.actor}`);
    else if (row.kind === EventKind.connectionBlocked && row.a === 1) this.#before.set(`connection ${row.peer}`, this.#step(row));
    else if (row.kind === EventKind.connectionBlocked) this.#before.delete(`connection ${row.peer}`);
  }

  #circumstance(row: RawRow): void {
    const steps = this.#scene.state.ended ? this.#after : this.steps;
    steps.push(this.#step(row));
    if (row.kind !== EventKind.recoverEnd) return;
    for (const copy of this.#scene.state.takeLost(row)) {
      steps.push(this.#step(row, `message ${this.#scene.message}, copy ${copy}, was not in the journal: it is lost here`));
    }
  }

  #step(row: RawRow, text = wordsFor(row, this.#scene)): StoryStep {
    const { nameOf, state } = this.#scene;
    const rule = this.#rule(row, this.#scene);
    const lease = EVENTS[row.kind].a === 'handle' ? state.leases.get(row.a)?.ordinal : undefined;
    return {
      atMicros: row.timeMicros, event: EVENTS[row.kind].name, actor: nameOf(row.actor), text,
      ...(rule === null ? {} : { rule }),
      ...(row.peer === 0 ? {} : { peer: nameOf(row.peer) }),
      ...(row.dest === 0 ? {} : { queue: nameOf(row.dest) }),
      ...(row.copy === 0 ? {} : { copy: row.copy }),
      ...(lease === undefined ? {} : { lease }),
    };
  }
}
