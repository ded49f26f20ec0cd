import type { Host, TimerHandle } from '../host.js';

export interface GetLoopOptions {
  readonly host: Host;
  /** How long it waits when there was nothing. */
  readonly everyMicros: number;
  /** Whether there is a place for another message. */
  readonly wants: () => boolean;
  readonly ask: () => void;
}

/**
 * Asks a queue for one message after the other (AMQP: basic.get): one at a time, at once while there are any and a place for them, and every so often when there are none.
 *
 * | state ╲ what happens | a place is free | a message comes | nothing is there | its time is over | its channel is gone |
 * | --- | --- | --- | --- | --- | --- |
 * | idle | asking | – | – | – | idle |
 * | asking | – | asking, or idle without a place | waiting | – | idle |
 * | waiting | – | – | – | asking, or idle without a place | idle |
 */
export class GetLoop {
  readonly #options: GetLoopOptions;
  readonly #timer: TimerHandle;
  #state: 'idle' | 'asking' | 'waiting' = 'idle';

  constructor(options: GetLoopOptions) {
    this.#options = options;
    this.#timer = options.host.timers.create(() => this.#goOn());
  }

  /** There may be a place for a message. */
  look(): void {
    if (this.#state === 'idle' && this.#options.wants()) {
      this.#state = 'asking';
      this.#options.ask();
    }
  }

  /** To be called before the message is dealt with. */
  got(): void {
    this.#goOn();
  }

  empty(): void {
    this.#state = 'waiting';
    this.#timer.arm(this.#options.everyMicros);
  }

  stop(): void {
    this.#state = 'idle';
    this.#timer.disarm();
  }

  #goOn(): void {
    this.#state = 'idle';
    this.look();
  }
}
