import type { LogVisitor } from '../log/index.js';
import type { Mutations } from '../mutants/index.js';
import { EnvelopeCodec } from './envelope-format.js';
import { JournalKind, RECORD_BYTES } from './journal-format.js';
import { NONE } from './links.js';
import type { QueueState } from './queue-state.js';
import type { QueueRegistry } from './registry.js';
import type { QueueSettings } from './settings.js';
import type { MoveTaskStart } from './move-task-state.js';
import { PropertiesCodec } from './properties-format.js';
import { readSnapshot } from './snapshot.js';
import { Event } from './states.js';
import { changeTimeToLive } from './times-to-live.js';

/** Replay counts its time from here; `QueueState.startAt` makes times of it. */
const START = 0;

/**
 * Brings a registry to the state that a journal describes. A record may speak of a message that is not there when the record
 * of its birth was lost to corruption; such a record changes nothing.
 */
export class Replay implements LogVisitor {
  readonly #registry: QueueRegistry;
  readonly #mutations: Mutations;
  readonly #decoder = new TextDecoder();
  readonly #properties = new PropertiesCodec();
  readonly #envelopes = new EnvelopeCodec();

  constructor(registry: QueueRegistry, mutations: Mutations) {
    this.#registry = registry;
    this.#mutations = mutations;
  }

  onCheckpoint(bytes: Uint8Array): void {
    readSnapshot(this.#registry, bytes);
  }

  onRecord(_position: number, view: DataView, bytes: Uint8Array, offset: number, length: number): void {
    switch (view.getUint8(offset)) {
      case JournalKind.enqueue: return this.#enqueue(view, bytes, offset, length);
      case JournalKind.lease: return this.#lease(view, offset);
      case JournalKind.extend: return this.#extend(view, offset);
      case JournalKind.ready: return this.#ready(view, offset);
      case JournalKind.settle:
      case JournalKind.drop: return this.#remove(view, offset);
      case JournalKind.move: return this.#move(view, offset);
      case JournalKind.redrive: return this.#redrive(view, offset);
      case JournalKind.purge: return this.#purge(this.#registry.at(view.getUint32(offset + 1, true)));
      case JournalKind.queue: return this.#queue(view, bytes, offset, length);
      case JournalKind.taskStart: return this.#taskStart(view, bytes, offset, length);
      case JournalKind.taskEnd: return this.#taskEnd(view.getUint32(offset + 1, true));
      case JournalKind.enqueueWith: return this.#enqueueWith(view, bytes, offset, length);
      case JournalKind.moveTo: return this.#moveTo(view, offset);
      case JournalKind.queueDelete: return this.#queueDelete(view, offset);
      case JournalKind.publish: return this.#publish(view, bytes, offset, length);
      case JournalKind.excused: return this.#excused(view, offset);
      case JournalKind.setAside: return this.#setAside(view, offset);
      case JournalKind.timeToLive: return this.#timeToLive(view, offset);
      case JournalKind.note: return this.#note(view, bytes, offset, length);
      default: throw new JournalKindError(view.getUint8(offset));
    }
  }

  #enqueue(view: DataView, bytes: Uint8Array, at: number, length: number): void {
    const queue = this.#registry.at(view.getUint32(at + 1, true));
    const id = view.getFloat64(at + 5, true);
    const body = bytes.slice(at + RECORD_BYTES.enqueue, at + length);
    this.#registry.ids.saw(id);
    queue.add(id, view.getFloat64(at + 13, true), body, null, view.getFloat64(at + 21, true), view.getFloat64(at + 29, true), START);
  }

