/** Parts of the window: what is older than all of them is forgotten part by part. */
const PARTS = 10;

/** Counts attempts and failures of the last so many microseconds, exact to a tenth of them. */
export class FailureWindow {
  readonly #partMicros: number;
  readonly #attempts = new Float64Array(PARTS);
  readonly #failures = new Float64Array(PARTS);
  /** Number of the part that is being filled, counted from the clock's origin. */
  #current = 0;

  constructor(windowMicros: number) {
    this.#partMicros = Math.max(1, Math.ceil(windowMicros / PARTS));
  }

  /** Counts one more attempt, and says how many there were in the window. */
  add(nowMicros: number, hasFailed: boolean): { readonly attempts: number; readonly failures: number } {
    this.#moveTo(Math.floor(nowMicros / this.#partMicros));
    const part = this.#current % PARTS;
    this.#attempts[part]! += 1;
    if (hasFailed) this.#failures[part]! += 1;
    return { attempts: sum(this.#attempts), failures: sum(this.#failures) };
  }

  clear(): void {
    this.#attempts.fill(0);
    this.#failures.fill(0);
  }

  #moveTo(part: number): void {
    if (part - this.#current >= PARTS) this.clear();
    else for (let next = this.#current + 1; next <= part; next += 1) this.#attempts[next % PARTS] = this.#failures[next % PARTS] = 0;
    this.#current = Math.max(this.#current, part);
  }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
