import type { NameId } from '../../history/index.js';
import type { SingleActiveContract } from '../contracts/run-contract.js';
import type { PushedConsumers } from './pushed-consumers.js';

/**
 * Whose turn it is at a queue with a single active consumer.
 *
 * | what happens | whose turn it is |
 * | --- | --- |
 * | one comes, and nobody is there | its |
 * | another comes | that of the active one; where it may take over and is of higher priority nobody's, until the active one holds nothing |
 * | the active one goes | that of the first that came, or of the first that came of the highest priority |
 * | another goes | that of the active one |
 *
 * (RabbitMQ: rabbit_fifo, activate_next_consumer; rabbit_queue_consumers for classic queues.)
 */
export class SingleActive {
  readonly #contract: SingleActiveContract;
  readonly #nameOf: (client: NameId) => string;
  /** In the order in which they came. */
  #line: NameId[] = [];
  #active: NameId | null = null;
  /** False after one of two consumers of the active client went: which of them it was the history does not say. */
  #isKnown = true;

  constructor(contract: SingleActiveContract, nameOf: (client: NameId) => string) {
    this.#contract = contract;
    this.#nameOf = nameOf;
  }

  comes(client: NameId): void {
    this.#line.push(client);
    if (this.#isKnown) this.#active ??= client;
  }

  goes(client: NameId): void {
    const at = this.#line.indexOf(client);
    if (at < 0) return;
    this.#line.splice(at, 1);
    const isStillThere = this.#line.includes(client);
    if (this.#line.length === 0) this.forget();
    else if (isStillThere) this.#isKnown = false;
    else if (this.#active === client) this.#active = this.#first();
  }

  /** Whoever is given a message now is the active one. */
  takes(client: NameId): void {
    this.#active = client;
    this.#isKnown = true;
  }

  /** Whose turn it is; null: nobody's; undefined: that is not known. */
  turn(consumers: PushedConsumers): NameId | null | undefined {
    const active = this.#active;
    if (!this.#isKnown || active === null) return undefined;
    const best = this.#first();
    if (!this.#contract.takesOver || best === null || this.#priorityOf(best) <= this.#priorityOf(active)) return active;
    const { held, left, present } = consumers.of(active);
    if (left > 0 || present > 1) return undefined;
    return held === 0 ? best : null;
  }

  get active(): NameId | null {
    return this.#active;
  }

  forget(): void {
    this.#line = [];
    this.#active = null;
    this.#isKnown = true;
  }

  #first(): NameId | null {
    let best: NameId | null = null;
    for (const client of this.#line) {
      if (best === null || (this.#contract.isByAge !== true && this.#priorityOf(client) > this.#priorityOf(best))) best = client;
    }
    return best;
  }

  #priorityOf(client: NameId): number {
    return this.#contract.priorities[this.#nameOf(client)] ?? 0;
  }
}
