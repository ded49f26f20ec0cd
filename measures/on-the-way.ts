import type { NameId } from '../history/index.js';

/** Of a party that nothing ever comes from, or to, so many messages are remembered, and then the oldest is given up. */
const MAX_ON_THE_WAY = 100_000;

/** Room at the front of a line is given back once so much of it is there. */
const MIN_SPARE = 1_024;

/** Instead of a ticket: it is not on its way. */
export const ARRIVED = 0;

interface Line {
  readonly messages: number[];
  readonly tickets: number[];
  /** The first that is on its way. */
  head: number;
}

/**
 * Messages on their way from one party, or to one, of which nobody will say that they were lost. One connection carries them in order: when one
 * arrives, those before it that did not were lost with an earlier connection. Each has a ticket, so that what `lost` hears of is not taken for
 * a later way of the same message.
 */
export class OnTheWay {
  readonly #lines = new Map<NameId, Line>();
  readonly #lost: (message: number, ticket: number) => void;
  #lastTicket = ARRIVED;

  constructor(lost: (message: number, ticket: number) => void) {
    this.#lost = lost;
  }

  /** A message sets out; returns its ticket. */
  add(party: NameId, message: number): number {
    const line = this.#lineOf(party);
    line.messages.push(message);
    line.tickets.push(++this.#lastTicket);
    if (line.messages.length - line.head > MAX_ON_THE_WAY) this.#takeFirst(line, ARRIVED);
    return this.#lastTicket;
  }

  /** The message with a ticket is there. */
  arrived(party: NameId, ticket: number): void {
    const line = this.#lines.get(party);
    if (line === undefined) return;
    while (line.head < line.tickets.length && line.tickets[line.head]! <= ticket) this.#takeFirst(line, ticket);
  }

  /** Nothing of a party arrives any more. */
  forget(party: NameId): void {
    this.arrived(party, this.#lastTicket + 1);
  }

  #lineOf(party: NameId): Line {
    const known = this.#lines.get(party);
    if (known !== undefined) return known;
    const line: Line = { messages: [], tickets: [], head: 0 };
    this.#lines.set(party, line);
    return line;
  }

  #takeFirst(line: Line, arrived: number): void {
    const [message, ticket] = [line.messages[line.head]!, line.tickets[line.head]!];
    line.head++;
    if (line.head >= MIN_SPARE && 2 * line.head >= line.messages.length) {
      line.messages.splice(0, line.head);
      line.tickets.splice(0, line.head);
      line.head = 0;
    }
    if (ticket !== arrived) this.#lost(message, ticket);
  }
}
