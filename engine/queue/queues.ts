import { EventKind, type EventSink, type NameId } from '../../history/index.js';
import type { Host } from '../host.js';
import type { Log, LogError, LogRecovery } from '../log/index.js';
import type { Mutations } from '../mutants/index.js';
import type { QueueContext } from './context.js';
import { Journal } from './journal.js';
import { MoveTasks } from './move-tasks.js';
import { Queue } from './queue.js';
import type { QueueListener } from './queue-listener.js';
import type { QueueRegistry } from './registry.js';
import { type QueuePolicies, type QueueSettings, sameSettings } from './settings.js';
import { writeSnapshot } from './snapshot.js';

/** What is stored may be this many times what is alive before a checkpoint makes it small again, */
const GARBAGE_FACTOR = 2;
/** and this many segments more, so that a small node does not write checkpoints all the time. */
const GARBAGE_SEGMENTS = 4;

export interface QueuesOptions {
  readonly host: Host;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly policies: QueuePolicies;
  readonly mutations: Mutations;
  readonly segmentBytes: number;
  /** Replies may leave before their records are synced, so a loss of power may take what was acted upon. */
  readonly mayLoseRecords: boolean;
  readonly listener: QueueListener<Queue>;
  /** How long a message move task may run; left out: without end. */
  readonly longestMoveTaskMicros?: number;
}

/** The running queues of a node, over one log. Made by {@link import('./open-queues.js').openQueues}. */
export class Queues {
  readonly log: Log;
  readonly registry: QueueRegistry;
  readonly tasks: MoveTasks;
  readonly #options: QueuesOptions;
  readonly #journal: Journal;
  readonly #context: QueueContext;
  readonly #queues: Queue[] = [];
  readonly #byName = new Map<string, Queue>();
  /** Queues by the name of their dead-letter queue, which need not be there. */
  readonly #sources = new Map<string, Set<Queue>>();
  /** Names of queues that are gone, with the wall time of the latest deletion. */
  readonly #deletedWall = new Map<string, number>();
  #isCheckpointing = false;
  /** About what the newest checkpoint takes. */
  #checkpointBytes = 0;
  /** After a checkpoint that failed: none before this much is stored. */
  #retryAboveBytes = 0;

