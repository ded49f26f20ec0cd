import type { RandomPort } from '../../engine/index.js';
import { ActiveFactors } from '../active-factors.js';
import type { Draws } from '../draws.js';
import type { RetransmissionLimits } from './settings.js';

/** A hundred years: what a link would still be sending then it never gets across. Any latency can be added to it and be a time. */
const NEVER_MICROS = 4_503_599_627_370_496;

/** Loses transmissions with a probability, drawn from its own stream. */
export interface Loss {
  readonly probability: number;
  readonly random: RandomPort;
}

export interface LinkOptions {
  readonly latency: Draws;
  readonly microsPerByte: number;
  /** Null: loses nothing by itself. */
  readonly loss: Loss | null;
  readonly limits: RetransmissionLimits;
}

/** One direction between two machines. All connections between them share its bandwidth. */
export class Link {
  /** Multiplies the latency. */
  readonly slowness = new ActiveFactors();
  /** Multiplies what a byte takes. */
  readonly narrowness = new ActiveFactors();
  /** Added to the latency. */
  extraMicros = 0;
  readonly #options: LinkOptions;
  #losses: Loss[];
  #blocks = 0;
  /** When the last byte accepted so far has left. */
  #freeAtMicros = 0;
  #busyMicros = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#losses = options.loss === null ? [] : [options.loss];
  }

  /** True while a network partition lets nothing through. */
  get isBlocked(): boolean {
    return this.#blocks > 0;
  }

  /** For measures: how long it has been sending bytes so far; what it still has to send is left out. */
  busyMicrosAt(nowMicros: number): number {
    return this.#busyMicros - Math.max(0, this.#freeAtMicros - nowMicros);
  }

  block(): void {
    this.#blocks++;
  }

  unblock(): void {
    this.#blocks--;
  }

  addLoss(loss: Loss): void {
    this.#losses.push(loss);
  }

  removeLoss(loss: Loss): void {
    this.#losses = this.#losses.filter((other) => other !== loss);
  }

  /** When a packet that is handed over now will arrive. It queues behind those before it. */
  arrivalMicros(nowMicros: number, sizeBytes: number): number {
    const { latency, microsPerByte } = this.#options;
    let leavesAt = this.#freeAtMicros > nowMicros ? this.#freeAtMicros : nowMicros;
    const sending = Math.min(Math.ceil(sizeBytes * microsPerByte * this.narrowness.product), NEVER_MICROS - leavesAt);
    leavesAt += sending;
    this.#busyMicros += sending;
    this.#freeAtMicros = leavesAt;
    const flight = Math.round(latency.nextInteger() * this.slowness.product) + this.extraMicros;
    return leavesAt + flight + (this.#losses.length === 0 ? 0 : this.#retransmissionMicros());
  }

  /** What losses delay a packet: each loses one transmission and waits twice as long for the next. */
  #retransmissionMicros(): number {
    const { retransmitMinMicros, retransmitMaxMicros, giveUpMicros } = this.#options.limits;
    let delay = 0;
    let wait = retransmitMinMicros;
    while (delay < giveUpMicros && this.#isLost()) {
      delay += wait;
      wait = Math.min(wait * 2, retransmitMaxMicros);
    }
    return delay;
  }

  #isLost(): boolean {
    let isLost = false;
    for (const loss of this.#losses) if (loss.random.nextFloat() < loss.probability) isLost = true;
    return isLost;
  }
}
