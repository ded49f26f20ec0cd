import type { Delivery, Mutations } from '../../engine/index.js';
import type { NameId } from '../../history/index.js';
import { ordinalOf } from './body.js';
import type { ConsumerStep, CrashPoints } from './crash-points.js';
import type { Database } from './database.js';
import type { HandlerSettings } from './settings.js';
import type { Sink } from './sink.js';

export interface EffectsOptions {
  readonly settings: HandlerSettings;
  readonly actor: NameId;
  readonly dest: NameId;
  readonly queue: string;
  readonly store: Sink;
  readonly database: Database;
  readonly crashPoints: CrashPoints<ConsumerStep>;
  readonly mutations: Mutations;
}

/** How a handler has its effect, by its kind. */
export class Effects {
  readonly #options: EffectsOptions;
  readonly #inbox: string;

  constructor(options: EffectsOptions) {
    this.#options = options;
    this.#inbox = `${options.queue}/inbox`;
  }

  /** How long the store takes beside the effect itself: to look up and note the id of a message, in the same transaction. */
  get noteMicros(): number {
    const { kind, noteMicros = 0 } = this.#options.settings;
    return kind === 'idempotent' || kind === 'inbox' ? noteMicros : 0;
  }

  /** False: the process dies here. */
  have(delivery: Delivery): boolean {
    const { store, settings, actor, dest, crashPoints } = this.#options;
    const { trace, messageId, handle, deduplicationId } = delivery;
    switch (settings.kind) {
      case 'plain':
      case 'ack-first':
        store.apply(actor, dest, trace, messageId, handle);
        break;
      case 'idempotent':
        store.deduplication.count(store.applyOnce(actor, dest, trace, messageId, handle, deduplicationId, settings.memory ?? null), this.noteMicros);
        break;
      case 'upsert':
        store.upsert(actor, dest, trace, messageId, handle, this.#keyOf(delivery));
        break;
      case 'inbox':
        return this.#throughInbox(delivery);
    }
    return !crashPoints.reached('effect-had');
  }

  #keyOf({ trace, body }: Delivery): number {
    const { keys = null } = this.#options.settings;
    return keys === null ? -trace : ordinalOf(body) % keys;
  }

  /** The id of a message is noted where its effect is, and looked up before: a message that comes again finds it. */
  #throughInbox({ trace, messageId, handle, deduplicationId }: Delivery): boolean {
    const { store, database, settings, actor, dest, crashPoints, mutations } = this.#options;
    const isNoted = database.has(this.#inbox, deduplicationId);
    store.deduplication.count(!isNoted, this.noteMicros);
    if (isNoted) {
      store.suppress(actor, dest, trace, messageId, handle);
      return !crashPoints.reached('effect-had');
    }
    const isApart = settings.transaction === 'apart' || mutations.inboxRowApart;
    // Nothing of the broker's is a key here: what it gives out may come again after its disk was replaced.
    const effects = `${this.#inbox}/effects`;
    const transaction = database.begin().insert(effects, database.size(effects));
    if (!isApart) transaction.insert(this.#inbox, deduplicationId);
    if (crashPoints.reached('effect-written')) return this.#diesUnnoted();
    transaction.commit();
    store.apply(actor, dest, trace, messageId, handle);
    if (crashPoints.reached('effect-had')) return isApart ? this.#diesUnnoted() : false;
    if (!isApart) return true;
    database.begin().insert(this.#inbox, deduplicationId).commit();
    return !crashPoints.reached('noted');
  }

  /** The id that was new is not in the inbox. */
  #diesUnnoted(): false {
    this.#options.store.deduplication.forget();
    return false;
  }
}
