import { type BatchLimits, MessageBuffer } from './message-buffer.js';
import type { OutgoingMessage, SendBufferPolicy } from './options.js';

const DEFAULT_MAX_MESSAGES = 1_000_000;

export interface GuardedBufferOptions {
  readonly policy: SendBufferPolicy | undefined;
  /** Messages that wait elsewhere in the client and count, too. Left out: none. */
  readonly othersWaiting?: () => number;
  /** There was no room: for a source that waits (0), or for the message with this trace number, which is given up. */
  readonly onFull: (trace: number) => void;
  /** A message found no room, or, `hasWaited`, gave way to a newer one. */
  readonly onGivenUp: (message: OutgoingMessage, hasWaited: boolean) => void;
}

/** The messages of a client that wait for their turn: a bounded number, and what becomes of those beyond it is the policy's. */
export class GuardedBuffer {
  readonly #options: GuardedBufferOptions;
  readonly #messages = new MessageBuffer();
  /** Nothing fits, and somebody was told so. */
  #isFull = false;

  constructor(options: GuardedBufferOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#messages.size;
  }

  /** Whether one more message fits. */
  get hasRoom(): boolean {
    const { policy, othersWaiting } = this.#options;
    return this.#messages.size + (othersWaiting?.() ?? 0) < (policy?.maxMessages ?? DEFAULT_MAX_MESSAGES);
  }

  /** The source has a message for which there is no room, and waits for `onRoom`. */
  waitForRoom(): void {
    if (!this.#isFull) this.#options.onFull(0);
    this.#isFull = true;
  }

  /** Whether the message may come in. Where it is full either this message is given up, or the one that waited longest. */
  admits(message: OutgoingMessage): boolean {
    if (this.hasRoom) return true;
    const drops = this.#options.policy?.whenFull === 'drop-oldest' && this.#messages.size > 0;
    const given = drops ? this.#messages.shift() : message;
    this.#options.onFull(given.trace);
    this.#options.onGivenUp(given, drops);
    return drops;
  }

  push(message: OutgoingMessage): void {
    this.#messages.push(message);
  }

  /** See {@link MessageBuffer.shift}. */
  shift(): OutgoingMessage {
    return this.#messages.shift();
  }

  /** See {@link MessageBuffer.shiftBatch}. */
  shiftBatch(limits: BatchLimits): OutgoingMessage[] {
    return this.#messages.shiftBatch(limits);
  }

  /** See {@link MessageBuffer.fillsBatch}. */
  fillsBatch(limits: BatchLimits): boolean {
    return this.#messages.fillsBatch(limits);
  }

  /** Messages may have left: who waits for room hears when there is some. */
  tellRoom(): void {
    if (!this.#isFull || !this.hasRoom) return;
    this.#isFull = false;
    this.#options.policy?.onRoom?.();
  }
}
