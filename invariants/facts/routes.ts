import type { NameId } from '../../history/index.js';
import type { LetterContract, PublishContract } from '../contracts/topology.js';
import type { Facts } from './facts.js';
import { UNKNOWN_KEY } from './message-facts.js';
import { type Way, Ways } from './ways.js';

/** More queues than these are not told apart in what a message came to. */
const BITS = 31;
const KEYS = 2_097_152;

/** Where the messages of one producer with one key go. Of each queue one bit, so that what a message came to is one number. */
export class Route {
  readonly way: Way;
  readonly #facts: Facts;
  readonly #possible: readonly string[];
  readonly #bits: (number | undefined)[] = [];
  /** The bits of the queues to which it goes for sure. */
  readonly certainBits: number;

  constructor(facts: Facts, way: Way) {
    this.#facts = facts;
    this.way = way;
    this.#possible = [...way.possible];
    this.certainBits = this.#possible.reduce((bits, queue, index) => bits | (way.certain.has(queue) ? bitAt(index) : 0), 0);
  }

  leadsTo(queue: NameId): boolean {
    return this.way.possible.has(this.#facts.queue(queue).name);
  }

  /** 0 for one to which it does not lead, or one too many. */
  bitOf(queue: NameId): number {
    return this.#bits[queue] ??= bitAt(this.#possible.indexOf(this.#facts.queue(queue).name));
  }

  /** The first of these queues by its name. */
  nameOf(bits: number): string {
    return this.#possible.find((_, index) => (bits & bitAt(index)) !== 0) ?? '';
  }
}

const bitAt = (index: number): number => (index < 0 || index >= BITS ? 0 : 1 << index);

/** The routes of a run: of what producers publish, and of the dead letters that are made of it. */
export class Routes {
  readonly #facts: Facts;
  readonly #ways: Ways;
  readonly #ofPublishes = new Map<number, Route | null>();
  readonly #publishers: (PublishContract | null | undefined)[] = [];
  readonly #letters = new Map<LetterContract, Map<PublishContract | null, PublishContract>>();
  /** No dead letter has another key than the message that it is made of. */
  readonly #keepsKeys: boolean;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#ways = new Ways(facts.contract);
    this.#keepsKeys = facts.contract.queues.every(({ push }) => push === undefined || !push.hasDeadLetters || push.letters?.key === null);
  }

  /** Of the publish of the message in this slot; null: nothing is said or known of it. */
  ofMessage(slot: number): Route | null {
    const { messages } = this.#facts;
    const key = messages.key[slot]!;
    if (key === UNKNOWN_KEY) return null;
    const producer = messages.producer[slot]!;
    const id = producer * KEYS + key;
    let route = this.#ofPublishes.get(id);
    if (route === undefined) this.#ofPublishes.set(id, route = this.#find(producer, key));
    return route;
  }

  #find(producer: NameId, key: NameId): Route | null {
    const publish = this.#publisher(producer);
    const way = publish === null ? null : this.#ways.of(publish, this.#facts.names.text(key));
    return way === null ? null : new Route(this.#facts, way);
  }

  /** Where a letter goes that is made of this message in this queue; null: nothing is said of it. `isLetter`: of one that is a dead letter already. */
  ofLetter(slot: number, queue: NameId, isLetter: boolean): Way | null {
    const letters = this.#facts.queue(queue).contract?.push?.letters;
    const key = this.#facts.messages.key[slot]!;
    if (letters === undefined || key === UNKNOWN_KEY) return null;
    if (letters.key === null && isLetter && !this.#keepsKeys) return null;
    return this.#ways.of(this.#letterOf(letters, this.#publisher(this.#facts.messages.producer[slot]!)), letters.key ?? this.#facts.names.text(key));
  }

  #letterOf(letters: LetterContract, publish: PublishContract | null): PublishContract {
    let made = this.#letters.get(letters);
    if (made === undefined) this.#letters.set(letters, made = new Map());
    let letter = made.get(publish);
    if (letter === undefined) made.set(publish, letter = { exchange: letters.exchange, headers: publish?.headers ?? {} });
    return letter;
  }

  #publisher(producer: NameId): PublishContract | null {
    const known = this.#publishers[producer];
    if (known !== undefined) return known;
    const name = this.#facts.names.text(producer);
    const found = this.#facts.contract.clients.find((client) => client.name === name)?.publishes ?? null;
    this.#publishers[producer] = found;
    return found;
  }
}
