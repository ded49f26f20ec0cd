import type { CopyState, NameId } from '../history/index.js';
import { addPairs, MAX_STEPS, type StepGrid, type StepTrack } from './step-grid.js';

/** Queues that get series of their own; the others of a run with more count in the sums only. */
export const MAX_QUEUES = 8;

/** Number that stands for every queue beyond {@link MAX_QUEUES}. */
const OTHERS = MAX_QUEUES;
const STATES = 3;
const GAUGES = (MAX_QUEUES + 1) * STATES;

/**
 * How many copies each queue has in each state (ready, delayed, leased), as the time-weighted mean of each step, over the
 * whole run, and at the highest of any instant. A mean over time is what Little's law speaks of, and two of them merge exactly.
 */
export class QueueGauges implements StepTrack {
  readonly #grid: StepGrid;
  readonly #queueOfName = new Map<NameId, number>();
  readonly #values = new Float64Array(GAUGES);
  /** When each value last changed or was last taken into the areas. */
  readonly #since = new Float64Array(GAUGES);
  /** Copies times microseconds, per gauge. */
  readonly #areas = new Float64Array(GAUGES);
  /** The same per step and gauge. */
  readonly #areasOfSteps: Float64Array;
  readonly #totals = new Float64Array(STATES);
  readonly #peaks = new Float64Array(STATES);
  readonly #peaksOfQueues = new Float64Array(GAUGES);
  #lastName: NameId = 0;
  #lastQueue = OTHERS;

  readonly #hasSteps: boolean;

  /** @param hasSteps false when nobody will read the means of steps: no memory is used for them */
  constructor(grid: StepGrid, hasSteps = true) {
    this.#grid = grid;
    this.#hasSteps = hasSteps;
    this.#areasOfSteps = new Float64Array(hasSteps ? MAX_STEPS * GAUGES : 0);
    if (hasSteps) grid.add(this);
  }

  /** The number of a queue here; from the ninth on they share one. */
  queueOf(name: NameId): number {
    if (name === this.#lastName) return this.#lastQueue;
    let queue = this.#queueOfName.get(name);
    if (queue === undefined) {
      queue = Math.min(this.#queueOfName.size, OTHERS);
      this.#queueOfName.set(name, queue);
    }
    this.#lastName = name;
    this.#lastQueue = queue;
    return queue;
  }

  /** A copy enters (`delta` 1) or leaves (-1) a state of a queue. */
  change(queue: number, state: CopyState, delta: 1 | -1, nowMicros: number): void {
    const gauge = queue * STATES + state;
    this.#settle(gauge, nowMicros);
    const value = this.#values[gauge]! + delta;
    this.#values[gauge] = value;
    if (value > this.#peaksOfQueues[gauge]!) this.#peaksOfQueues[gauge] = value;
    const total = this.#totals[state]! + delta;
    this.#totals[state] = total;
    if (total > this.#peaks[state]!) this.#peaks[state] = total;
  }

  #settle(gauge: number, nowMicros: number): void {
    const area = this.#values[gauge]! * (nowMicros - this.#since[gauge]!);
    this.#areas[gauge]! += area;
    this.#since[gauge] = nowMicros;
    if (this.#hasSteps) this.#areasOfSteps[this.#grid.step * GAUGES + gauge]! += area;
  }

  closeStep(_step: number, endMicros: number): void {
    for (let gauge = 0; gauge < GAUGES; gauge++) this.#settle(gauge, endMicros);
  }

  mergePairs(): void {
    addPairs(this.#areasOfSteps, GAUGES);
  }

  /** Copies of a queue in a state now. */
  value(queue: number, state: CopyState): number {
    return this.#values[queue * STATES + state]!;
  }

  /** The highest number of copies in a state at any instant, of one queue or over all. */
  peak(state: CopyState, queue: number | 'all' = 'all'): number {
    return queue === 'all' ? this.#peaks[state]! : this.#peaksOfQueues[queue * STATES + state]!;
  }

  /** The time-weighted mean number of copies in a state from time 0 to now, of one queue or over all. */
  mean(state: CopyState, nowMicros: number, queue: number | 'all' = 'all'): number {
    this.closeStep(this.#grid.step, nowMicros);
    let area = 0;
    const first = queue === 'all' ? state : queue * STATES + state;
    for (let at = first; at < GAUGES; at += queue === 'all' ? STATES : GAUGES) area += this.#areas[at]!;
    return nowMicros === 0 ? 0 : area / nowMicros;
  }

  /**
   * Mean number of copies in a state for each of the first `steps` steps, the last of which may end at `nowMicros`: of one
   * queue, or over all.
   */
  means(steps: number, state: CopyState, nowMicros: number, queue: number | 'all' = 'all'): number[] {
    this.closeStep(this.#grid.step, nowMicros);
    const width = this.#grid.stepMicros;
    const first = queue === 'all' ? 0 : queue;
    const last = queue === 'all' ? OTHERS : queue;
    return Array.from({ length: steps }, (_, step) => {
      const elapsed = Math.min(width, nowMicros - step * width);
      // A run that ends with the first instant of a step has no mean there: what it has then is shown.
      return elapsed > 0 ? this.#sum(this.#areasOfSteps, step * GAUGES, first, last, state) / elapsed : this.#sum(this.#values, 0, first, last, state);
    });
  }

  #sum(numbers: Float64Array, base: number, first: number, last: number, state: CopyState): number {
    let sum = 0;
    for (let queue = first; queue <= last; queue++) sum += numbers[base + queue * STATES + state]!;
    return sum;
  }

  /** Names of the queues in the order of their numbers, or none when there are too many for series of their own. */
  queueNames(): readonly NameId[] {
    return this.#queueOfName.size > MAX_QUEUES ? [] : [...this.#queueOfName.keys()];
  }
}
