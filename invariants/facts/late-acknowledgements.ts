/**
 * Acknowledgements that the broker answered with success though they took nothing out: somebody else had settled the message
 * before. SQS answers so, and a consumer that acknowledges first cannot tell that it came too late.
 */
export class LateAcknowledgements {
  /** Handles that settled a message and whose consumers do not know it yet. */
  readonly #settling = new Set<number>();
  readonly #messages = new Set<number>();

  settled(handle: number): void {
    this.#settling.add(handle);
  }

  confirmed(handle: number, message: number): void {
    if (!this.#settling.delete(handle)) this.#messages.add(message);
  }

  /** A settlement that the recovery does not know of is none; what was answered before stays answered. */
  brokerRecovers(): void {
    this.#settling.clear();
  }

  /** Whether some consumer was told so of this message. */
  has(message: number): boolean {
    return this.#messages.has(message);
  }
}
