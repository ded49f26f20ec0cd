import type { CheckpointWriter } from '../log/index.js';
import type { Mutations } from '../mutants/index.js';
import type { MoveTaskState, QueueRegistry } from './registry.js';
import type { QueueSettings } from './settings.js';
import { State } from './states.js';

/**
 * A checkpoint of a registry. Little-endian:
 *
 *     u32 version · u32 length of the head · head, JSON · messages to the end
 *     message: state u8 · queue, origin, serial, count, length of the body u32 · id, trace, sentWall, timeoutMicros f64 · serialFloor u32 ·
 *     body
 *
 * Messages follow each other by queue, the ready ones of a queue in their order.
 */
const VERSION = 2;
const HEAD_AT = 8;
const MESSAGE_BYTES = 57;

interface Head {
  /** Ids up to this one may have been given. */
  readonly lastId: number;
  readonly lastTask: number;
  readonly queues: readonly { readonly name: string; readonly settings: QueueSettings }[];
  readonly tasks: readonly MoveTaskState[];
}

/** @param reservesIds when records may be lost after they were acted upon; see {@link MessageIds}. */
export function writeSnapshot(registry: QueueRegistry, writer: CheckpointWriter, reservesIds: boolean, mutations: Mutations): void {
  const { ids } = registry;
  const lastId = reservesIds ? ids.reserve() : ids.last;
  const head: Head = {
    lastId: mutations.messageIdGivenAgain ? ids.last : lastId,
    lastTask: registry.lastTask,
    queues: registry.queues.map(({ name, settings }) => ({ name, settings })),
    tasks: registry.tasks,
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const at = writer.reserve(HEAD_AT + text.length);
  writer.view.setUint32(at, VERSION, true);
  writer.view.setUint32(at + 4, text.length, true);
  writer.bytes.set(text, at + HEAD_AT);
  for (const queue of registry.queues) {
    queue.forEach((slot) => {
      const isForgotten = mutations.checkpointForgetsInFlight && registry.store.state[slot] === State.leased;
      if (!isForgotten) writeMessage(registry, slot, writer);
    });
  }
}

export function readSnapshot(registry: QueueRegistry, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(0, true);
  if (version !== VERSION) throw new SnapshotVersionError(version);
  const headEnd = HEAD_AT + view.getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_AT, headEnd))) as Head;
  registry.ids.saw(head.lastId);
  registry.lastTask = head.lastTask;
  registry.tasks.push(...head.tasks);
  for (const { name, settings } of head.queues) registry.create(name, settings);
  for (let at = headEnd; at < bytes.length;) at = readMessage(registry, view, bytes, at);
}

function writeMessage(registry: QueueRegistry, slot: number, writer: CheckpointWriter): void {
  const { store } = registry;
  const body = store.body[slot] as Uint8Array;
  const at = writer.reserve(MESSAGE_BYTES + body.length);
  const view = writer.view;
  view.setUint8(at, store.state[slot] as number);
  view.setUint32(at + 1, store.queue[slot] as number, true);
  view.setUint32(at + 5, store.origin[slot] as number, true);
  view.setUint32(at + 9, store.serial[slot] as number, true);
  view.setUint32(at + 13, store.count[slot] as number, true);
  view.setUint32(at + 17, body.length, true);
  view.setFloat64(at + 21, store.messageId[slot] as number, true);
  view.setFloat64(at + 29, store.trace[slot] as number, true);
  view.setFloat64(at + 37, store.age.key[slot] as number, true);
  view.setFloat64(at + 45, store.timeoutMicros[slot] as number, true);
  view.setUint32(at + 53, store.serialFloor[slot] as number, true);
  writer.bytes.set(body, at + MESSAGE_BYTES);
}

/** Returns where the next message begins. */
function readMessage(registry: QueueRegistry, view: DataView, bytes: Uint8Array, at: number): number {
  const { store } = registry;
  const bodyAt = at + MESSAGE_BYTES;
  const end = bodyAt + view.getUint32(at + 17, true);
  const queue = view.getUint32(at + 1, true);
  const slot = store.add(view.getFloat64(at + 21, true), view.getFloat64(at + 29, true), queue, bytes.slice(bodyAt, end));
  store.origin[slot] = view.getUint32(at + 5, true);
  store.serial[slot] = view.getUint32(at + 9, true);
  store.count[slot] = view.getUint32(at + 13, true);
  store.serialFloor[slot] = view.getUint32(at + 53, true);
  store.timeoutMicros[slot] = view.getFloat64(at + 45, true);
  registry.at(queue).restore(slot, view.getUint8(at), view.getFloat64(at + 37, true), 0);
  return end;
}

/** Thrown at a checkpoint of another version. */
export class SnapshotVersionError extends Error {
  readonly code = 'QL_QUEUE_SNAPSHOT_VERSION';
  constructor(version: number) {
    super(`The checkpoint has version ${version}; this version reads ${VERSION}.`);
    this.name = 'SnapshotVersionError';
  }
}
