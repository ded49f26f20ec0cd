import type { NameId } from '../../history/index.js';

/** What one machine of a client has begun and not ended. */
interface ClientState {
  isUp: boolean;
  /** Messages that its handler works on. */
  working: number;
  /** Acknowledgements and negative acknowledgements without an outcome. */
  unsettled: number;
}

const INITIAL_NAMES = 256;

/** When each machine last showed a sign of life, what it is at, and what ails it. */
export class Activity {
  #last = new Float64Array(INITIAL_NAMES).fill(-1);
  readonly #clients: (ClientState | undefined)[] = [];
  readonly #ailments = new Map<string, number>();
  /** When something last went wrong with a machine, or was put right. */
  readonly #troubles = new Map<string, number>();
  /** Handlings that failed since the drain began. */
  failures = 0;

  /** An event of `actor`, with `peer` as the other party. Called for every event. */
  note(actor: NameId, peer: NameId, nowMicros: number): void {
    if (actor >= this.#last.length || peer >= this.#last.length) this.#grow(Math.max(actor, peer));
    this.#last[actor] = nowMicros;
    this.#last[peer] = nowMicros;
  }

  #grow(name: NameId): void {
    const longer = new Float64Array(Math.max(name + 1, this.#last.length * 2)).fill(-1);
    longer.set(this.#last);
    this.#last = longer;
  }

  /** -1: it never did anything. */
  lastOf(name: NameId): number {
    return this.#last[name] ?? -1;
  }

  work(name: NameId, by: 1 | -1): void {
    const client = this.#client(name);
    client.working = Math.max(0, client.working + by);
  }

  settle(name: NameId, by: 1 | -1): void {
    const client = this.#client(name);
    client.unsettled = Math.max(0, client.unsettled + by);
  }

  starts(name: NameId): void {
    this.#client(name).isUp = true;
  }

  /** Its process is gone, and with it what it was at. */
  stops(name: NameId): void {
    this.#clients[name] = { isUp: false, working: 0, unsettled: 0 };
  }

  changeAilments(machine: string, by: 1 | -1, nowMicros: number): void {
    this.noteTrouble(machine, nowMicros);
    this.#ailments.set(machine, Math.max(0, (this.#ailments.get(machine) ?? 0) + by));
  }

  /** True while a fault concerns it or one of its links. */
  isAiling(machine: string): boolean {
    return (this.#ailments.get(machine) ?? 0) > 0;
  }

  /** What was under way there may be lost. */
  noteTrouble(machine: string, nowMicros: number): void {
    this.#troubles.set(machine, nowMicros);
  }

  /** True when something was wrong with it at that time or later. */
  wasTroubledSince(machine: string, micros: number): boolean {
    return this.isAiling(machine) || (this.#troubles.get(machine) ?? -1) >= micros;
  }

  stateOf(name: NameId): Readonly<ClientState> {
    return this.#client(name);
  }

  #client(name: NameId): ClientState {
    return (this.#clients[name] ??= { isUp: true, working: 0, unsettled: 0 });
  }
}
