/**
 * Places between two steps of a program at which it may die. Of a producer: it committed its row; it sent its message and has not heard of it; it learnt that its message is
 * accepted; it marked the message as published. Of a consumer: it began to handle a message; with an inbox, it wrote into the transaction of the effect, which is not committed; it
 * had the effect; with an inbox apart, it noted the message's id; it acknowledged, which with an
 * ack-first handler comes before all of these.
 */
export const PRODUCER_STEPS = ['row-committed', 'sent', 'published', 'marked'] as const;
export type ProducerStep = (typeof PRODUCER_STEPS)[number];
export const CONSUMER_STEPS = ['handling-begun', 'effect-written', 'effect-had', 'noted', 'acknowledged'] as const;
export type ConsumerStep = (typeof CONSUMER_STEPS)[number];

/** The process is killed when it has taken the step for the so-manieth time, and starts again later. */
export interface CrashPoint<Step extends string = ProducerStep | ConsumerStep> {
  readonly after: Step;
  /** From 1, over all lives of the process. */
  readonly nth: number;
  readonly forMicros: number;
}

/** Counts the steps of one program over all of its lives, and has it killed where it was said. */
export class CrashPoints<Step extends string> {
  readonly #points: readonly CrashPoint<Step>[];
  readonly #crash: (point: CrashPoint<Step>) => void;
  readonly #taken = new Map<Step, number>();
  #isDying = false;

  /** @param crash has the process killed in this instant, when the code that runs has returned. */
  constructor(points: readonly CrashPoint<Step>[], crash: (point: CrashPoint<Step>) => void) {
    this.#points = points;
    this.#crash = crash;
  }

  /** Nothing more is done in this life. */
  get isDying(): boolean {
    return this.#isDying;
  }

  /** A new life. */
  boot(): void {
    this.#isDying = false;
  }

  /** The step is done. True: the process dies here, and the next step is not taken. */
  reached(step: Step): boolean {
    if (this.#isDying) return true;
    if (this.#points.length === 0) return false;
    const taken = (this.#taken.get(step) ?? 0) + 1;
    this.#taken.set(step, taken);
    const point = this.#points.find(({ after, nth }) => after === step && nth === taken);
    if (point === undefined) return false;
    this.#isDying = true;
    this.#crash(point);
    return true;
  }
}
