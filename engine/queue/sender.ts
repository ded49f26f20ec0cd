import type { Alarm } from './alarm.js';
import { contentId } from './content-id.js';
import type { QueueContext } from './context.js';
import type { MessageProperties } from './message-properties.js';
import type { QueueState } from './queue-state.js';
import { lookedAt } from './misread.js';
import { RETENTION_LOOK_MICROS } from './retention-look.js';
import type { Transitions } from './transitions.js';

/** The part of a running queue that takes messages in. */
export class Sender {
  readonly #state: QueueState;
  readonly #context: QueueContext;
  readonly #transitions: Transitions;
  readonly #alarm: Alarm;
  readonly #onReady: () => void;

  /** `onReady`: a message is ready at once. */
  constructor(state: QueueState, context: QueueContext, transitions: Transitions, alarm: Alarm, onReady: () => void) {
    this.#state = state;
    this.#context = context;
    this.#transitions = transitions;
    this.#alarm = alarm;
    this.#onReady = onReady;
  }

  /** See {@link import('./queue.js').Queue.send}. */
  send(body: Uint8Array, trace: number, properties: MessageProperties | null, delayMicros: number | null, now: number): number {
    if (properties !== null && this.#state.deduplication !== null) return this.#sendOnce(body, trace, properties, now);
    const { delayMicros: usual } = this.#state.settings;
    const isAdded = this.#context.mutations.delaysAdded && delayMicros !== null;
    return this.#store(body, trace, properties, isAdded ? delayMicros + usual : (delayMicros ?? usual), now);
  }

  /** In a queue that deduplicates: unless the same was sent before. Such a queue has one delay for all. */
  #sendOnce(body: Uint8Array, trace: number, properties: MessageProperties, now: number): number {
    const { deduplication, settings, policy } = this.#state;
    const { group, attributes } = properties;
    const deduplicationId = properties.deduplicationId ?? (settings.contentBasedDeduplication ? contentId(body) : null);
    const at = lookedAt(now, policy.deduplicationWindowMicros ?? 0, this.#context.mutations);
    const known = deduplicationId === null ? null : deduplication!.find(deduplication!.keyOf(group, deduplicationId), at);
    if (known !== null) {
      this.#transitions.deduplicate(trace, known.messageId, group, deduplicationId!, now - known.acceptedAt);
      return known.messageId;
    }
    return this.#store(body, trace, { group, deduplicationId, attributes }, settings.delayMicros, now);
  }

  #store(body: Uint8Array, trace: number, properties: MessageProperties | null, delay: number, now: number): number {
    const { retentionMicros } = this.#state.settings;
    const id = this.#transitions.accept(body, trace, properties, delay, this.#context.clock.wallMicros(), now);
    if (delay === 0) {
      this.#onReady();
      this.#alarm.setFor(now + Math.min(retentionMicros, RETENTION_LOOK_MICROS), now);
    } else this.#alarm.setFor(now + Math.min(delay, retentionMicros, RETENTION_LOOK_MICROS), now);
    return id;
  }
}
