import type { NameId } from '../../history/index.js';
import type { PushContract } from '../contracts/run-contract.js';

/** The consumers that one client has at a queue, and what they hold of it. */
export interface ConsumerLine {
  readonly client: NameId;
  /** How much one of them may hold; 0: any number. */
  readonly prefetch: number;
  /** Those of a higher one come first. */
  readonly priority: number;
  /** Consumers that are there: one, or more when it came again before the broker knew that its connection was gone. */
  present: number;
  held: number;
  /** Of that so much at most is held by consumers that went: of a channel that goes on, or until it comes back. */
  left: number;
  /** Whether one of them can be given another message. */
  hasRoom: boolean;
  /** When one of them last went; -1: none did. */
  endedAt: number;
}

/** Who is there to be pushed to by one queue, and who has room for certain: what those hold that went counts as held by those that came after them. */
export class PushedConsumers {
  readonly #contract: PushContract;
  readonly #nameOf: (client: NameId) => string;
  readonly #lines = new Map<NameId, ConsumerLine>();
  /** The line that was asked for last. */
  #latest: ConsumerLine | null = null;
  /** Clients that have a consumer there. */
  present = 0;
  /** When a consumer last went; -1: none did since the broker is up. */
  lastGoneAt = -1;
  #roomy = 0;
  #held = 0;
  /** Since when it is certain that a ready message has somebody to go to; Infinity while it is not. */
  openSince = Infinity;

  constructor(contract: PushContract, nameOf: (client: NameId) => string) {
    this.#contract = contract;
    this.#nameOf = nameOf;
  }

  get lines(): Iterable<ConsumerLine> {
    return this.#lines.values();
  }

  /** Of a client that has never been there, too. */
  of(client: NameId): ConsumerLine {
    if (this.#latest?.client === client) return this.#latest;
    let line = this.#lines.get(client);
    if (line === undefined) {
      const name = this.#nameOf(client);
      const { prefetch, consumerPriorities = {} } = this.#contract;
      line = { client, prefetch: prefetch[name] ?? 0, priority: consumerPriorities[name] ?? 0, present: 0, held: 0, left: 0, hasRoom: false, endedAt: -1 };
      this.#lines.set(client, line);
    }
    this.#latest = line;
    return line;
  }

  comes(client: NameId, nowMicros: number): void {
    const line = this.of(client);
    if (line.present++ === 0) this.present++;
    this.#look(line, nowMicros);
  }

  goes(client: NameId, nowMicros: number): void {
    const line = this.of(client);
    if (line.present > 0 && --line.present === 0) this.present--;
    line.endedAt = nowMicros;
    this.lastGoneAt = nowMicros;
    line.left = line.held;
    this.#look(line, nowMicros);
  }

  takes(client: NameId, nowMicros: number): void {
    const line = this.of(client);
    line.held++;
    this.#held++;
    this.#look(line, nowMicros);
  }

  letsGo(client: NameId, nowMicros: number): void {
    const line = this.of(client);
    if (line.held === 0) return;
    line.held--;
    if (line.left > line.held) line.left = line.held;
    this.#held--;
    this.#look(line, nowMicros);
  }

  /** The broker is gone, and with it all connections. */
  forget(): void {
    this.#lines.clear();
    this.#latest = null;
    this.present = 0;
    this.lastGoneAt = -1;
    this.#roomy = 0;
    this.#held = 0;
    this.openSince = Infinity;
  }

  #look(line: ConsumerLine, nowMicros: number): void {
    const hasRoom = line.present > 0 && (line.prefetch === 0 || line.held < line.present * line.prefetch);
    if (hasRoom !== line.hasRoom) {
      line.hasRoom = hasRoom;
      this.#roomy += hasRoom ? 1 : -1;
    }
    if (!this.#isOpen) this.openSince = Infinity;
    else if (this.openSince === Infinity) this.openSince = nowMicros;
  }

  /** Whose turn it is of several with a single active consumer is not known here: all of them have to have room, and where another may take over from it, it must hold nothing. */
  get #isOpen(): boolean {
    const { singleActive } = this.#contract;
    if (singleActive === null) return this.#roomy > 0;
    return this.present > 0 && this.#roomy === this.present && (!singleActive.takesOver || this.#held === 0);
  }
}
