import type { Host } from '../host.js';
import { Alarm, type Queues } from '../queue/index.js';
import type { ServedQueue } from './served-queue.js';

/** What removes all of a queue's messages, and takes a while where the queue's settings say so (SQS: PurgeQueue and DeleteQueue, up to 60 seconds). */
export type RemovalKind = 'purge' | 'delete';

interface Removal {
  readonly kind: RemovalKind;
  readonly queue: string;
  /** When it was asked for, by the wall clock. */
  readonly askedWall: number;
  /** Monotonic. */
  readonly due: number;
}

/** What removals need of the node. */
export interface RemovalHost {
  readonly host: Pick<Host, 'clock' | 'timers'>;
  readonly queues: Queues;
  /** Every message there is now goes, and with `delete` the queue; its name counts as deleted since `askedWall`. */
  remove(kind: RemovalKind, queue: string, askedWall: number): void;
}

/**
 * Removals that were asked for and are not done yet. Until then the queue works as ever: messages are received, and what is sent meanwhile goes with
 * the rest. They are noted in the journal, so that a restart goes on with them.
 */
export class Removals {
  readonly #node: RemovalHost;
  readonly #alarm: Alarm;
  #pending: Removal[] = [];

  constructor(node: RemovalHost) {
    this.#node = node;
    this.#alarm = new Alarm(node.host, (now) => this.#ring(now));
  }

  /** Asked twice is asked once. */
  ask(kind: RemovalKind, { queue: { state: { name, settings } } }: ServedQueue, now: number): void {
    const askedWall = this.#node.host.clock.wallMicros();
    const { removalMicros = 0 } = settings;
    if (removalMicros === 0) return this.#node.remove(kind, name, askedWall);
    if (this.#pending.some((removal) => removal.kind === kind && removal.queue === name)) return;
    this.#node.queues.note(noteOf(kind, name), String(askedWall));
    this.#add({ kind, queue: name, askedWall, due: now + removalMicros }, now);
  }

  isDeleting(name: string): boolean {
    return this.#pending.some(({ kind, queue }) => kind === 'delete' && queue === name);
  }

  /** Goes on with what the journal knows of. */
  resume(now: number): void {
    const wallMicros = this.#node.host.clock.wallMicros();
    for (const [note, text] of this.#node.queues.registry.notes) {
      const kind = KINDS.find((known) => note.startsWith(noteOf(known, '')));
      if (kind === undefined) continue;
      const queue = note.slice(noteOf(kind, '').length);
      const takes = this.#node.queues.find(queue)?.state.settings.removalMicros ?? 0;
      const left = Number(text) + takes - wallMicros;
      this.#add({ kind, queue, askedWall: Number(text), due: now + Math.min(Math.max(left, 0), takes) }, now);
    }
  }

  stop(): void {
    this.#alarm.cancel();
  }

  #add(removal: Removal, now: number): void {
    this.#pending.push(removal);
    this.#alarm.setFor(removal.due, now);
  }

  #ring(now: number): void {
    const due = this.#pending.filter((removal) => removal.due <= now);
    this.#pending = this.#pending.filter((removal) => removal.due > now);
    for (const { kind, queue, askedWall } of due) {
      this.#node.queues.note(noteOf(kind, queue), null);
      this.#node.remove(kind, queue, askedWall);
    }
    for (const removal of this.#pending) this.#alarm.setFor(removal.due, now);
  }
}

const KINDS: readonly RemovalKind[] = ['purge', 'delete'];
const noteOf = (kind: RemovalKind, queue: string): string => `${kind} ${queue}`;
