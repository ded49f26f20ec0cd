import { DropReason, EventKind, LetterFate, MoveReason, type NameId } from '../../history/index.js';
import type { RunContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { mayHaveRefusedInTransaction } from '../facts/refused-in-transaction.js';
import { type Route, Routes } from '../facts/routes.js';
import { longer, NO_SLOT } from '../facts/slot-table.js';
import type { Way } from '../facts/ways.js';
import { defineInvariant, type Watch } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Misrouted extends Breach {
  readonly what: 'unbound' | 'twice' | 'missed' | 'unroutable' | 'letter-unbound' | 'letter-unroutable';
  /** Where its producer sent it. */
  readonly sentTo: NameId;
  /** A queue to which it should have gone, by name; empty: there is none. */
  readonly right: string;
}

/** A message that dies, and the letters that are made of it then. */
interface Death {
  readonly message: number;
  readonly way: Way | null;
}

const DEATHS: readonly number[] = [DropReason.rejected, DropReason.expired, DropReason.maxLength, DropReason.deliveryLimit];
const LETTERS: readonly number[] = [MoveReason.rejected, MoveReason.expired, MoveReason.maxLength, MoveReason.deliveryLimit];
/** Of a copy with one of these nobody knows how it came here, or it is a dead letter itself. */
const OF_UNKNOWN_ORIGIN = CopyFlag.redriven | CopyFlag.returned | CopyFlag.idRepeated | CopyFlag.shortfallAllowed;

/**
 * Where a message goes is worked out from what was declared, by rules of the judge's own. What cannot be known is in the broker's favour: whether a queue that may be deleted is still there, and
 * which alternate exchange counts where policies change.
 */
export const routedByBindings = defineInvariant<Misrouted, 'routed-by-bindings'>({
  id: 'routed-by-bindings',
  promise: 'A message goes to every queue to which the bindings of its exchange lead it, to each once and to no other, and is unroutable only when there is none; a dead letter likewise.',
  exercisedBy: 'published messages that were stored, or could not be routed',
  concerns: ({ clients }: RunContract) => clients.some(({ publishes }) => publishes !== undefined),
  create(facts, tally) {
    const { messages } = facts;
    const routes = new Routes(facts);
    const arrivals = new Arrivals(facts);
    const refusing = refusingQueues(facts.contract);
    const report: Report = (event, what, right = '') => {
      if (!tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what, sentTo: messages.queue[event.messageSlot]!, right });
    };
    const letters = new LetterWatch(facts, routes, report);

    const mayBeRefused = (event: EventView, { way }: Route): boolean => refusing.length > 0 && refusing.some((queue) =>
      way.possible.has(queue) && routes.ofLetter(event.messageSlot, facts.names.find(queue), false)?.possible.has(facts.queue(event.dest).name) !== false);

    function stored(event: EventView, route: Route): void {
      tally.exercised++;
      const bit = route.bitOf(event.dest);
      if (!mayBeRefused(event, route)) {
        if (bit === 0 && !route.leadsTo(event.dest)) report(event, 'unbound', first(route.way));
        else if (messages.attempts[event.messageSlot] === 1 && (arrivals.of(event) & bit) !== 0) report(event, 'twice');
      }
      arrivals.add(event, bit);
    }

    /** One that it leads to and that has it not, nor may have refused it. */
    function missedQueue(event: EventView, route: Route): string | null {
      for (let missed = route.certainBits & ~arrivals.of(event); missed !== 0; missed &= missed - 1) {
        const name = route.nameOf(missed & -missed);
        if (!mayHaveRefusedInTransaction(facts, event.messageSlot, facts.queue(facts.names.find(name)))) return name;
      }
      return null;
    }

    return {
      on: {
        [EventKind.accept]: (event) => {
          const slot = event.messageSlot;
          if (slot === NO_SLOT) return;
          if (messages.redrives[slot] === 0) {
            const route = routes.ofMessage(slot);
            if (route !== null) stored(event, route);
          } else letters.stored(event);
        },
        [EventKind.sendOk]: (event) => {
          const route = event.messageSlot === NO_SLOT ? null : routes.ofMessage(event.messageSlot);
          if (route === null) return;
          const missed = missedQueue(event, route);
          if (missed !== null) report(event, 'missed', missed);
        },
        [EventKind.unroutable]: (event) => {
          const route = event.messageSlot === NO_SLOT ? null : routes.ofMessage(event.messageSlot);
          if (route === null) return;
          tally.exercised++;
          // What it did not come to was told here.
          arrivals.add(event, route.certainBits);
          if (route.way.certain.size > 0) report(event, 'unroutable', first(route.way));
        },
        ...letters.on,
      },
    };
  },
  word({ atMicros, message, queue, what, sentTo, right }, { at, name }) {
    const instead = right === '' ? 'nothing leads it there' : `its exchange leads it to ${right}`;
    if (what === 'unbound') return `message ${message}, which was sent to ${name(sentTo)}, was stored in ${name(queue)} at ${at(atMicros)}, and ${instead}`;
    if (what === 'twice') return `message ${message}, which was sent to ${name(sentTo)} once, was stored in ${name(queue)} twice, the second time at ${at(atMicros)}`;
    if (what === 'missed') return `message ${message} was acknowledged at ${at(atMicros)} and not stored in ${right}, to which ${name(sentTo)} leads it`;
    if (what === 'unroutable') return `message ${message} was unroutable at ${at(atMicros)}, though ${name(sentTo)} leads it to ${right}`;
    if (what === 'letter-unbound') return `message ${message} was stored in ${name(queue)} as a dead letter at ${at(atMicros)}, and nothing leads it there`;
    return `message ${message} died in ${name(queue)} at ${at(atMicros)} and led to no queue as a dead letter, though it should have gone to ${right}`;
  },
});

