import { InstantDisk } from '../../../bench/instant/instant-disk.js';
import { InstantWorld } from '../../../bench/instant/instant-world.js';
import { LeaseBatch, NO_MUTATIONS, openQueues, type Queue, type Queues, type QueueSettings, sqs } from '../../../engine/index.js';
import { type LogOptions, openLog } from '../../../engine/log/index.js';
import type { QueueRegistry } from '../../../engine/queue/registry.js';
import { writeSnapshot } from '../../../engine/queue/snapshot.js';
import type { EventSink } from '../../../history/index.js';

const LOG: LogOptions = { directory: 'journal', segmentBytes: 1 << 20, maxBatchBytes: 1 << 16, epoch: 0, flush: { kind: 'always' } };

const SILENT: EventSink = { emit: () => {}, name: () => 1 };

/** A journalled set of queues without a broker around it. */
export class QueueNode {
  readonly world: InstantWorld;
  readonly disk: InstantDisk;
  readonly queues: Queues;
  readonly #batch = new LeaseBatch(10);

  constructor(world = new InstantWorld(), disk = new InstantDisk(world)) {
    this.world = world;
    this.disk = disk;
    let opened: Queues | null = null;
    openQueues({
      host: world.host('node', disk), sink: SILENT, actor: 1, policies: sqs.broker.queuePolicies, mutations: NO_MUTATIONS,
      segmentBytes: LOG.segmentBytes, listener: { onDeliverable: () => {}, onTimerDone: () => {} }, log: LOG, defaults: sqs.broker.queueDefaults,
    }, (error, queues) => {
      if (error !== null) throw error;
      opened = queues;
    });
    world.settle();
    if (opened === null) throw new Error('recovery did not end');
    this.queues = opened;
  }

  declare(name: string, settings: Partial<QueueSettings>): Queue {
    return this.queues.declare(name, { ...sqs.broker.queueDefaults, ...settings });
  }

  /** Message ids that were leased, with their handles' serials. */
  receive(queue: Queue, max: number, timeoutMicros: number): { id: number; serial: number; count: number }[] {
    queue.receive(max, timeoutMicros, 0, this.world.now, this.#batch);
    const { store } = this.queues.registry;
    return Array.from(this.#batch.slots.subarray(0, this.#batch.length), (slot) => ({
      id: store.messageId[slot]!, serial: store.serial[slot]!, count: store.count[slot]!,
    }));
  }

  /** Ids of the ready messages, in the order in which a receive would take them. */
  readyOrder(queue: Queue): number[] {
    queue.catchUp(this.world.now);
    const { store } = this.queues.registry;
    const ids: number[] = [];
    queue.state.forEach((slot) => {
      if (store.state[slot] === 0) ids.push(store.messageId[slot]!);
    });
    return ids;
  }

  /** What a loss of power at this moment leaves, as a node of its own. */
  recovered(): QueueNode {
    this.world.settle();
    return new QueueNode(this.world, this.disk.copyAfterPowerLoss());
  }
}

/** A registry as plain data: ready messages in their order, the others by id. Deadlines are left out: a recovery begins them anew. */
export function pictureOf(registry: Queues['registry']): object {
  const { store } = registry;
  return {
    lastId: registry.ids.last,
    tasks: registry.tasks.map((task) => ({ ...task })),
    queues: registry.queues.map((queue) => {
      const messages: { id: number; state: number }[] = [];
      queue.forEach((slot) => {
        const state = store.state[slot]!;
        messages.push({
          id: store.messageId[slot]!, state, ...{
            trace: store.trace[slot]!, count: store.count[slot]!, serial: store.serial[slot]!, sent: store.age.key[slot]!,
            origin: store.origin[slot]!, timeout: state === 0 ? 0 : store.timeoutMicros[slot]!, body: Array.from(store.body[slot]!),
          },
        });
      });
      const ready = messages.filter(({ state }) => state === 0);
      const others = messages.filter(({ state }) => state !== 0).sort((left, right) => left.id - right.id);
      return {
        name: queue.name, settings: queue.settings, counts: [queue.readyCount, queue.leasedCount, queue.delayedCount], messages: [...ready, ...others],
      };
    }),
  };
}

/** Every record of a journal, in order. */
export function recordsOf(node: QueueNode): Uint8Array[] {
  const records: Uint8Array[] = [];
  openLog(node.world.host('reader', node.disk.copyAfterPowerLoss()), LOG, {
    onCheckpoint: () => {
      throw new Error('this journal has a checkpoint');
    },
    onRecord: (_position, _view, bytes, offset, length) => records.push(bytes.slice(offset, offset + length)),
  }, (error) => {
    if (error !== null) throw error;
  });
  node.world.settle();
  return records;
}

/** What a checkpoint holds. */
export function snapshotOf(registry: QueueRegistry): Uint8Array {
  const bytes = new Uint8Array(1 << 16);
  let used = 0;
  const writer = { bytes, view: new DataView(bytes.buffer), reserve: (size: number) => (used += size) - size };
  writeSnapshot(registry, writer, false, NO_MUTATIONS);
  return bytes.slice(0, used);
}
