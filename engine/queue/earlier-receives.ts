/** Receives of one message that are told apart; of those before them the oldest of these is taken for the time. */
const MAX_RECEIVES = 64;

interface Receives {
  /** Handles up to this serial are older than any lease may be. */
  tooOldUpTo: number;
  /** Serials that rise, and the monotonic times of their receives. */
  readonly serials: number[];
  readonly times: number[];
}

/**
 * When messages were received before their newest receive: a handle that a later receive has replaced grows old from its own receive on (SQS: ReceiveMessage). By message id; of
 * messages that were received once there is nothing.
 */
export class EarlierReceives {
  readonly #receives = new Map<number, Receives>();

  /** A receive that another one replaces `now`. What is older than `maxAgeMicros` is not told apart any more. */
  replaced(messageId: number, receive: { readonly serial: number; readonly at: number }, now: number, maxAgeMicros: number): void {
    let receives = this.#receives.get(messageId);
    if (receives === undefined) this.#receives.set(messageId, receives = { tooOldUpTo: 0, serials: [], times: [] });
    const { serials, times } = receives;
    while (times.length > 0 && now - (times[0] as number) > maxAgeMicros) {
      times.shift();
      receives.tooOldUpTo = serials.shift() as number;
    }
    if (serials.length === MAX_RECEIVES) {
      serials.shift();
      times.shift();
    }
    serials.push(receive.serial);
    times.push(receive.at);
  }

  /** When a handle was received: -Infinity if too long ago; null: nothing is known, and it may have been the newest receive. */
  at(messageId: number, serial: number): number | null {
    const receives = this.#receives.get(messageId);
    if (receives === undefined) return null;
    if (serial <= receives.tooOldUpTo) return -Infinity;
    const index = receives.serials.findIndex((known) => known >= serial);
    return index === -1 ? null : (receives.times[index] as number);
  }

  forget(messageId: number): void {
    if (this.#receives.size > 0) this.#receives.delete(messageId);
  }

  /** A recovery knows no times: all that was received grows old from now on. */
  restart(messageId: number, now: number): void {
    this.#receives.get(messageId)?.times.fill(now);
  }
}
