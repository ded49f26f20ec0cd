import type { Host, TimerHandle } from '../host.js';
import type { Work } from './work.js';

/** Gathers acknowledgements until a request is full or the first of them has waited long enough. */
export class AcknowledgementBatch {
  readonly #size: number;
  readonly #lingerMicros: number;
  readonly #timer: TimerHandle;
  readonly #flush: (works: readonly Work[]) => void;
  #works: Work[] = [];

  constructor(host: Host, size: number, lingerMicros: number, flush: (works: readonly Work[]) => void) {
    this.#size = size;
    this.#lingerMicros = lingerMicros;
    this.#flush = flush;
    this.#timer = host.timers.create(() => this.flush());
  }

  get size(): number {
    return this.#works.length;
  }

  add(work: Work): void {
    if (this.#size === 1) return this.#flush([work]);
    this.#works.push(work);
    if (this.#works.length >= this.#size) this.flush();
    else if (this.#works.length === 1) this.#timer.arm(this.#lingerMicros);
  }

  flush(): void {
    this.#timer.disarm();
    if (this.#works.length === 0) return;
    const works = this.#works;
    this.#works = [];
    this.#flush(works);
  }
}