const first = ({ certain }: Way): string => certain.values().next().value ?? '';

/** Queues that make dead letters of what they refuse, or may: where policies change nothing is said of that. Nothing is told of such a letter but that it was stored. */
const refusingQueues = ({ queues }: RunContract): string[] => queues.filter(({ push, drops }) => push !== undefined && push.hasDeadLetters && (drops === undefined || push.overflow === 'reject-publish-dlx')).map(({ name }) => name);

type Report = (event: EventView, what: Misrouted['what'], right?: string) => void;

/** Where dead letters go. */
class LetterWatch {
  readonly #facts: Facts;
  readonly #routes: Routes;
  readonly #report: Report;
  #death: Death = { message: 0, way: null };

  constructor(facts: Facts, routes: Routes, report: Report) {
    this.#facts = facts;
    this.#routes = routes;
    this.#report = report;
  }

  get on(): Watch['on'] {
    return {
      [EventKind.move]: (event) => {
        if (LETTERS.includes(event.b) && event.c > 0) this.#dies(event);
      },
      [EventKind.deadLetter]: (event) => {
        this.#dies(event);
        if (event.c === LetterFate.unroutable) this.#lost(event, this.#death.way);
      },
      [EventKind.drop]: (event) => {
        if (!DEATHS.includes(event.a) || event.messageSlot === NO_SLOT || this.#isOfUnknownOrigin(event)) return;
        this.#lost(event, this.#routes.ofLetter(event.messageSlot, event.dest, false));
      },
    };
  }

  /** A dead letter was stored. */
  stored(event: EventView): void {
    const { message, way } = this.#death;
    if (message === event.message && way?.possible.has(this.#facts.queue(event.dest).name) === false) this.#report(event, 'letter-unbound');
  }

  #dies(event: EventView): void {
    const { message, messageSlot, dest } = event;
    this.#death = { message, way: messageSlot === NO_SLOT ? null : this.#routes.ofLetter(messageSlot, dest, this.#isOfUnknownOrigin(event)) };
  }

  /** A letter that would come back to where its message died may be dropped. */
  #lost(event: EventView, way: Way | null): void {
    const source = this.#facts.queue(event.dest).name;
    const right = way === null ? undefined : [...way.certain].find((queue) => queue !== source);
    if (right !== undefined) this.#report(event, 'letter-unroutable', right);
  }

  #isOfUnknownOrigin({ copySlot }: EventView): boolean {
    return copySlot === NO_SLOT || this.#facts.copies.has(copySlot, OF_UNKNOWN_ORIGIN);
  }
}

/** The queues to which each message in flight has come, as bits of its route. */
class Arrivals {
  readonly #facts: Facts;
  #owner = new Int32Array(0);
  #bits = new Int32Array(0);

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  of({ message, messageSlot }: EventView): number {
    return this.#owner[messageSlot] === message ? this.#bits[messageSlot]! : 0;
  }

  add(event: EventView, bits: number): void {
    const { message, messageSlot } = event;
    if (messageSlot >= this.#owner.length) {
      this.#owner = longer(this.#owner, this.#facts.messages.capacity);
      this.#bits = longer(this.#bits, this.#facts.messages.capacity);
    }
    this.#bits[messageSlot] = this.of(event) | bits;
    this.#owner[messageSlot] = message;
  }
}
