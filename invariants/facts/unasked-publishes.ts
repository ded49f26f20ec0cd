import type { NameId, NameTable } from '../../history/index.js';
import { mayBeFull } from '../contracts/refusals.js';
import type { RunContract } from '../contracts/run-contract.js';
import type { Activity } from './activity.js';
import type { BrokerFacts } from './broker-facts.js';
import type { MessageFacts } from './message-facts.js';
import type { QueueFacts } from './queue-facts.js';
import { NO_SLOT } from './slot-table.js';

/** What it has to know of the run. */
interface Known {
  readonly contract: RunContract;
  readonly names: Pick<NameTable, 'text'>;
  readonly messages: MessageFacts;
  readonly activity: Activity;
  readonly broker: BrokerFacts;
  forEachQueue(visit: (queue: QueueFacts) => void): void;
}

interface Publish {
  readonly message: number;
  readonly writtenMicros: number;
}

/** What one producer has written to its channel and nobody has heard of, in order. */
interface Line {
  publishes: Publish[];
  /** When the latest of those that arrived was written: the channel worked. */
  workedMicros: number;
}

/**
 * Publishes of which no confirm was asked for, on their way. A channel keeps their order: when a later one arrives, the earlier were lost or refused. That
 * may be when something was wrong, or a queue was full, at some time between the last arrival before them and the first after; else nothing excuses it.
 */
export class UnaskedPublishes {
  readonly #known: Known;
  readonly #lines = new Map<NameId, Line>();

  constructor(known: Known) {
    this.#known = known;
  }

  written(producer: NameId, message: number, nowMicros: number): void {
    let line = this.#lines.get(producer);
    if (line === undefined) this.#lines.set(producer, line = { publishes: [], workedMicros: 0 });
    line.publishes.push({ message, writtenMicros: nowMicros });
  }

  /** The broker stored it, or found no queue for it. */
  arrived(producer: NameId, message: number): void {
    const line = this.#lines.get(producer);
    if (line === undefined) return;
    const place = line.publishes.findIndex((publish) => publish.message === message);
    if (place < 0) return;
    const gone = line.publishes.splice(0, place + 1);
    const { writtenMicros } = gone.pop()!;
    this.#excuse(producer, gone, line.workedMicros);
    line.workedMicros = writtenMicros;
  }

  /** Everything is over: what has not arrived does not come any more. */
  end(): void {
    for (const [producer, { publishes, workedMicros }] of this.#lines) this.#excuse(producer, publishes, workedMicros);
  }

  #excuse(producer: NameId, publishes: readonly Publish[], sinceMicros: number): void {
    if (publishes.length === 0) return;
    const { messages } = this.#known;
    const wasTroubled = this.#wasTroubled(producer, sinceMicros);
    for (const { message } of publishes) {
      const slot = messages.find(message);
      if (slot === NO_SLOT || messages.stored[slot] !== 0) continue;
      if (wasTroubled || this.#mayHaveBeenRefused(messages.sizeBytes[slot]!, sinceMicros)) messages.noteLoss(slot, 'unconfirmed-publish');
    }
  }

  #wasTroubled(producer: NameId, sinceMicros: number): boolean {
    const { activity, broker, names } = this.#known;
    return activity.wasTroubledSince(broker.name, sinceMicros) || activity.wasTroubledSince(names.text(producer), sinceMicros);
  }

  #mayHaveBeenRefused(sizeBytes: number, sinceMicros: number): boolean {
    let mayHave = this.#known.contract.queues.some((queue) => mayBeFull(queue, { messages: 0, bytes: 0 }, sizeBytes));
    this.#known.forEachQueue((queue) => {
      mayHave ||= queue.mayHaveBeenFullFor(sizeBytes, sinceMicros);
    });
    return mayHave;
  }
}
