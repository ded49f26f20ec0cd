import type { CheckpointWriter } from '../log/index.js';
import type { Mutations } from '../mutants/index.js';
import type { Envelope } from './envelope.js';
import type { QueueState } from './queue-state.js';
import type { MoveTaskState } from './move-task-state.js';
import type { QueueRegistry } from './registry.js';
import { PropertiesCodec } from './properties-format.js';
import type { QueueSettings } from './settings.js';
import { State } from './states.js';

/**
 * A checkpoint of a registry. Little-endian:
 *
 *     u32 version · u32 length of the head · head, JSON · messages to the end
 *     message: state u8 · queue, origin, serial, count, length of the body u32 · id, trace, sentWall, timeoutMicros f64 · serialFloor u32 ·
 *              moved: the last serial before u32 · with properties: sequence f64 · properties, as in the journal · body · routed: length u32 · JSON of the envelope, and how often excused
 *
 * A message with properties has 128 added to its state, one that was routed 64, one that was moved 32. Messages follow each other by queue, the ready ones of a queue in their order.
 */
const VERSION = 5;
const WITH_PROPERTIES = 128;
const ROUTED = 64;
const MOVED = 32;
const MOVED_BYTES = 4;
const SEQUENCE_BYTES = 8;
const HEAD_AT = 8;
const MESSAGE_BYTES = 57;

interface Head {
  /** Ids up to this one may have been given. */
  readonly lastId: number;
  readonly lastTask: number;
  readonly queues: readonly HeadQueue[];
  readonly tasks: readonly MoveTaskState[];
  /** Left out: there are none. */
  readonly notes?: readonly (readonly [string, string])[];
}

interface HeadQueue {
  readonly name: string;
  readonly settings: QueueSettings;
  /** As it was when the queue was created. */
  readonly scope: QueueSettings['deduplicationScope'];
  /** Wall times; null: it is there. */
  readonly createdWall: number;
  readonly modifiedWall: number;
  /** The time to live in force; left out: as it was declared. */
  readonly timeToLive?: number | null;
  readonly deletedWall: number | null;
  /** What the deduplication window holds: key, message id, wall time. */
  readonly sends: readonly (readonly [string, number, number])[];
}

