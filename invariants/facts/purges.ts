import type { NameId } from '../../history/index.js';
import type { RunContract } from '../contracts/run-contract.js';

interface Purging {
  /** Purges that were asked for and not answered. Of one whose answer was lost nobody knows when it is done. */
  unanswered: number;
  untilMicros: number;
}

/** SQS: a purge takes up to 60 seconds. RabbitMQ answers when it is done. */
const TAKES_MICROS: Readonly<Record<RunContract['personality'], number>> = { sqs: 60_000_000, rabbitmq: 0 };

/** When messages of a queue may go because somebody purges it: from the request until its answer, and for as long as a purge may take then. */
export class Purges {
  readonly #takesMicros: number;
  readonly #queues = new Map<NameId, Purging>();

  constructor({ personality }: Pick<RunContract, 'personality'>, slackMicros: (micros: number) => number) {
    const takes = TAKES_MICROS[personality];
    this.#takesMicros = takes === 0 ? 0 : takes + slackMicros(takes);
  }

  asked(queue: NameId): void {
    const known = this.#queues.get(queue);
    if (known === undefined) this.#queues.set(queue, { unanswered: 1, untilMicros: -1 });
    else known.unanswered++;
  }

  answered(queue: NameId, outcome: string, nowMicros: number): void {
    const known = this.#queues.get(queue);
    if (known === undefined || outcome === 'unknown') return;
    known.unanswered = Math.max(0, known.unanswered - 1);
    known.untilMicros = Math.max(known.untilMicros, nowMicros + this.#takesMicros);
  }

  /** The broker is not what it was: whatever it was at may take longer, and go on after a restart. */
  disturbed(nowMicros: number): void {
    for (const [queue, known] of this.#queues) if (this.mayGoOn(queue, nowMicros)) known.untilMicros = Infinity;
  }

  mayGoOn(queue: NameId, nowMicros: number): boolean {
    const known = this.#queues.get(queue);
    return known !== undefined && (known.unanswered > 0 || nowMicros <= known.untilMicros);
  }
}
