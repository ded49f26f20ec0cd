import type { ListedSend, LoggedSend, WorkloadLog } from '../../sim/index.js';

/** Sends of one run that can be written out. */
export const MAX_LOGGED_SENDS = 200_000;

/** Thrown when a run sends more than can be written out. What to do: a shorter duration, or fewer messages. */
export class WorkloadTooLargeError extends Error {
  readonly code = 'QL_SCENARIO_WORKLOAD_TOO_LARGE';
  constructor(scenario: string) {
    super(`The run of ${scenario} sends more than ${MAX_LOGGED_SENDS} messages, which is too much to write out: shorten it with --set duration=..., or limit the messages of its producers.`);
    this.name = 'WorkloadTooLargeError';
  }
}

/** What is known of one message. */
interface Recorded {
  readonly send: LoggedSend;
  readonly takesMicros: number[];
  readonly fails: number[];
  poisoned: number;
}

/** Writes down what the workload of a run draws. */
export class WorkloadRecorder implements WorkloadLog {
  readonly #scenario: string;
  readonly #messages = new Map<number, Recorded>();

  /** @param scenario its name, for messages. */
  constructor(scenario: string) {
    this.#scenario = scenario;
  }

  onSend(send: LoggedSend): void {
    if (this.#messages.size === MAX_LOGGED_SENDS) throw new WorkloadTooLargeError(this.#scenario);
    this.#messages.set(send.message, { send, takesMicros: [], fails: [], poisoned: 0 });
  }

  onHandling({ message, takesMicros }: { readonly message: number; readonly takesMicros: number }): void {
    this.#messages.get(message)?.takesMicros.push(takesMicros);
  }

  onFailure({ message, number, isPoison }: { readonly message: number; readonly number: number; readonly isPoison: boolean }): void {
    const recorded = this.#messages.get(message);
    recorded?.fails.push(number);
    if (recorded !== undefined && isPoison) recorded.poisoned += 1;
  }

  /** Every time that a handling took. */
  *handlingTimes(): Generator<number> {
    for (const { takesMicros } of this.#messages.values()) yield* takesMicros;
  }

  /** What a producer sent, in its order. What was settled beforehand stays as it was; the rest is as it was drawn. */
  sendsOf(producer: string): ListedSend[] {
    const own = [...this.#messages.values()].filter(({ send }) => send.producer === producer);
    return own.map((recorded) => ({
      atMicros: recorded.send.atMicros,
      sizeBytes: recorded.send.sizeBytes,
      takesMicros: recorded.send.fate?.takesMicros ?? timesOf(recorded),
      fails: recorded.send.fate?.fails ?? failuresOf(recorded),
    }));
  }
}

function timesOf({ takesMicros }: Recorded): readonly number[] | null {
  const [first] = takesMicros;
  if (first === undefined) return null;
  return takesMicros.every((micros) => micros === first) ? [first] : takesMicros;
}

/** A message that failed whenever it could because it is poison would fail again. */
function failuresOf({ fails, poisoned, takesMicros }: Recorded): readonly number[] | 'always' | null {
  if (fails.length === 0) return null;
  return poisoned === fails.length && poisoned === takesMicros.length ? 'always' : [...fails].sort((one, other) => one - other);
}