  #enqueueWith(view: DataView, bytes: Uint8Array, at: number, length: number): void {
    const queue = this.#registry.at(view.getUint32(at + 1, true));
    const id = view.getFloat64(at + 5, true);
    const { properties, sizeBytes } = this.#properties.decode(view, bytes, at + RECORD_BYTES.enqueue);
    const body = bytes.slice(at + RECORD_BYTES.enqueue + sizeBytes, at + length);
    const sentWall = view.getFloat64(at + 21, true);
    this.#registry.ids.saw(id);
    queue.add(id, view.getFloat64(at + 13, true), body, properties, sentWall, view.getFloat64(at + 29, true), START);
    queue.rememberSend(id, properties, START, sentWall);
  }

  #publish(view: DataView, bytes: Uint8Array, at: number, length: number): void {
    const queue = this.#registry.at(view.getUint32(at + 1, true));
    const id = view.getFloat64(at + 5, true);
    const envelopeEnd = at + RECORD_BYTES.publish + view.getUint32(at + 29, true);
    const envelope = this.#envelopes.decode(bytes, at + RECORD_BYTES.publish, envelopeEnd);
    this.#registry.ids.saw(id);
    queue.addRouted(id, view.getFloat64(at + 13, true), bytes.slice(envelopeEnd, at + length), envelope, view.getFloat64(at + 21, true));
  }

  #excused(view: DataView, at: number): void {
    const { store } = this.#registry;
    const id = view.getFloat64(at + 1, true);
    if (store.find(id) !== NONE) store.excused.set(id, (store.excused.get(id) ?? 0) + 1);
  }

  #setAside(view: DataView, at: number): void {
    const { store } = this.#registry;
    const id = view.getFloat64(at + 2, true);
    const slot = store.find(id);
    if (slot === NONE) return;
    const reason = view.getUint8(at + 1);
    const delayMicros = view.getFloat64(at + 10, true);
    if (reason !== 0) store.dead.set(id, reason);
    this.#queueOf(slot).setAside(slot, delayMicros, START + delayMicros);
  }

  #timeToLive(view: DataView, at: number): void {
    const micros = view.getFloat64(at + 5, true);
    changeTimeToLive(this.#registry.at(view.getUint32(at + 1, true)), this.#registry.store, micros === Infinity ? null : micros);
  }

  #note(view: DataView, bytes: Uint8Array, at: number, length: number): void {
    const [name, text] = this.#json(bytes, at, length) as readonly [string, string];
    if (view.getUint32(at + 1, true) === 1) this.#registry.notes.set(name, text);
    else this.#registry.notes.delete(name);
  }

  #lease(view: DataView, at: number): void {
    const slot = this.#registry.store.find(view.getFloat64(at + 9, true));
    if (slot === NONE) return;
    const queue = this.#queueOf(slot);
    queue.lease(slot, view.getUint32(at + 1, true), view.getUint32(at + 5, true), view.getFloat64(at + 17, true), START);
    if (this.#mutations.leaseForgottenAtRestart) queue.makeReady(slot, Event.expire);
  }

  #extend(view: DataView, at: number): void {
    const slot = this.#registry.store.find(view.getFloat64(at + 1, true));
    if (slot !== NONE) this.#queueOf(slot).extend(slot, view.getFloat64(at + 9, true), START);
  }

  #ready(view: DataView, at: number): void {
    const slot = this.#registry.store.find(view.getFloat64(at + 2, true));
    if (slot !== NONE) this.#queueOf(slot).makeReady(slot, view.getUint8(at + 1) as Event);
  }

  #remove(view: DataView, at: number): void {
    const slot = this.#registry.store.find(view.getFloat64(at + 1, true));
    if (slot !== NONE) this.#queueOf(slot).remove(slot);
  }

  #move(view: DataView, at: number): void {
    const slot = this.#registry.store.find(view.getFloat64(at + 5, true));
    if (slot === NONE) return;
    const { age } = this.#registry.store;
    const sequence = this.#registry.store.messageId[slot] as number;
    this.#queueOf(slot).moveTo(slot, this.#registry.at(view.getUint32(at + 1, true)), age.key[slot] as number, sequence);
  }

  #moveTo(view: DataView, at: number): void {
    const sequence = view.getFloat64(at + 13, true);
    this.#registry.ids.saw(sequence);
    const slot = this.#registry.store.find(view.getFloat64(at + 5, true));
    if (slot === NONE) return;
    this.#queueOf(slot).moveTo(slot, this.#registry.at(view.getUint32(at + 1, true)), view.getFloat64(at + 21, true), sequence);
  }

  #redrive(view: DataView, at: number): void {
    const { store, ids } = this.#registry;
    const newId = view.getFloat64(at + 17, true);
    ids.saw(newId);
    const task = this.#registry.tasks.find((candidate) => candidate.id === view.getUint32(at + 1, true));
    if (task !== undefined) task.moved++;
    const slot = store.find(view.getFloat64(at + 9, true));
    if (slot === NONE) return;
    const body = store.body[slot] as Uint8Array;
    const trace = store.trace[slot] as number;
    const properties = store.propertiesOf(slot);
    this.#queueOf(slot).remove(slot);
    const target = this.#registry.at(view.getUint32(at + 5, true));
    target.add(newId, trace, body, properties, view.getFloat64(at + 25, true), view.getFloat64(at + 33, true), START);
  }

  #purge(queue: QueueState): void {
    const slots: number[] = [];
    queue.forEach((slot) => slots.push(slot));
    for (const slot of slots) queue.remove(slot);
    queue.deduplication?.clear();
  }

  #queueDelete(view: DataView, at: number): void {
    const number = view.getUint32(at + 1, true);
    this.#purge(this.#registry.at(number));
    this.#registry.markDeleted(number, view.getFloat64(at + 5, true));
  }

  #queue(view: DataView, bytes: Uint8Array, at: number, length: number): void {
    const { name, settings, wallMicros } = this.#json(bytes, at, length) as { name: string; settings: QueueSettings; wallMicros: number };
    this.#registry.define(view.getUint32(at + 1, true), name, settings, wallMicros);
  }

  #taskStart(view: DataView, bytes: Uint8Array, at: number, length: number): void {
    const id = view.getUint32(at + 1, true);
    const start = this.#json(bytes, at, length) as MoveTaskStart;
    this.#registry.lastTask = Math.max(this.#registry.lastTask, id);
    this.#registry.tasks.push({ id, ...start, moved: 0 });
  }

  #taskEnd(id: number): void {
    const { tasks } = this.#registry;
    const index = tasks.findIndex((task) => task.id === id);
    if (index >= 0) tasks.splice(index, 1);
  }

  #json(bytes: Uint8Array, at: number, length: number): unknown {
    return JSON.parse(this.#decoder.decode(bytes.subarray(at + RECORD_BYTES.text, at + length)));
  }

  #queueOf(slot: number): QueueState {
    return this.#registry.at(this.#registry.store.queue[slot] as number);
  }
}

/** Thrown by a replay at a record of a kind that this version does not know: the journal is from a newer one. */
export class JournalKindError extends Error {
  readonly code = 'QL_QUEUE_JOURNAL_KIND';
  constructor(kind: number) {
    super(`The journal holds a record of kind ${kind}, which this version does not know.`);
    this.name = 'JournalKindError';
  }
}
