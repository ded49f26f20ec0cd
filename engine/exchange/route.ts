import type { Destination } from './destination.js';

/** The way of one message: every destination that it meets, each once, in the order of the meeting. Used again for every message. */
export class Route<Q> {
  readonly met: Destination<Q>[] = [];
  #number = 0;

  begin(): void {
    this.#number += 1;
    // A list whose length is set to 0 gives its room away, and would take it anew for every message.
    while (this.met.length > 0) this.met.pop();
  }

  meet(destination: Destination<Q>): void {
    if (destination.metBy === this.#number) return;
    destination.metBy = this.#number;
    this.met.push(destination);
  }
}