  constructor(options: QueuesOptions, registry: QueueRegistry, log: Log) {
    const { host, sink, actor, mutations } = options;
    this.log = log;
    this.registry = registry;
    this.#options = options;
    this.#journal = new Journal(log);
    this.#context = {
      clock: host.clock, timers: host.timers, random: host.random, sink, actor, store: registry.store, ids: registry.ids, serials: registry.serials, mutations, journal: this.#journal,
    };
    this.tasks = new MoveTasks({
      clock: host.clock, timers: host.timers, registry, journal: this.#journal, longestMicros: options.longestMoveTaskMicros ?? Infinity,
      queueAt: (number) => this.#queues[number - 1] as Queue,
      onTicked: () => options.listener.onTimerDone(),
    });
    for (const state of registry.queues) this.#add(new Queue(state, this.#context, options.listener));
  }

  /** What the node wants to know after a restart, by name. Null: no longer. */
  note(name: string, text: string | null): void {
    const { notes } = this.registry;
    if (text !== null) notes.set(name, text);
    else if (!notes.delete(name)) return;
    this.#journal.note(name, text);
  }

  /** Turns what the journal said into a running node: deadlines begin, `restore` and ledgers are reported. */
  start(recovery: LogRecovery): void {
    const { host, sink, actor, mutations } = this.#options;
    const now = host.clock.monotonicMicros();
    this.#recoverPush();
    for (const queue of this.#queues) {
      queue.state.startAt(mutations.deadlinesNotRebased ? 0 : now, host.clock.wallMicros());
      queue.emitRestored();
    }
    sink.emit(EventKind.recoverEnd, actor, 0, 0, 0, 0, recovery.records, recovery.truncatedBytes, recovery.corrupt.length);
    this.emitLedgers();
    for (const queue of this.#byName.values()) this.#connect(queue, now);
    this.tasks.resume();
  }

  /** Channels and what was not durable are gone with the process that was. */
  #recoverPush(): void {
    for (const queue of this.#queues) {
      if (queue.push === null || queue.state.isDeleted) continue;
      queue.push.recover();
      if (!queue.push.settings.isDurable) {
        queue.delete(this.#options.host.clock.wallMicros());
        this.#byName.delete(queue.state.name);
      }
    }
  }

  find(name: string): Queue | null {
    return this.#byName.get(name) ?? null;
  }

  /** Queues that are there. */
  get count(): number {
    return this.#byName.size;
  }

  /** Names in ascending order. */
  get names(): readonly string[] {
    return [...this.#byName.keys()].sort();
  }

  /** Whether some queue names this one as its dead-letter queue. */
  isDeadLetterQueue(name: string): boolean {
    return (this.#sources.get(name)?.size ?? 0) > 0;
  }

  /** Names of the queues that name this one as their dead-letter queue, in ascending order. */
  sourcesOf(name: string): readonly string[] {
    return [...(this.#sources.get(name) ?? [])].map(({ state }) => state.name).sort();
  }

  /** When a queue of this name was deleted last, by the wall clock; `-Infinity` for never. */
  deletedWallOf(name: string): number {
    return this.#deletedWall.get(name) ?? -Infinity;
  }

  /** Creates a queue, or gives the one of this name new settings. Leases already begun stay as they are. */
  declare(name: string, asked: QueueSettings): Queue {
    const settings = this.#options.mutations.fairQueueIsNot ? { ...asked, isFair: false } : asked;
    const known = this.find(name);
    if (known !== null && sameSettings(known.state.settings, settings)) return known;
    const { clock } = this.#options.host;
    const wallMicros = clock.wallMicros();
    const now = clock.monotonicMicros();
    // What was over before the change stands before it in the journal.
    if (known?.push === null) known.catchUp(now);
    const queue = known ?? new Queue(this.registry.create(name, settings, wallMicros), this.#context, this.#options.listener);
    this.#journal.queue(queue.state.number, name, settings, wallMicros);
    if (known === null) this.#add(queue);
    else {
      this.#forgetSource(queue);
      queue.applySettings(settings, wallMicros, now);
      this.#rememberSource(queue);
    }
    this.#connect(queue, now);
    if (known === null) this.#connectSources(name, now);
    return queue;
  }

  /** Drops a queue with everything in it; its name is free. */
  delete(queue: Queue, deletedWall = this.#options.host.clock.wallMicros()): void {
    const { name } = queue.state;
    queue.delete(deletedWall);
    this.#byName.delete(name);
    this.#forgetSource(queue);
    this.#noteDeletion(queue);
    this.#connectSources(name, this.#options.host.clock.monotonicMicros());
  }

  emitLedgers(): void {
    for (const queue of this.#byName.values()) queue.emitLedger();
  }

  /**
   * Writes a checkpoint when log and checkpoint together are mostly garbage; the log then removes its old segments. Called now
   * and then. Each checkpoint is paid for by at least as many bytes of records, so the cost for a message is constant.
   */
  checkpointIfWorthwhile(): void {
    if (this.#isCheckpointing) return;
    const storedBytes = this.log.sizeBytes + this.#checkpointBytes;
    const { liveBytes } = this.registry.store;
    const slackBytes = GARBAGE_SEGMENTS * this.#options.segmentBytes;
    const needsNumbers = this.#options.mayLoseRecords && (this.registry.ids.isRunningLow || this.registry.serials.isRunningLow);
    const isMostlyGarbage = storedBytes > liveBytes * GARBAGE_FACTOR + slackBytes;
    if (!(isMostlyGarbage || needsNumbers) || storedBytes <= this.#retryAboveBytes) return;
    this.checkpoint((error) => {
      // If it failed, the old one still holds; try again when the log has grown as much again.
      this.#retryAboveBytes = error === null ? 0 : storedBytes + slackBytes;
    });
  }

  /** Writes a checkpoint now; none may be under way. */
  checkpoint(onDone: (error: LogError | null) => void): void {
    const { liveBytes } = this.registry.store;
    this.#isCheckpointing = true;
    this.registry.serials.isRunningLow = false;
    this.log.checkpoint((writer) => writeSnapshot(this.registry, writer, this.#options.mayLoseRecords, this.#options.mutations), (error) => {
      this.#isCheckpointing = false;
      if (error === null) this.#checkpointBytes = liveBytes;
      onDone(error);
    });
  }

  stop(): void {
    this.tasks.stop();
    for (const queue of this.#queues) queue.stop();
  }

  #add(queue: Queue): void {
    this.#queues.push(queue);
    if (queue.state.isDeleted) return this.#noteDeletion(queue);
    this.#byName.set(queue.state.name, queue);
    this.#rememberSource(queue);
  }

  #noteDeletion({ state: { name, deletedWall } }: Queue): void {
    this.#deletedWall.set(name, Math.max(deletedWall, this.deletedWallOf(name)));
  }

  #rememberSource(queue: Queue): void {
    const { deadLetter } = queue.state.settings;
    if (deadLetter === null) return;
    const sources = this.#sources.get(deadLetter.queue) ?? new Set();
    this.#sources.set(deadLetter.queue, sources.add(queue));
  }

  #forgetSource(queue: Queue): void {
    const { deadLetter } = queue.state.settings;
    if (deadLetter !== null) this.#sources.get(deadLetter.queue)?.delete(queue);
  }

  /** Dead-letter queues are named in settings; a name may get its queue later. */
  #connect(queue: Queue, now: number): void {
    const { deadLetter } = queue.state.settings;
    queue.configure(deadLetter === null ? null : this.find(deadLetter.queue), now);
  }

  /** A queue of this name came or went. */
  #connectSources(name: string, now: number): void {
    for (const source of this.#sources.get(name) ?? []) this.#connect(source, now);
  }
}
