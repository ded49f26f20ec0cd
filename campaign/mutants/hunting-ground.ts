import type { MutantName } from '../../engine/index.js';

/** Where a mutant is hunted: a scenario that comes with queuelab, what is changed in it, and which faults are drawn. */
export interface HuntingGround {
  readonly scenario:
    | 'hunting-ground' | 'back-yard' | 'cellar' | 'sorting-office' | 'market' | 'attic' | 'long-haul' | 'counting-house' | 'rabbitmq/warren' | 'rabbitmq/colony' | 'rabbitmq/crypt' | 'rabbitmq/rookery'
    | 'rabbitmq/routing' | 'dead-letter-target-full/broken';
  /** As `--set` takes them. */
  readonly set: readonly string[];
  /** Also faults that may lose what was confirmed: for bugs that break a promise which holds even then. */
  readonly beyondContract: boolean;
}

const USUAL: HuntingGround = { scenario: 'hunting-ground', set: [], beyondContract: false };
/** A consumer at the dead-letter queue, and a retention that ends while messages are in work. */
const BACK_YARD: HuntingGround = { ...USUAL, scenario: 'back-yard' };
/** Messages lie in many small files for a while. */
const CELLAR: HuntingGround = { ...USUAL, scenario: 'cellar' };
/** The same in a hurry, on a slow disk: at most times something is written and not synced, and faults come while messages do. */
const BUSY_CELLAR: HuntingGround = {
  ...CELLAR,
  set: [
    'broker.segmentSize=4KiB', 'broker.disk.syncLatency=20ms', 'queues.barrels.visibilityTimeout=1s', 'queues.bottles.visibilityTimeout=1s',
    'producers.cooper.interval=exponential(30ms)', 'producers.filler.interval=exponential(30ms)', 'consumers.cellarer.start=6s', 'fuzz.messages=60..150',
  ],
};
const only = (ground: HuntingGround, ...faults: readonly string[]): HuntingGround => ({ ...ground, set: [...ground.set, `fuzz.faults.only=[${faults.join(', ')}]`] });
/** One file that is never full, so that damage strikes the middle of what is read again. */
const DEEP_CELLAR: HuntingGround = only({ ...BUSY_CELLAR, set: [...BUSY_CELLAR.set.slice(1), 'broker.segmentSize=1MiB'], beyondContract: true }, 'bit-rot', 'crash');
/** Few message groups, impatient producers, consumers about as slow as a lease is long. */
const SORTING_OFFICE: HuntingGround = { ...USUAL, scenario: 'sorting-office' };
/** A loud group beside a quiet one, and a small limit of messages in flight. */
const MARKET: HuntingGround = { ...USUAL, scenario: 'market' };
/** Short retention, late consumers, delays. */
const ATTIC: HuntingGround = { ...USUAL, scenario: 'attic' };
/** Services with databases, budgets and circuit breakers; network trouble for those who try again. */
const COUNTING_HOUSE: HuntingGround = { ...USUAL, scenario: 'counting-house' };
/** Where consumers are pushed to. */
const WARREN: HuntingGround = { ...USUAL, scenario: 'rabbitmq/warren' };
/** Priorities, a single active consumer, dead letters that go round. */
const COLONY: HuntingGround = { ...USUAL, scenario: 'rabbitmq/colony' };
/** Quorum queues that keep dead letters and delay retries. */
const CRYPT: HuntingGround = { ...USUAL, scenario: 'rabbitmq/crypt' };
/** Consumers that come and go, take turns, and hold what they get for long. */
const ROOKERY: HuntingGround = { ...USUAL, scenario: 'rabbitmq/rookery' };
/** Dead letters at most once, and a dead-letter queue that fills. */
const FULL_TARGET: HuntingGround = { ...USUAL, scenario: 'dead-letter-target-full/broken' };
/** One producer that tries for as long as it takes to get an answer, and answers that are lost on their way for so long. */
const patientOffice = (trouble: string): HuntingGround => only({
  ...SORTING_OFFICE,
  set: [
    'duration=30min', 'drain=20min', 'producers.counter.interval=exponential(500ms)', 'producers.counter.retry.attempts=300', 'producers.counter.retry.backoffCap=5s',
    'fuzz.messages=10..40', 'fuzz.producers=1..1', 'fuzz.consumers=1..1', 'fuzz.handlerTime=keep', 'fuzz.clients=false', 'fuzz.faults.count=1..3', `fuzz.faults.for=${trouble}`,
  ],
}, 'network-partition-one-way');
/** One exchange of each kind, with a key that ends where a binding has its `#`, and dead letters that get another key. */
const JUNCTION: HuntingGround = {
  ...USUAL, scenario: 'rabbitmq/routing',
  set: [
    'producers.shop.routingKey=[order, order.created, order.payment.failed, stock.low]', "queues.orders.deadLetterExchange=''", 'queues.orders.deadLetterRoutingKey=unrouted',
    'consumers.fulfilment.whenFailed=reject', 'consumers.fulfilment.handler.failure=20%', 'fuzz.failure=keep',
  ],
};
/** Consumers that say themselves for how long they lease and wait, in queues that say it, too. */
const OWN_TIMES: HuntingGround = {
  ...USUAL,
  set: ['queues.orders.receiveWait=2s', 'queues.payments.receiveWait=3s', ...['consumers.packer', 'consumers.clerk'].flatMap((name) => [`${name}.visibilityTimeout=30s`, `${name}.waitTime=4s`])],
};
const IMPATIENT = ['retry.attempts=1', 'retry.timeout=400ms'];

