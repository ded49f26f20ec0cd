/** A step down that is smaller than this share of the scale is none. */
const STEPS = 256;

interface Stretch {
  readonly value: number;
  /** Until when it was in force. */
  untilMicros: number;
}

/**
 * The highest value since any time. Kept are past values that none exceeded since, the highest first; of those that lie close together the highest stands
 * for all, so that there are no more than there are steps in `scale`.
 */
export class PeakSince {
  readonly #stepSize: number;
  readonly #past: Stretch[] = [];
  #value = 0;

  constructor(scale: number) {
    this.#stepSize = scale / STEPS;
  }

  get value(): number {
    return this.#value;
  }

  note(value: number, nowMicros: number): void {
    this.#keep(this.#value, nowMicros);
    this.#value = value;
  }

  /** No less than it was, and more than it was by less than a step. */
  since(micros: number): number {
    let highest = this.#value;
    for (let place = this.#past.length - 1; place >= 0; place--) {
      const { value, untilMicros } = this.#past[place]!;
      if (untilMicros < micros) break;
      highest = Math.max(highest, value);
    }
    return highest;
  }

  #keep(value: number, untilMicros: number): void {
    const past = this.#past;
    while (past.length > 0 && past[past.length - 1]!.value <= value) past.pop();
    const last = past[past.length - 1];
    if (last !== undefined && last.value - value < this.#stepSize) last.untilMicros = untilMicros;
    else past.push({ value, untilMicros });
  }
}
