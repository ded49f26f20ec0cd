/**
 * The prefetch that the consumers of a channel share. It counts what was delivered to them since it was set, and what the channel held then, got messages
 * included, though their acknowledgement is not counted back. (RabbitMQ: rabbit_limiter; classic queues alone ask it.)
 */
export class SharedPrefetch {
  /** 0: any number. */
  #limit = 0;
  #volume = 0;

  get isSet(): boolean {
    return this.#limit > 0;
  }

  get hasRoom(): boolean {
    return this.#limit === 0 || this.#volume < this.#limit;
  }

  set(limit: number, held: number): void {
    if (this.#limit === 0) this.#volume = held;
    this.#limit = limit;
  }

  lift(): void {
    this.#limit = 0;
    this.#volume = 0;
  }

  delivered(): void {
    if (this.#limit > 0) this.#volume++;
  }

  settled(): void {
    if (this.#volume > 0) this.#volume--;
  }
}
