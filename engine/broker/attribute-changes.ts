import type { Host } from '../host.js';
import { Alarm, type Queues, type QueueSettings, type QueueState } from '../queue/index.js';

type Changed = Partial<QueueSettings>;

interface Change {
  /** Under which it is noted. */
  readonly note: string;
  /** By its number: another queue may have its name by then. */
  readonly queue: number;
  readonly changed: Changed;
  /** Monotonic. */
  readonly due: number;
}

/** What a note says of a change; `askedWall`: when it was asked for, by the wall clock. */
type Noted = Pick<Change, 'queue' | 'changed'> & { readonly askedWall: number; readonly takesMicros: number };

/** What changes need of the node. */
export interface ChangingHost {
  readonly host: Pick<Host, 'clock' | 'timers'>;
  readonly queues: Queues;
}

/**
 * New attributes that were asked for and do not hold yet, where the settings of a queue say that they take a while (SQS: SetQueueAttributes, up to 60 seconds, a retention up to
 * 15 minutes). Until then the old ones hold, and are told to whoever asks. They are noted in the journal, so that a restart goes on with them.
 */
export class AttributeChanges {
  readonly #node: ChangingHost;
  readonly #alarm: Alarm;
  /** In the order in which they were asked for. */
  #pending: Change[] = [];
  #lastNumber = 0;

  constructor(node: ChangingHost) {
    this.#node = node;
    this.#alarm = new Alarm(node.host, (now) => this.#ring(now));
  }

  ask({ number, settings }: QueueState, { retentionMicros, ...others }: Changed, now: number): void {
    const { attributesTakeMicros = 0, retentionTakesMicros = 0 } = settings;
    if (Object.keys(others).length > 0) this.#ask(number, others, attributesTakeMicros, now);
    if (retentionMicros !== undefined) this.#ask(number, { retentionMicros }, retentionTakesMicros, now);
  }

  /** The settings that a queue will have when all that was asked for holds. */
  settingsToBe({ number, settings }: QueueState): QueueSettings {
    return this.#pending.filter(({ queue }) => queue === number).reduce((so, { changed }) => ({ ...so, ...changed }), settings);
  }

  /** Goes on with what the journal knows of. */
  resume(now: number): void {
    const wallMicros = this.#node.host.clock.wallMicros();
    for (const [note, text] of this.#node.queues.registry.notes) {
      if (!note.startsWith(NOTE)) continue;
      const { queue, changed, askedWall, takesMicros } = JSON.parse(text) as Noted;
      const left = Math.min(Math.max(askedWall + takesMicros - wallMicros, 0), takesMicros);
      this.#lastNumber = Math.max(this.#lastNumber, Number(note.slice(NOTE.length)));
      this.#add({ note, queue, changed, due: now + left }, now);
    }
  }

  stop(): void {
    this.#alarm.cancel();
  }

  #ask(queue: number, changed: Changed, takesMicros: number, now: number): void {
    if (takesMicros === 0) return this.#hold(queue, changed);
    const note = `${NOTE}${++this.#lastNumber}`;
    const noted: Noted = { queue, changed, askedWall: this.#node.host.clock.wallMicros(), takesMicros };
    this.#node.queues.note(note, JSON.stringify(noted));
    this.#add({ note, queue, changed, due: now + takesMicros }, now);
  }

  #add(change: Change, now: number): void {
    this.#pending.push(change);
    this.#alarm.setFor(change.due, now);
  }

  #ring(now: number): void {
    const due = this.#pending.filter((change) => change.due <= now);
    this.#pending = this.#pending.filter((change) => change.due > now);
    for (const { note, queue, changed } of due) {
      this.#node.queues.note(note, null);
      this.#hold(queue, changed);
    }
    for (const change of this.#pending) this.#alarm.setFor(change.due, now);
  }

  /** The queue may be gone by now. */
  #hold(number: number, changed: Changed): void {
    const { registry } = this.#node.queues;
    const state = registry.queues[number - 1];
    if (state?.isDeleted === false) this.#node.queues.declare(state.name, { ...state.settings, ...changed });
  }
}

const NOTE = 'attributes ';
