import { cubeRoot } from './cube-root.js';

/** Share of the present rate that is left after throttling. */
const BETA = 0.7;
const SCALE = 0.4;
const SMOOTHING = 0.8;
/** The rate is measured every so often, in seconds. */
const PART_SECONDS = 0.5;
/** The new rate is no higher than this times what was measured. */
const MAX_GROWTH = 2;

/**
 * How fast a client may send, learnt from what is throttled: after throttling it drops to 70 % and then grows along a cubic, slowly near the rate that was too much and faster
 * beyond it (RFC 9438, CUBIC, as the AWS SDKs use it in their `adaptive` mode: botocore's `CubicCalculator` and `RateClocker`). Times in seconds, rates in requests a second.
 */
export class AdaptiveRate {
  /** The rate at which it was throttled last. */
  #highest = 0;
  /** How long after that the cubic is back at it. */
  #plateau = 0;
  #throttledAt: number;
  #measured = 0;
  #countedFrom: number;
  #count = 0;
  /** Null until something was throttled: nothing bounds the client. */
  #rate: number | null = null;

  constructor(nowSeconds: number) {
    this.#throttledAt = nowSeconds;
    this.#countedFrom = Math.floor(nowSeconds);
  }

  /** The rate that is allowed now; null: any. */
  get rate(): number | null {
    return this.#rate;
  }

  /** A request was answered. */
  answered(nowSeconds: number, isThrottled: boolean): void {
    this.#measure(nowSeconds);
    if (isThrottled) this.#throttled(nowSeconds);
    else if (this.#rate !== null) this.#allow(SCALE * cubed(nowSeconds - this.#throttledAt - this.#plateau) + this.#highest);
  }

  #throttled(nowSeconds: number): void {
    this.#highest = this.#rate === null ? this.#measured : Math.min(this.#measured, this.#rate);
    this.#plateau = cubeRoot((this.#highest * (1 - BETA)) / SCALE);
    this.#throttledAt = nowSeconds;
    this.#allow(this.#highest * BETA);
  }

  #allow(rate: number): void {
    this.#rate = Math.min(rate, MAX_GROWTH * this.#measured);
  }

  #measure(nowSeconds: number): void {
    const part = Math.floor(nowSeconds / PART_SECONDS) * PART_SECONDS;
    this.#count += 1;
    if (part <= this.#countedFrom) return;
    this.#measured = (this.#count / (part - this.#countedFrom)) * SMOOTHING + this.#measured * (1 - SMOOTHING);
    this.#count = 0;
    this.#countedFrom = part;
  }
}

const cubed = (value: number): number => value * value * value;
