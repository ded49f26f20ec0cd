import type { TimerHandle, TimerPort } from './host.js';

/** So many timeouts in a row without a sign: silence is noticed after two of them, and at the latest after three. */
const TIMEOUTS_MISSED = 2;

interface HeartbeatOwner {
  /** Sends a heartbeat. */
  beat(): void;
  /** Nothing was heard for two timeouts: the peer is taken for dead. */
  onSilence(): void;
}

/**
 * One end of a connection that finds out whether the other is still there (AMQP 0-9-1 §4.2.7). It sends a heartbeat where it has sent nothing for half
 * of the timeout, and ends when it heard nothing during two whole ones in a row. (RabbitMQ: rabbit_heartbeat; amqplib does the same.)
 */
export class Heartbeat {
  readonly #owner: HeartbeatOwner;
  readonly #timer: TimerHandle;
  #halfMicros = 0;
  #hasHeard = false;
  #hasSent = false;
  #missed = 0;
  #isSecondHalf = false;

  constructor(timers: TimerPort, owner: HeartbeatOwner) {
    this.#owner = owner;
    this.#timer = timers.create(() => this.#tick());
  }

  /** From now on, with this timeout; 0: there are no heartbeats, and silence is never noticed. */
  begin(timeoutMicros: number): void {
    this.#halfMicros = Math.floor(timeoutMicros / 2);
    this.#hasHeard = this.#hasSent = this.#isSecondHalf = false;
    this.#missed = 0;
    if (this.#halfMicros === 0) this.#timer.disarm();
    else this.#timer.arm(this.#halfMicros);
  }

  end(): void {
    this.#timer.disarm();
  }

  /** Something was heard of the peer, whatever it is. */
  heard(): void {
    this.#hasHeard = true;
  }

  /** Something was said to the peer. */
  sent(): void {
    this.#hasSent = true;
  }

  #tick(): void {
    if (this.#isSecondHalf && this.#misses()) return this.#owner.onSilence();
    this.#isSecondHalf = !this.#isSecondHalf;
    if (!this.#hasSent) this.#owner.beat();
    this.#hasSent = false;
    this.#timer.arm(this.#halfMicros);
  }

  /** Whether this was one timeout too many. */
  #misses(): boolean {
    this.#missed = this.#hasHeard ? 0 : this.#missed + 1;
    this.#hasHeard = false;
    return this.#missed >= TIMEOUTS_MISSED;
  }
}

/**
 * What both ends go by: the smaller of what the broker proposes and what the client wants. A client that wants none (0) has none, for its word is the last.
 * (RabbitMQ's own libraries, and amqplib, take 0 for no wish of their own; pika does not.) Null: the client wants what the broker does.
 */
export function agreedHeartbeat(proposedMicros: number, wantedMicros: number | null): number {
  if (wantedMicros === null || wantedMicros === 0) return wantedMicros ?? proposedMicros;
  return proposedMicros === 0 ? wantedMicros : Math.min(proposedMicros, wantedMicros);
}
