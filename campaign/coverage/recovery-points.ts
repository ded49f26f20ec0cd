import { CopyState, EventKind, StopCause } from '../../history/index.js';
import { CopyColumn } from './copy-track.js';
import type { PointGroup, Probe, ProbeContext } from './point-group.js';

/** Why the broker had to recover. */
const CAUSES: Readonly<Record<number, string>> = { [StopCause.kill]: 'a crash', [StopCause.powerLoss]: 'a power loss', [StopCause.storage]: 'a storage failure' };
/** What a recovery can find, or meet. */
const FINDINGS = [
  'a clean journal', 'a torn tail', 'a corrupt middle', 'nothing stored', 'ready messages', 'delayed messages', 'leased messages',
  'messages delivered before', 'messages that are gone', 'messages that are back', 'messages in another queue',
  'a crash meanwhile', 'a power loss meanwhile', 'a storage failure meanwhile',
] as const;
type Finding = (typeof FINDINGS)[number];

const CAUSE_CODES = Object.keys(CAUSES).map(Number);
const POINTS = CAUSE_CODES.flatMap((cause) => FINDINGS.map((finding) => `after ${CAUSES[cause]!}: ${finding}`));
const CAUSE_NUMBER: ReadonlyMap<number, number> = new Map(CAUSE_CODES.map((cause, number) => [cause, number]));

/** Findings that only damaged storage, or a lost disk, can bring about. */
const NEEDS_DAMAGE: ReadonlySet<Finding> = new Set(['a corrupt middle']);

/** Every way of coming back: for what reason, and with what. */
export const RECOVERY: PointGroup = {
  id: 'recovery',
  title: 'recovery of the broker: its cause × what it finds',
  points: POINTS,
  canReach(point, { mayStrike, mayLose, hasDeadLetters }) {
    const cause = CAUSE_CODES[Math.floor(point / FINDINGS.length)]!;
    const finding = FINDINGS[point % FINDINGS.length]!;
    const canStop: Readonly<Record<number, boolean>> = {
      [StopCause.kill]: mayStrike('crash', 'broker'),
      [StopCause.powerLoss]: mayStrike('power-loss', 'broker'),
      [StopCause.storage]: mayStrike('disk-error', 'broker') || mayStrike('fsync-failure', 'broker') || mayStrike('disk-full', 'broker'),
    };
    if (canStop[cause] !== true || (NEEDS_DAMAGE.has(finding) && !mayLose)) return false;
    if (finding === 'a torn tail') return cause !== StopCause.kill || canStop[StopCause.powerLoss]!;
    if (finding === 'a crash meanwhile') return canStop[StopCause.kill]!;
    if (finding === 'a power loss meanwhile') return canStop[StopCause.powerLoss]!;
    if (finding === 'a storage failure meanwhile') return canStop[StopCause.storage]!;
    return finding !== 'messages in another queue' || hasDeadLetters;
  },
  begin: (context) => new Recoveries(context).probe,
};

const MEANWHILE: Readonly<Record<number, Finding>> = {
  [StopCause.kill]: 'a crash meanwhile', [StopCause.powerLoss]: 'a power loss meanwhile', [StopCause.storage]: 'a storage failure meanwhile',
};
const IN_STATE: Readonly<Record<number, Finding>> = {
  [CopyState.ready]: 'ready messages', [CopyState.delayed]: 'delayed messages', [CopyState.leased]: 'leased messages',
};
const GONE = 0;

/** Compares what the broker had before a stop with what its journal brings back. */
class Recoveries {
  readonly #context: ProbeContext;
  /** The queue in which each copy lies; {@link GONE} for one that is not stored. */
  readonly #queues = new CopyColumn();
  /** The recovery that last brought each copy back. */
  readonly #broughtBack = new CopyColumn();
  /** Place of the cause in the list; -1 at the first start, which recovers nothing. */
  #cause = -1;
  #number = 0;
  #isRecovering = false;
  #restored = 0;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  get probe(): Probe {
    return {
      on: {
        [EventKind.accept]: ({ copy, dest }, row) => this.#queues.set(copy[row]!, dest[row]!),
        [EventKind.settle]: ({ copy }, row) => this.#queues.set(copy[row]!, GONE),
        [EventKind.drop]: ({ copy }, row) => this.#queues.set(copy[row]!, GONE),
        [EventKind.move]: ({ copy, peer }, row) => this.#queues.set(copy[row]!, peer[row]!),
        [EventKind.nodeStop]: ({ actor, a }, row) => this.#stopped(actor[row]!, a[row]!),
        [EventKind.recoverBegin]: () => this.#began(),
        [EventKind.restore]: ({ copy, dest, a, b }, row) => this.#found(copy[row]!, dest[row]!, a[row]!, b[row]!),
        [EventKind.recoverEnd]: ({ b, c }, row) => this.#ended(b[row]!, c[row]!),
      },
    };
  }

  #stopped(actor: number, cause: number): void {
    const { names, scene } = this.#context;
    if (names.text(actor) !== scene.brokerName) return;
    const meanwhile = MEANWHILE[cause];
    if (this.#isRecovering && meanwhile !== undefined) this.#mark(meanwhile);
    this.#isRecovering = false;
    this.#cause = CAUSE_NUMBER.get(cause) ?? -1;
  }

  #began(): void {
    this.#isRecovering = true;
    this.#number++;
    this.#restored = 0;
  }

  #found(copy: number, queue: number, deliveries: number, state: number): void {
    this.#restored++;
    const before = this.#queues.get(copy);
    if (before === GONE) this.#mark('messages that are back');
    else if (before !== queue) this.#mark('messages in another queue');
    if (deliveries > 0) this.#mark('messages delivered before');
    const inState = IN_STATE[state];
    if (inState !== undefined) this.#mark(inState);
    this.#queues.set(copy, queue);
    this.#broughtBack.set(copy, this.#number);
  }

  #ended(truncatedBytes: number, corruptBatches: number): void {
    this.#isRecovering = false;
    if (truncatedBytes === 0 && corruptBatches === 0) this.#mark('a clean journal');
    if (truncatedBytes > 0) this.#mark('a torn tail');
    if (corruptBatches > 0) this.#mark('a corrupt middle');
    if (this.#restored === 0) this.#mark('nothing stored');
    for (let copy = 0; copy < this.#queues.length; copy++) {
      if (this.#queues.get(copy) === GONE || this.#broughtBack.get(copy) === this.#number) continue;
      this.#mark('messages that are gone');
      this.#queues.set(copy, GONE);
    }
  }

  #mark(finding: Finding): void {
    if (this.#cause >= 0) this.#context.hit(this.#cause * FINDINGS.length + FINDINGS.indexOf(finding));
  }
}