/** @param reservesIds when records may be lost after they were acted upon; see {@link MessageIds}. */
export function writeSnapshot(registry: QueueRegistry, writer: CheckpointWriter, reservesIds: boolean, mutations: Mutations): void {
  const { ids } = registry;
  const lastId = reservesIds ? ids.reserve() : ids.last;
  const head: Head = {
    lastId: mutations.messageIdGivenAgain ? ids.last : lastId,
    lastTask: registry.lastTask,
    queues: registry.queues.map(headOf),
    tasks: registry.tasks,
    ...(registry.notes.size === 0 ? {} : { notes: [...registry.notes] }),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const at = writer.reserve(HEAD_AT + text.length);
  writer.view.setUint32(at, VERSION, true);
  writer.view.setUint32(at + 4, text.length, true);
  writer.bytes.set(text, at + HEAD_AT);
  const codec = new PropertiesCodec();
  for (const queue of registry.queues) {
    queue.forEach((slot) => {
      const isForgotten = mutations.checkpointForgetsInFlight && registry.store.state[slot] === State.leased;
      if (!isForgotten) writeMessage(registry, slot, writer, codec, queue.policy.push === undefined ? null : routedPart(registry, slot));
    });
  }
}

function headOf({ name, settings, deduplication, isDeleted, createdWall, modifiedWall, deletedWall, timeToLiveInForce }: QueueState): HeadQueue {
  const sends = (deduplication?.entries() ?? []).map(({ key, messageId, acceptedWall }) => [key, messageId, acceptedWall] as const);
  const scope = deduplication?.scope ?? settings.deduplicationScope;
  return { name, settings, scope, createdWall, modifiedWall, deletedWall: isDeleted ? deletedWall : null, sends, ...(timeToLiveInForce === undefined ? {} : { timeToLive: timeToLiveInForce }) };
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
  for (const [name, text] of head.notes ?? []) registry.notes.set(name, text);
  for (const queue of head.queues) readQueue(registry, queue);
  const codec = new PropertiesCodec();
  for (let at = headEnd; at < bytes.length;) at = readMessage(registry, view, bytes, at, codec);
}

function readQueue(registry: QueueRegistry, { name, settings, scope, createdWall, modifiedWall, deletedWall, sends, timeToLive }: HeadQueue): void {
  const state = registry.create(name, { ...settings, deduplicationScope: scope }, createdWall);
  state.configure(settings, modifiedWall, 0);
  state.modifiedWall = modifiedWall;
  state.timeToLiveInForce = timeToLive;
  if (deletedWall !== null) registry.markDeleted(state.number, deletedWall);
  for (const [key, messageId, acceptedWall] of sends) state.deduplication?.add(key, messageId, 0, acceptedWall);
}

interface RoutedPart {
  readonly envelope: Envelope;
  readonly excused: number;
  /** What it is dead for; left out: it is not. */
  readonly dead?: number;
  /** With which time to live it came, where another one counts now; null: none. */
  readonly ttl?: number | null;
}

function routedPart({ store }: QueueRegistry, slot: number): Uint8Array {
  const id = store.messageId[slot] as number;
  const dead = store.dead.get(id);
  const ttl = store.timesToLive.get(id);
  const part: RoutedPart = { envelope: store.envelope[slot] as Envelope, excused: store.excused.get(id) ?? 0, ...(dead === undefined ? {} : { dead }), ...(ttl === undefined ? {} : { ttl: ttl === Infinity ? null : ttl }) };
  return new TextEncoder().encode(JSON.stringify(part));
}

function readRoutedPart({ store }: QueueRegistry, slot: number, bytes: Uint8Array): void {
  const { envelope, excused, dead, ttl } = JSON.parse(new TextDecoder().decode(bytes)) as RoutedPart;
  store.envelope[slot] = envelope;
  if (excused > 0) store.excused.set(store.messageId[slot] as number, excused);
  if (ttl !== undefined) store.timesToLive.set(store.messageId[slot] as number, ttl ?? Infinity);
  if (dead !== undefined) store.dead.set(store.messageId[slot] as number, dead);
}

function writeMessage(registry: QueueRegistry, slot: number, writer: CheckpointWriter, codec: PropertiesCodec, routed: Uint8Array | null): void {
  const { store } = registry;
  const { extras } = store;
  const body = store.body[slot] as Uint8Array;
  const properties = extras.has(slot) ? codec.encode(extras.groupOf(slot), extras.deduplicationId[slot] ?? null, extras.attributes[slot] ?? null) : null;
  const movedSerial = store.movedSerial[slot] as number;
  const propertiesAt = MESSAGE_BYTES + (movedSerial === 0 ? 0 : MOVED_BYTES);
  const bodyFrom = propertiesAt + (properties === null ? 0 : SEQUENCE_BYTES + properties.length);
  const routedBytes = routed === null ? 0 : 4 + routed.length;
  const at = writer.reserve(bodyFrom + body.length + routedBytes);
  const view = writer.view;
  const flags = (properties === null ? 0 : WITH_PROPERTIES) + (routed === null ? 0 : ROUTED) + (movedSerial === 0 ? 0 : MOVED);
  view.setUint8(at, (store.state[slot] as number) + flags);
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
  if (movedSerial !== 0) view.setUint32(at + MESSAGE_BYTES, movedSerial, true);
  if (properties !== null) {
    view.setFloat64(at + propertiesAt, extras.sequence[slot] as number, true);
    writer.bytes.set(properties, at + propertiesAt + SEQUENCE_BYTES);
  }
  const bodyAt = at + bodyFrom;
  writer.bytes.set(body, bodyAt);
  if (routed === null) return;
  view.setUint32(bodyAt + body.length, routed.length, true);
  writer.bytes.set(routed, bodyAt + body.length + 4);
}

/** Returns where the next message begins. */
function readMessage(registry: QueueRegistry, view: DataView, bytes: Uint8Array, at: number, codec: PropertiesCodec): number {
  const { store } = registry;
  const tag = view.getUint8(at);
  const isMoved = (tag & MOVED) !== 0;
  const propertiesAt = at + MESSAGE_BYTES + (isMoved ? MOVED_BYTES : 0);
  const extra = tag < WITH_PROPERTIES ? null : codec.decode(view, bytes, propertiesAt + SEQUENCE_BYTES);
  const bodyAt = propertiesAt + (extra === null ? 0 : SEQUENCE_BYTES + extra.sizeBytes);
  const end = bodyAt + view.getUint32(at + 17, true);
  const queue = view.getUint32(at + 1, true);
  const body = bytes.slice(bodyAt, end);
  const slot = store.add(view.getFloat64(at + 21, true), view.getFloat64(at + 29, true), queue, body, extra?.properties ?? null);
  if (isMoved) store.movedSerial[slot] = view.getUint32(at + MESSAGE_BYTES, true);
  if (extra !== null) store.extras.sequence[slot] = view.getFloat64(propertiesAt, true);
  store.origin[slot] = view.getUint32(at + 5, true);
  store.serial[slot] = view.getUint32(at + 9, true);
  store.count[slot] = view.getUint32(at + 13, true);
  store.serialFloor[slot] = view.getUint32(at + 53, true);
  store.timeoutMicros[slot] = view.getFloat64(at + 45, true);
  const isRouted = (tag & ROUTED) !== 0;
  const routedEnd = isRouted ? end + 4 + view.getUint32(end, true) : end;
  if (isRouted) readRoutedPart(registry, slot, bytes.subarray(end + 4, routedEnd));
  registry.at(queue).restore(slot, tag % MOVED, view.getFloat64(at + 37, true), 0);
  return routedEnd;
}

/** Thrown at a checkpoint of another version. */
export class SnapshotVersionError extends Error {
  readonly code = 'QL_QUEUE_SNAPSHOT_VERSION';
  constructor(version: number) {
    super(`The checkpoint has version ${version}; this version reads ${VERSION}.`);
    this.name = 'SnapshotVersionError';
  }
}
