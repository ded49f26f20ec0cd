import type { MutantName } from '../../engine/index.js';

/** Where a mutant is hunted: a scenario that comes with queuelab, what is changed in it, and which faults are drawn. */
export interface HuntingGround {
  readonly scenario: 'hunting-ground' | 'back-yard' | 'cellar';
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
  'failed-sync-retried': CELLAR,
  'sync-not-awaited': CELLAR,
  'write-error-ignored': CELLAR,
  'directory-not-synced': CELLAR,
  'last-block-dropped': CELLAR,
  'torn-tail-accepted': CELLAR,
  'checksum-not-checked': { ...CELLAR, beyondContract: true },
  'checkpoint-not-synced': CELLAR,
  'old-segments-removed-first': CELLAR,
  'checkpoint-forgets-in-flight': CELLAR,
  'checkpoint-off-by-one': CELLAR,
  'message-id-given-again': { ...USUAL, set: ['broker.flush=never'], beyondContract: true },
  'retention-forgets-in-flight': BACK_YARD,
  'count-restarts-in-dead-letter-queue': BACK_YARD,
  'timed-out-send-reported-failed': IMPATIENT_CLIENTS,
  'unanswered-send-taken-for-done': IMPATIENT_CLIENTS,
  'unanswered-ack-taken-for-done': IMPATIENT_CLIENTS,
};

export function huntingGroundOf(mutant: MutantName): HuntingGround {
  return OTHERS[mutant] ?? USUAL;
}
