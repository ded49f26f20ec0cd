/** Stretches that are remembered beside the present one. */
const REMEMBERED = 64;

/**
 * When a queue was attended: someone waited for its messages and nothing kept the broker from handing them out. Keeps the
 * latest stretches only; what is older counts as unattended, so that {@link between} never says too much.
 */
export class Attendance {
  readonly #begins = new Float64Array(REMEMBERED);
  readonly #ends = new Float64Array(REMEMBERED);
  /** Stretches that ended so far. */
  #ended = 0;
  #since = -1;

  /** Says whether the queue is attended from now on. */
  set(isAttended: boolean, nowMicros: number): void {
    if (isAttended === this.#since >= 0) return;
    if (isAttended) {
      this.#since = nowMicros;
      return;
    }
    if (nowMicros > this.#since) {
      const at = this.#ended++ % REMEMBERED;
      this.#begins[at] = this.#since;
      this.#ends[at] = nowMicros;
    }
    this.#since = -1;
  }

  /** For how long, between `fromMicros` and now, the queue was attended; at least this long. */
  between(fromMicros: number, nowMicros: number): number {
    let sum = this.#since >= 0 ? nowMicros - Math.max(this.#since, fromMicros) : 0;
    for (let stretch = this.#ended - 1; stretch >= Math.max(0, this.#ended - REMEMBERED); stretch--) {
      const at = stretch % REMEMBERED;
      if (this.#ends[at]! <= fromMicros) break;
      sum += this.#ends[at]! - Math.max(this.#begins[at]!, fromMicros);
    }
    return sum;
  }
}