const clients = (names: readonly string[], settings: readonly string[]): string[] =>
  names.flatMap((name) => settings.map((setting) => `${name}.${setting}`));

/** Clients that give up soon, so that outcomes stay unknown. */
const IMPATIENT_CLIENTS: HuntingGround = {
  ...USUAL,
  set: [
    ...clients(['producers.web', 'producers.till', 'producers.sensor'], IMPATIENT),
    ...clients(['consumers.packer', 'consumers.clerk', 'consumers.archiver'], IMPATIENT),
  ],
};

/** Those that the usual ground cannot show, or hardly ever. */
const OTHERS: Readonly<Partial<Record<MutantName, HuntingGround>>> = {
  'failed-sync-retried': only(BUSY_CELLAR, 'fsync-failure', 'crash', 'power-loss'),
  'sync-not-awaited': CELLAR,
  'write-error-ignored': CELLAR,
  'directory-not-synced': CELLAR,
  'last-block-dropped': CELLAR,
  // A disk so slow that at most times several pages of one file are not synced, under few messages: what is found is easy to make small.
  'torn-tail-accepted': only({
    ...BUSY_CELLAR,
    set: [
      ...BUSY_CELLAR.set, 'broker.segmentSize=16KiB', 'broker.disk.syncLatency=500ms', 'producers.cooper.size=uniform(1KiB, 24KiB)', 'fuzz.size=keep',
      'fuzz.messages=8..25', 'fuzz.producers=1..1', 'fuzz.faults.count=2..6', 'fuzz.faults.for=1ms..300ms',
    ],
  }, 'power-loss'),
  'checksum-not-checked': { ...CELLAR, beyondContract: true },
  'checkpoint-not-synced': CELLAR,
  // A slow disk leaves a long time between what is removed and what takes its place, and a broker that is soon back is killed often.
  'old-segments-removed-first': only({ ...BUSY_CELLAR, set: [
    ...BUSY_CELLAR.set, 'broker.disk.syncLatency=100ms', 'producers.cooper.size=uniform(8KiB, 16KiB)', 'fuzz.size=keep', 'fuzz.messages=6..20', 'fuzz.faults.count=4..12', 'fuzz.faults.for=1ms..300ms',
  ] }, 'crash'),
  'checkpoint-forgets-in-flight': CELLAR,
  'checkpoint-off-by-one': CELLAR,
  'message-id-given-again': {
    ...USUAL, beyondContract: true,
    set: ['broker.flush=never', 'fuzz.clients=false', 'fuzz.handlerTime=keep', 'fuzz.faults.only=[power-loss]', 'fuzz.faults.for=1ms..500ms', ...clients(['consumers.packer', 'consumers.clerk'], ['concurrency=50', 'handler.time=1500ms'])],
  },
  'batch-failures-ignored': { ...USUAL, set: ['producers.till.interval=uniform(0s, 1us)', 'producers.till.size=uniform(4KiB, 12KiB)', 'producers.till.batchSize=10', 'fuzz.size=keep', 'fuzz.clients=false'] },
  'interval-never-synced': { ...CELLAR, set: ['broker.flush=interval'], beyondContract: true },
  'bad-batch-ends-log': DEEP_CELLAR,
  'delay-ends-with-lease': ATTIC,
  'retention-skips-received': ATTIC,
  // Where nobody consumes, what was dropped would be missed in the queue's count, too.
  'drop-undone': { ...ATTIC, set: ['queues.lost.retention=14d'] },
  'retention-restarts-at-move': ATTIC,
  // Leases that end while their consumers work on, and others that receive the message then.
  'handles-age-together': {
    ...USUAL, scenario: 'long-haul',
    set: ['queues.freight.visibilityTimeout=4h', 'consumers.lorry.extendEvery=null', 'consumers.lorry.handler.time=13h', 'fuzz.handlerTime=12h..16h', 'drain=4d'],
  },
  'lease-cap-not-checked': { ...USUAL, scenario: 'long-haul' },
  'group-taken-from-behind': SORTING_OFFICE,
  'group-opens-at-first-delete': SORTING_OFFICE,
  'newest-worked-first': { ...SORTING_OFFICE, set: ['fuzz.clients=false', 'fuzz.failure=keep', 'fuzz.poisonEvery=keep'] },
  'group-goes-on-behind-failure': { ...SORTING_OFFICE, set: ['consumers.sorter.groupOrder=kept', 'consumers.sorter.handler.failure=20%'] },
  'group-turns-ignored': SORTING_OFFICE,
  'deduplication-forgotten-at-delete': patientOffice('5s..100s'),
  'expired-handle-accepted': SORTING_OFFICE,
  'acknowledged-by-message-id': SORTING_OFFICE,
  'freed-group-does-not-wake': SORTING_OFFICE,
  'one-in-flight-too-many': MARKET,
  'fair-queue-is-not': MARKET,
  'retention-forgets-in-flight': BACK_YARD,
  'count-restarts-in-dead-letter-queue': BACK_YARD,
  'retry-budget-not-charged': only(COUNTING_HOUSE, 'network', 'pause'),
  'breaker-never-half-opens': only(COUNTING_HOUSE, 'network', 'pause'),
  'relay-marks-before-publish': COUNTING_HOUSE,
  'inbox-row-apart': COUNTING_HOUSE,
  'prefetch-off-by-one': WARREN,
  'requeued-at-tail': WARREN,
  'second-taken-first': WARREN,
  'length-limit-off-by-one': WARREN,
  'returned-after-confirm': WARREN,
  'confirmed-twice': WARREN,
  'nack-covers-waiting': { ...WARREN, set: ['queues.mailbox.overflow=reject-publish', 'producers.buck.retry.attempts=1'] },
  'unknown-tag-ignored': { ...WARREN, set: ['consumers.digger.acknowledgesTwice=2%', 'consumers.reader.acknowledgesTwice=2%'] },
  'redelivered-from-third': WARREN,
  'lower-priority-first': COLONY,
  'two-active-consumers': COLONY,
  'consumer-priority-ignored': ROOKERY,
  'channel-prefetch-ignored': ROOKERY,
  'exclusive-consumer-joined': ROOKERY,
  'newest-follows': ROOKERY,
  'outranked-goes-on': ROOKERY,
  'consumer-timeout-not-restarted': ROOKERY,
  'consumer-timeout-looks-once': ROOKERY,
  'nack-is-multiple': ROOKERY,
  'multiple-ignored': { ...WARREN, set: ['consumers.digger.acknowledge=batched', 'consumers.digger.acknowledgeEvery=5'] },
  'deleted-with-first-consumer': ROOKERY,
  'auto-delete-forgotten': ROOKERY,
  'expires-at-second-look': { ...WARREN, set: ['queues.burrow.expires=10s', 'consumers.digger.stop=1s', 'fuzz.handlerTime=keep'] },
  'deaths-appended': COLONY,
  'dead-letter-cycle-kept': COLONY,
  // A broker that is short of memory all the time, and publishers that do not wait for what they sent. What waits for the journal is confirmed together with
  // others, and with what was dropped among them: then that is lost, too.
  'dropped-when-blocked': {
    ...COLONY, set: ['memoryLimit=2KiB', 'fuzz.size=keep', ...clients(['noble', 'common', 'herald', 'guest', 'planner', 'wanderer'].map((name) => `producers.${name}`), ['persistent=false'])],
  },
  'removed-at-first-confirm': CRYPT,
  'dead-letters-not-awaited': CRYPT,
  'retry-delay-ignored': CRYPT,
  'one-return-too-many': CRYPT,
  'returns-by-age': ROOKERY,
  'given-back-first': { ...WARREN, set: ['queues.vault.deliveryLimit=unlimited', 'consumers.guard.handler.failure=10%'] },
  'normal-lane-starves': { ...WARREN, set: ['queues.burrow.type=quorum', 'producers.kit.queue=burrow', 'producers.kit.priority=9'] },
  'one-return-too-few': CRYPT,
  'nack-counted': { ...CRYPT, set: ['consumers.guard.whenFailed=nack', 'consumers.guard.handler.poisonEvery=0', 'consumers.guard.handler.failure=40%', 'queues.vault.deliveryLimit=1'] },
  'retention-by-oldest-in-segment': ATTIC,
  'ttl-in-wrong-unit': COLONY,
  'unacknowledged-counted-to-length': WARREN,
  'hash-needs-a-word': JUNCTION,
  'any-header-taken-for-all': JUNCTION,
  'each-binding-a-copy': JUNCTION,
  'alternate-gets-all': JUNCTION,
  'first-queue-only': JUNCTION,
  'dead-letter-key-ignored': JUNCTION,
  'message-ttl-ignored': { ...COLONY, set: ['producers.noble.expiration=200ms', 'producers.common.expiration=300ms'] },
  'shortest-ttl-for-all': { ...COLONY, set: ['producers.noble.expiration=200ms', 'producers.common.expiration=10s'] },
  'expired-from-the-middle': { ...WARREN, set: ['producers.doe.expiration=2s', 'producers.kit.queue=burrow'] },
  'purge-lasts': { ...WARREN, set: ['operators.sweeper.actions=[{ do: purge, queue: burrow, at: 500ms }]'] },
  'neighbour-rejected': COLONY,
  'both-prefetches-granted': WARREN,
  'prefetch-shared-among-consumers': WARREN,
  'default-delivery-limit-taken': CRYPT,
  'returns-counted-twice': CRYPT,
  'deduplication-by-bucket': patientOffice('160s..290s'),
  'deduplication-swept-late': patientOffice('310s..590s'),
  'upper-priorities-alike': { ...COLONY, set: ['producers.common.priority=2'] },
  'expires-since-declared': { ...WARREN, set: ['queues.burrow.expires=10s', 'consumers.digger.stop=1s', 'fuzz.handlerTime=keep'] },
  'flight-limit-by-server': MARKET,
  'flight-counted-by-each-server': MARKET,
  'purged-by-restart': WARREN,
  'rejected-by-nobody': WARREN,
  'delays-added': { ...ATTIC, set: ['queues.cards.delay=10s'] },
  'receive-timeout-added': OWN_TIMES,
  'receive-timeout-ignored': OWN_TIMES,
  'waits-added': OWN_TIMES,
  'quorum-forgets-transient': { ...WARREN, set: ['producers.kit.persistent=false'] },
  // A restart may take the transient ones.
  'persistence-of-the-first': only({ ...COLONY, set: ['producers.common.persistent=false'], beyondContract: true }, 'crash'),
  'dead-letter-refused-early': FULL_TARGET,
  'bytes-counted-twice': { ...WARREN, set: ['queues.burrow.maxLengthBytes=20KiB', 'queues.burrow.overflow=reject-publish', 'producers.doe.confirm=false', 'fuzz.size=keep'] },
  'bindings-read-late': WARREN,
  'unconfirmed-thrown-away': { ...WARREN, set: ['producers.kit.confirm=false'] },
  'timed-out-send-reported-failed': IMPATIENT_CLIENTS,
  'service-error-taken-for-refusal': only(IMPATIENT_CLIENTS, 'service'),
  'unanswered-send-taken-for-done': IMPATIENT_CLIENTS,
  'unanswered-ack-taken-for-done': IMPATIENT_CLIENTS,
};

export function huntingGroundOf(mutant: MutantName): HuntingGround {
  return OTHERS[mutant] ?? USUAL;
}
