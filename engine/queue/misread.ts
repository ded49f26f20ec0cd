import type { Mutations } from '../mutants/index.js';

/** Mutants `receive-timeout-added`, `receive-timeout-ignored`: for how long a receive leases that asked for this long, in a queue with this timeout. Without them: just as long. */
export function leaseAsRead(askedMicros: number, queueMicros: number, { receiveTimeoutAdded, receiveTimeoutIgnored }: Mutations): number {
  if (askedMicros === 0) return 0;
  if (receiveTimeoutAdded && askedMicros !== queueMicros) return askedMicros + queueMicros;
  return receiveTimeoutIgnored ? queueMicros : askedMicros;
}

/** What the console of SQS suggests. */
const DEFAULT_RECEIVES = 10;

/** Mutants `default-receive-limit-taken`, `receives-counted-twice`: how often a message may be received. */
export function receiveLimitAsRead(count: number, { defaultReceiveLimitTaken, receivesCountedTwice }: Mutations): number {
  if (defaultReceiveLimitTaken) return DEFAULT_RECEIVES;
  return receivesCountedTwice ? Math.ceil(count / 2) : count;
}

/** That of RabbitMQ since 4.0. */
const DEFAULT_RETURNS = 20;

/** Mutants `default-delivery-limit-taken`, `returns-counted-twice`: how often a message may come back. */
export function returnsAsRead(limit: number, { defaultDeliveryLimitTaken, returnsCountedTwice }: Mutations): number {
  if (defaultDeliveryLimitTaken) return DEFAULT_RETURNS;
  return returnsCountedTwice ? Math.floor(limit / 2) : limit;
}

/** Mutants `flight-limit-by-server`, `flight-counted-by-each-server`: how many messages may be in flight. */
export function flightAsRead(count: number, { flightLimitByServer, flightCountedByEachServer }: Mutations): number {
  if (flightLimitByServer) return count * 2;
  return flightCountedByEachServer ? Math.ceil(count / 2) : count;
}

/** Mutants `deduplication-by-bucket`, `deduplication-swept-late`: the instant at which a send with a deduplication id is looked at: the end of a bucket, the last sweep. */
export function lookedAt(now: number, windowMicros: number, { deduplicationByBucket, deduplicationSweptLate }: Mutations): number {
  if (windowMicros === 0) return now;
  const bucket = windowMicros / 2;
  if (deduplicationByBucket) return Math.ceil(now / bucket) * bucket;
  return deduplicationSweptLate ? Math.floor(now / windowMicros) * windowMicros : now;
}

/** Mutant `retention-by-oldest-in-segment`: what was sent until then is too old: until the end of a segment of half the retention. */
export function retentionCut(wallMicros: number, retentionMicros: number, { retentionByOldestInSegment }: Mutations): number {
  const cut = wallMicros - retentionMicros;
  const segment = retentionMicros / 2;
  return retentionByOldestInSegment ? Math.ceil(cut / segment) * segment : cut;
}
