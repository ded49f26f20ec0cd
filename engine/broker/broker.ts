import type { Connection, ConnectionHandler, Host } from '../host.js';
import type { FlushPolicy, LogOptions } from '../log/index.js';
import type { Mutations } from '../mutants/index.js';
import { openQueues, type QueueSettings, type Queues } from '../queue/index.js';
import { ChannelNode } from './channel/index.js';
import type { BrokerConfig, BrokerOptions } from './config.js';
import { Dispatcher } from './dispatcher.js';
import { KeepAlive } from './keep-alive.js';
import { BrokerNode } from './node.js';
import type { Request } from './protocol.js';
import { Session, type SessionOwner } from './session.js';
import { badSetting } from './settings-check.js';

const LOG_DIRECTORY = 'journal';
/** What one checksum covers at most, unless a single record is larger; so much a rotten byte costs. */
const MAX_BATCH_BYTES = 64 * 1024;

/** Messages of one queue, by state. */
export interface QueueDepth {
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
}

/**
 * A broker node: one incarnation of it, from boot to the end of its process.
 *
 * | state ╲ event | recovered | connection comes | storage fails | `shutDown` |
 * | ------------- | --------- | ---------------- | ------------- | ---------- |
 * | recovering    | serving   | – (not listening)| stopped       | stopped    |
 * | serving       | –         | serving          | stopped       | stopped    |
 * | stopped       | –         | –                | –             | –          |
 *
 * Stopped by its storage it answers nothing more: a failed sync says nothing of what is on the disk, so the only safe way on
 * is a new start from the disk. Who owns the process hears of it through `onFatal`, ends the process, and reports that
 * (`nodeStop`), as with every other end of a process.
 */
export class Broker implements SessionOwner {
  readonly #options: BrokerOptions;
  readonly #node: BrokerNode;
  readonly #dispatcher: Dispatcher;
  /** Null: clients speak in requests. */
  readonly #channels: ChannelNode | null;
  readonly #sessions = new Set<Session>();
  readonly #keepAlive: KeepAlive | null;
  #state: 'recovering' | 'serving' | 'stopped' = 'recovering';

