/** What follows when a kind of fault strikes, in one sentence for each sort of machine. */
export interface FaultWords {
  readonly broker: string;
  readonly producer: string;
  readonly consumer: string;
}

const UNKNOWN_SENDS = 'Sends without an answer end with an unknown outcome: each may be stored not at all, once, or once for each attempt.';
const LATE_SENDS = 'Its sends leave late, and count from when they were intended.';
const LEASES_RUN_ON = 'Leases run on meanwhile: what it holds may be handed to another consumer while it works on it.';
const NO_DISK = 'Clients keep nothing on disk: nothing follows.';
const NO_SERVICE = 'Nobody sends requests to it: nothing follows.';
const CUT_OFF = 'Requests and answers do not get through: clients time out and retry, and what it had leased comes again when leases end.';

/** By kind. A test holds the list against the catalogue of the simulated world. */
export const FAULT_WORDS: Readonly<Record<string, FaultWords>> = {
  'crash': {
    broker: 'It loses its memory and connections and recovers from its journal; running leases start again in full.',
    producer: `It forgets what it had not sent. ${UNKNOWN_SENDS}`,
    consumer: 'What it held comes again when the leases end; work that was done and not acknowledged is done twice.',
  },
  'pause': {
    broker: 'It does nothing and then everything late: no lease ends early, and none is handed out.',
    producer: LATE_SENDS,
    consumer: LEASES_RUN_ON,
  },
  'slow-down': { broker: 'Its work takes longer; answers come late.', producer: LATE_SENDS, consumer: `Its handlers take longer. ${LEASES_RUN_ON}` },
  'power-loss': {
    broker: 'It loses its memory and whatever its disk had not synced, and recovers from what is left of its journal.',
    producer: `It forgets what it had not sent. ${UNKNOWN_SENDS}`,
    consumer: 'What it held comes again when the leases end; its peers see silence, not a reset.',
  },
  'disk-replace': { broker: 'It comes back with an empty disk: everything it had stored is gone.', producer: NO_DISK, consumer: NO_DISK },
  'clock-drift': {
    broker: 'It measures leases and delays on a clock of another speed: they end early or late within the bound of the drift.',
    producer: 'Its timeouts are a little early or late.',
    consumer: 'It extends leases a little early or late.',
  },
  'clock-jump': { broker: 'Retention, which follows the wall clock, ends early or late; leases do not notice.', producer: 'Nothing follows.', consumer: 'Nothing follows.' },
  'clock-strobe': { broker: 'Retention, which follows the wall clock, may end early; leases do not notice.', producer: 'Nothing follows.', consumer: 'Nothing follows.' },
  'disk-slow': { broker: 'It waits longer for its disk before it answers.', producer: NO_DISK, consumer: NO_DISK },
  'disk-stall': { broker: 'What needs the disk gets no answer until the stall ends.', producer: NO_DISK, consumer: NO_DISK },
  'disk-full': { broker: 'It cannot write, ends its process and starts again until there is room; nothing that was acknowledged is lost.', producer: NO_DISK, consumer: NO_DISK },
  'disk-error': { broker: 'Its disk says that it failed: it ends its process and starts again; nothing that was acknowledged is lost.', producer: NO_DISK, consumer: NO_DISK },
  'fsync-failure': { broker: 'A sync fails and the system throws away what it should have saved; the broker trusts no second sync and starts again.', producer: NO_DISK, consumer: NO_DISK },
  'misdirected-write': { broker: 'A write lands in the wrong place: checksums find the damage, and what is damaged cannot be served.', producer: NO_DISK, consumer: NO_DISK },
  'bit-rot': { broker: 'Bits of its files change: checksums find the damage, and what is damaged cannot be served.', producer: NO_DISK, consumer: NO_DISK },
  'network-partition': { broker: CUT_OFF, producer: UNKNOWN_SENDS, consumer: `Its acknowledgements do not get through. ${LEASES_RUN_ON}` },
  'network-partition-one-way': { broker: CUT_OFF, producer: UNKNOWN_SENDS, consumer: `Its acknowledgements or their confirmations do not get through. ${LEASES_RUN_ON}` },
  'slow-link': { broker: 'It is reached late.', producer: 'Answers come late; attempts may time out and be repeated.', consumer: `Acknowledgements arrive late. ${LEASES_RUN_ON}` },
  'packet-loss': { broker: 'It is reached late, because packets are sent again.', producer: 'Answers come late; attempts may time out and be repeated.', consumer: `Acknowledgements arrive late. ${LEASES_RUN_ON}` },
  'connection-reset': { broker: 'Its connections break; clients connect again.', producer: UNKNOWN_SENDS, consumer: 'What was delivered and not acknowledged comes again when the leases end.' },
  'half-open': { broker: 'It speaks into connections that nobody hears: deliveries get lost and come again when their leases end.', producer: UNKNOWN_SENDS, consumer: 'Deliveries get lost and come again when their leases end.' },
  'service-error': {
    broker: 'Requests are answered with an error, carried out or not: clients try again, and what was received for such an answer comes again when its lease ends.',
    producer: NO_SERVICE, consumer: NO_SERVICE,
  },
};
