/** A value in the headers of a message. */
export type EnvelopeValue = string | number | boolean | null;
export type EnvelopeHeaders = Readonly<Record<string, EnvelopeValue>>;

/**
 * What travels with a message that was routed (AMQP: routing and properties). Immutable and shared: the copies in several queues have the
 * same one, and a producer may use one for many messages.
 */
export interface Envelope {
  readonly exchange: string;
  /** The routing key, and those of the `CC` header. */
  readonly keys: readonly string[];
  /** Routing keys that consumers are not shown (`BCC`). Left out: there are none. */
  readonly hiddenKeys?: readonly string[];
  readonly headers: EnvelopeHeaders;
  /** Null: none was given. */
  readonly priority: number | null;
  /** Null: it does not expire by its own will. */
  readonly expirationMicros: number | null;
  /** False: it is gone after a restart of the broker. */
  readonly isPersistent: boolean;
  /** Why it was dead-lettered, newest first; one entry for each queue and reason (RabbitMQ: `x-death`). */
  readonly deaths: readonly Death[];
  /** The very first death; null: none yet. */
  readonly firstDeath: DeathMark | null;
  readonly lastDeath: DeathMark | null;
}

/** All keys that it is routed by, as a dead letter, too. */
export function routingKeysOf({ keys, hiddenKeys }: Envelope): readonly string[] {
  return hiddenKeys === undefined ? keys : [...keys, ...hiddenKeys];
}

export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

export interface Death {
  readonly queue: string;
  readonly reason: DeathReason;
  readonly count: number;
  /** Of the first of them, by the broker's wall clock. */
  readonly timeMicros: number;
  readonly exchange: string;
  readonly keys: readonly string[];
  /** Left out: it had none. */
  readonly originalExpirationMicros?: number;
}

export interface DeathMark {
  readonly queue: string;
  readonly reason: DeathReason;
  readonly exchange: string;
}

export interface DeathCause {
  readonly queue: string;
  readonly reason: DeathReason;
  readonly wallMicros: number;
  readonly exchange: string;
  /** Null: the message keeps its keys. */
  readonly key: string | null;
  /** Mutant `deaths-appended`: each death gets an entry of its own. */
  readonly isAppended: boolean;
}

/**
 * The envelope of a dead letter. Its death joins the entry of the same queue and reason, which comes to the front; it loses its expiration, so that it
 * does not expire again at once. The first death never changes.
 */
export function deadLetterEnvelope(old: Envelope, { queue, reason, wallMicros, exchange, key, isAppended }: DeathCause): Envelope {
  const known = isAppended ? undefined : old.deaths.find((death) => death.queue === queue && death.reason === reason);
  const entry: Death = known === undefined
    ? {
      queue, reason, count: 1, timeMicros: wallMicros, exchange: old.exchange, keys: old.keys,
      ...(old.expirationMicros === null ? {} : { originalExpirationMicros: old.expirationMicros }),
    }
    : { ...known, count: known.count + 1 };
  const mark = { queue, reason, exchange: old.exchange };
  const { hiddenKeys, ...rest } = old;
  return {
    ...rest, ...(key === null && hiddenKeys !== undefined ? { hiddenKeys } : {}), exchange, keys: key === null ? old.keys : [key], expirationMicros: null,
    deaths: [entry, ...old.deaths.filter((death) => death !== known)],
    firstDeath: old.firstDeath ?? mark,
    lastDeath: mark,
  };
}

/**
 * Whether a dead letter that is routed to this queue goes round for ever: it was dead-lettered from there before, and nobody has rejected it since
 * (RabbitMQ: a cycle without a rejection is dropped).
 */
export function isCycle(envelope: Envelope, queue: string): boolean {
  const { deaths } = envelope;
  if (deaths[0]?.reason === 'rejected') return false;
  const at = deaths.findIndex((death) => death.queue === queue);
  return at >= 0 && deaths.slice(0, at + 1).every(({ reason }) => reason !== 'rejected');
}
