import type { CountName, RateName } from './catalogue.js';

const MICROS_PER_SECOND = 1_000_000;
const NEVER = -1;

/** When the run was at work: the instants between which rates are taken. */
export class ActiveSpans {
  #firstIntended = NEVER;
  #lastIntended = NEVER;
  #lastSendOk = NEVER;
  #lastDelivered = NEVER;
  #lastAcknowledged = NEVER;

  /** Intended times come in no particular order: producers catch up. */
  intended(atMicros: number): void {
    if (this.#firstIntended === NEVER || atMicros < this.#firstIntended) this.#firstIntended = atMicros;
    if (atMicros > this.#lastIntended) this.#lastIntended = atMicros;
  }

  /** The last intended send; below 0 when there was none. */
  get lastIntendedMicros(): number {
    return this.#lastIntended;
  }

  sendOk(nowMicros: number): void {
    this.#lastSendOk = nowMicros;
  }

  delivered(nowMicros: number): void {
    this.#lastDelivered = nowMicros;
  }

  acknowledged(nowMicros: number): void {
    this.#lastAcknowledged = nowMicros;
  }

  rates(counts: Readonly<Record<CountName, number>>): Record<RateName, number> {
    return {
      throughput: perSecond(counts.acknowledged, this.#secondsUntil(this.#lastAcknowledged)),
      // As many gaps as sends but one: a send every 10 ms is 100 a second, however few they are.
      offered: perSecond(counts.sent - 1, this.#secondsUntil(this.#lastIntended)),
      sendRate: perSecond(counts['send-ok'], this.#secondsUntil(this.#lastSendOk)),
      deliveryRate: perSecond(counts.delivered, this.#secondsUntil(this.#lastDelivered)),
    };
  }

  #secondsUntil(lastMicros: number): number {
    return this.#firstIntended === NEVER ? 0 : Math.max(0, lastMicros - this.#firstIntended) / MICROS_PER_SECOND;
  }
}

/** A rate over no time at all is 0: nothing can be said. */
function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0;
}
