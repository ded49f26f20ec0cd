import type { Host, TimerHandle } from '../host.js';
import type { Session } from './session.js';
import { KEEP_ALIVE_BYTES } from './wire-size.js';

/**
 * Finds the sessions whose client is gone without a word: it came back on another connection, lost its power, or sits behind a
 * cut cable. One timer looks at all of them, once an interval:
 *
 * | heard since the last look | asked at the last look | then |
 * | --- | --- | --- |
 * | yes | – | nothing |
 * | no | no | it is asked |
 * | no | yes | it is ended |
 *
 * So a silent session ends after one to three intervals, and a client that waits in a long poll only has to answer
 * (AMQP 0-9-1 §4.2.7: two missed heartbeats).
 */
export class KeepAlive {
  readonly #intervalMicros: number;
  readonly #timer: TimerHandle;
  readonly #sessions: ReadonlySet<Session>;
  readonly #end: (session: Session) => void;

  /** `sessions`: those that are open, kept by the owner; `end` ends one. */
  constructor(host: Host, intervalMicros: number, sessions: ReadonlySet<Session>, end: (session: Session) => void) {
    this.#intervalMicros = intervalMicros;
    this.#sessions = sessions;
    this.#end = end;
    this.#timer = host.timers.create(() => this.#look());
  }

  /** A session has begun. */
  watch(): void {
    if (!this.#timer.armed) this.#timer.arm(this.#intervalMicros);
  }

  stop(): void {
    this.#timer.disarm();
  }

  #look(): void {
    for (const session of [...this.#sessions]) {
      const { heard } = session;
      if (heard === 'asked') this.#end(session);
      else if (heard === 'silent') session.ask(KEEP_ALIVE_BYTES);
      else session.heard = 'silent';
    }
    if (this.#sessions.size > 0) this.watch();
  }
}
