import { EventKind } from '../../history/index.js';
import { type LogError, type LogOptions, type LogRecovery, missingRecords, openLog } from '../log/index.js';
import type { MessageStore } from './message-store.js';
import { Queues, type QueuesOptions } from './queues.js';
import { serialFloor } from './receipt-handle.js';
import { QueueRegistry } from './registry.js';
import { Replay } from './replay.js';
import type { QueueSettings } from './settings.js';

export interface OpenQueuesOptions extends Omit<QueuesOptions, 'mayLoseRecords'> {
  readonly log: LogOptions;
  /** For a queue whose record of creation was lost to corruption. */
  readonly defaults: QueueSettings;
}

/** Recovers a node's queues from its log. The node begins with exactly what the journal says. */
export function openQueues(options: OpenQueuesOptions, onReady: (error: LogError | null, queues: Queues | null) => void): void {
  const { host, sink, actor, policies, defaults } = options;
  const registry = new QueueRegistry(policies, defaults);
  sink.emit(EventKind.recoverBegin, actor, 0, 0, 0, 0, 0, 0, 0);
  openLog(host, options.log, new Replay(registry, options.mutations), (error, log, recovery) => {
    if (error !== null || log === null || recovery === null) {
      onReady(error, null);
      return;
    }
    reportDamage(options, recovery);
    const mayLoseRecords = options.log.flush.kind !== 'always';
    if (mayLoseRecords) reserveSerials(registry.store);
    const queues = new Queues({ ...options, mayLoseRecords }, registry, log);
    if (!mayLoseRecords) {
      queues.start(recovery);
      onReady(null, queues);
      return;
    }
    // Numbers of messages and receipt handles are set aside, on the disk, before the first is given.
    queues.checkpoint((failure) => {
      if (failure === null) queues.start(recovery);
      onReady(failure, failure === null ? queues : null);
    });
  });
}

/** Told before anything is written: a checkpoint does away with what is damaged, and who is killed after it has nothing to tell any more. */
function reportDamage({ sink, actor }: Pick<OpenQueuesOptions, 'sink' | 'actor'>, { corrupt }: LogRecovery): void {
  for (const corruption of corrupt) {
    sink.emit(EventKind.corruption, actor, 0, 0, 0, 0, corruption.position, corruption.lengthBytes, missingRecords(corruption) ?? -1);
  }
}

/** What a loss of power took may have held later receives of every message. */
function reserveSerials(store: MessageStore): void {
  store.forEach((slot) => {
    store.serialFloor[slot] = serialFloor(Math.max(store.serial[slot] as number, store.serialFloor[slot] as number));
  });
}