  /**
   * Begins recovery at once; the node listens when it is done.
   *
   * @throws {QueueSettingsError} when a queue of the configuration cannot be
   */
  constructor(options: BrokerOptions) {
    const { sink, name, config } = options;
    const host = config.mutations?.wallClockDeadlines === true ? withWallClockOnly(options.host) : options.host;
    checkQueues(config);
    this.#options = options;
    this.#node = new BrokerNode(host, sink, name, config);
    this.#dispatcher = new Dispatcher(this.#node);
    this.#channels = config.channels === undefined ? null : new ChannelNode(this.#node, config.channels);
    const { keepAliveMicros } = config.limits;
    this.#keepAlive = keepAliveMicros === 0 ? null : new KeepAlive(host, keepAliveMicros, this.#sessions, (session) => session.end());
    openQueues({
      host, sink, actor: this.#node.actor, policies: config.queuePolicies, mutations: this.#node.mutations, segmentBytes: config.segmentBytes,
      listener: this.#node, longestMoveTaskMicros: config.queueLimits.longestMoveTaskMicros, log: logOptions(config, this.#node.mutations), defaults: config.queueDefaults,
    }, (error, queues) => {
      if (this.#state === 'stopped') queues?.log.close(() => {});
      else if (queues === null) this.#fail(error as Error);
      else this.#serve(queues);
    });
  }

  get isServing(): boolean {
    return this.#state === 'serving';
  }

  /** Zeros for a queue that is not there, or not yet. */
  queueDepth(name: string): QueueDepth {
    const state = this.#state === 'recovering' ? undefined : this.#node.queues.find(name)?.state;
    return { ready: state?.readyCount ?? 0, leased: state?.leasedCount ?? 0, delayed: state?.delayedCount ?? 0 };
  }

  /** Reports the counters of every queue, as `ledger` events. */
  emitLedger(): void {
    if (this.#state === 'serving') this.#node.queues.emitLedgers();
  }

  /** Ends the sessions, makes everything durable and calls back. */
  shutDown(callback: () => void): void {
    const wasServing = this.#state === 'serving';
    if (this.#state !== 'stopped') this.#stop();
    if (wasServing) this.#node.queues.log.close(() => callback());
    else callback();
  }

  onRequest(session: Session, request: Request): void {
    if (this.#state !== 'serving') return;
    if (this.#channels === null) this.#dispatcher.dispatch(session, request);
    else this.#channels.dispatch(session, request);
  }

  onSessionEnd(session: Session): void {
    this.#sessions.delete(session);
    if (this.#state !== 'serving') return;
    this.#channels?.endSession(session);
    this.#node.endSession(session);
    this.#node.servePolls();
  }

  #serve(queues: Queues): void {
    const { host, config, onReady } = this.#options;
    this.#node.recovered(queues);
    this.#state = 'serving';
    queues.log.setDurableListener({
      onDurable: (position) => {
        this.#node.onDurable(position);
        this.#channels?.onDurable(position);
      },
      onSyncBegins: (sizeBytes) => this.#node.onSyncBegins(sizeBytes),
      onSynced: (report) => this.#node.onSynced(report),
      onFailure: (error) => this.#fail(error),
    });
    for (const { name, settings } of config.queues) queues.declare(name, { ...config.queueDefaults, ...settings });
    this.#channels?.start();
    host.network.listen((connection) => this.#accept(connection));
    onReady?.();
  }

  #accept(connection: Connection): ConnectionHandler {
    const session = new Session(this, connection, this.#node.sink.name(connection.peer));
    if (this.#state !== 'serving' || this.#sessions.size >= this.#options.config.limits.maxSessions) session.close();
    else {
      this.#sessions.add(session);
      this.#channels?.accept(session);
      this.#keepAlive?.watch();
    }
    return session;
  }

  #fail(error: Error): void {
    if (this.#state === 'stopped') return;
    this.#stop();
    this.#options.onFatal(error);
  }

  #stop(): void {
    this.#state = 'stopped';
    this.#channels?.stop();
    this.#node.stop();
    this.#keepAlive?.stop();
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
  }
}

/** Thrown by a broker whose configuration names a queue with a setting out of its range. */
export class QueueSettingsError extends Error {
  readonly code = 'QL_BROKER_QUEUE_SETTINGS';
  constructor(queue: string, setting: string) {
    super(`The queue "${queue}" cannot be: its ${setting} is not allowed.`);
    this.name = 'QueueSettingsError';
  }
}

function checkQueues(config: BrokerConfig): void {
  const names = new Set(config.queues.map(({ name }) => name));
  for (const { name, settings } of config.queues) {
    const whole: QueueSettings = { ...config.queueDefaults, ...settings };
    if (config.queueLimits.queueNames[whole.kind]?.test(name) !== true) throw new QueueSettingsError(name, 'name');
    if (config.channels !== undefined) continue;
    const bad = badSetting(name, whole, config.queueLimits, config.queuePolicies);
    if (bad !== null) throw new QueueSettingsError(name, bad);
    if (whole.deadLetter === null) continue;
    const target = config.queues.find((queue) => queue.name === whole.deadLetter?.queue);
    const isOfKind = target !== undefined && (target.settings.kind ?? config.queueDefaults.kind) === whole.kind;
    if (!names.has(whole.deadLetter.queue) || !isOfKind) throw new QueueSettingsError(name, 'deadLetter');
  }
}

/** Mutant `wall-clock-deadlines`: deadlines and durations are measured on the clock that jumps. */
function withWallClockOnly(host: Host): Host {
  const wallMicros = (): number => host.clock.wallMicros();
  return { ...host, clock: { monotonicMicros: wallMicros, wallMicros } };
}

function logOptions(config: BrokerConfig, mutations: Mutations): LogOptions {
  const flush: FlushPolicy = config.flush === 'interval'
    ? { kind: 'interval', intervalMicros: config.flushIntervalMicros }
    : { kind: config.flush };
  return {
    directory: LOG_DIRECTORY, segmentBytes: config.segmentBytes, maxBatchBytes: Math.min(MAX_BATCH_BYTES, config.segmentBytes), epoch: 0, flush,
    mutations,
  };
}
