import type { Log } from '../log/index.js';
import type { Envelope } from './envelope.js';
import { EnvelopeCodec } from './envelope-format.js';
import { JournalKind, RECORD_BYTES } from './journal-format.js';
import type { MessageProperties } from './message-properties.js';
import type { MoveTaskStart } from './move-task-state.js';
import { PropertiesCodec } from './properties-format.js';
import type { Event } from './states.js';
import type { QueueSettings } from './settings.js';

/** Encodes what the queues do, each change as one record, straight into the log's buffer. The layouts are in `journal-format.ts`. */
export class Journal {
  readonly #log: Log;
  readonly #encoder = new TextEncoder();
  readonly #properties = new PropertiesCodec();
  readonly #envelopes = new EnvelopeCodec();

  constructor(log: Log) {
    this.#log = log;
  }

  enqueue(queue: number, messageId: number, trace: number, sentWall: number, delayMicros: number, body: Uint8Array): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.enqueue + body.length);
    const view = log.view;
    view.setUint8(at, JournalKind.enqueue);
    view.setUint32(at + 1, queue, true);
    view.setFloat64(at + 5, messageId, true);
    view.setFloat64(at + 13, trace, true);
    view.setFloat64(at + 21, sentWall, true);
    view.setFloat64(at + 29, delayMicros, true);
    log.bytes.set(body, at + RECORD_BYTES.enqueue);
    log.endRecord();
  }

  enqueueWith(
    queue: number, messageId: number, trace: number, sentWall: number, delayMicros: number, properties: MessageProperties, body: Uint8Array,
  ): void {
    const log = this.#log;
    const encoded = this.#properties.encode(properties.group, properties.deduplicationId, properties.attributes);
    const at = log.beginRecord(RECORD_BYTES.enqueue + encoded.length + body.length);
    const view = log.view;
    view.setUint8(at, JournalKind.enqueueWith);
    view.setUint32(at + 1, queue, true);
    view.setFloat64(at + 5, messageId, true);
    view.setFloat64(at + 13, trace, true);
    view.setFloat64(at + 21, sentWall, true);
    view.setFloat64(at + 29, delayMicros, true);
    log.bytes.set(encoded, at + RECORD_BYTES.enqueue);
    log.bytes.set(body, at + RECORD_BYTES.enqueue + encoded.length);
    log.endRecord();
  }

  publish(queue: number, messageId: number, trace: number, sentWall: number, envelope: Envelope, body: Uint8Array): void {
    const log = this.#log;
    const encoded = this.#envelopes.encode(envelope);
    const at = log.beginRecord(RECORD_BYTES.publish + encoded.length + body.length);
    const view = log.view;
    view.setUint8(at, JournalKind.publish);
    view.setUint32(at + 1, queue, true);
    view.setFloat64(at + 5, messageId, true);
    view.setFloat64(at + 13, trace, true);
    view.setFloat64(at + 21, sentWall, true);
    view.setUint32(at + 29, encoded.length, true);
    log.bytes.set(encoded, at + RECORD_BYTES.publish);
    log.bytes.set(body, at + RECORD_BYTES.publish + encoded.length);
    log.endRecord();
  }

  excused(messageId: number): void {
    this.#message(JournalKind.excused, messageId);
  }

  /** `reason`: what it is dead for, a `MoveReason`; 0: it will be ready again. */
  setAside(messageId: number, reason: number, delayMicros: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.setAside);
    const view = log.view;
    view.setUint8(at, JournalKind.setAside);
    view.setUint8(at + 1, reason);
    view.setFloat64(at + 2, messageId, true);
    view.setFloat64(at + 10, delayMicros, true);
    log.endRecord();
  }

  /** Null: none. */
  timeToLive(queue: number, micros: number | null): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.timeToLive);
    log.view.setUint8(at, JournalKind.timeToLive);
    log.view.setUint32(at + 1, queue, true);
    log.view.setFloat64(at + 5, micros ?? Infinity, true);
    log.endRecord();
  }

  lease(messageId: number, serial: number, count: number, timeoutMicros: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.lease);
    const view = log.view;
    view.setUint8(at, JournalKind.lease);
    view.setUint32(at + 1, serial, true);
    view.setUint32(at + 5, count, true);
    view.setFloat64(at + 9, messageId, true);
    view.setFloat64(at + 17, timeoutMicros, true);
    log.endRecord();
  }

  extend(messageId: number, timeoutMicros: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.extend);
    const view = log.view;
    view.setUint8(at, JournalKind.extend);
    view.setFloat64(at + 1, messageId, true);
    view.setFloat64(at + 9, timeoutMicros, true);
    log.endRecord();
  }

  ready(messageId: number, cause: Event): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.ready);
    const view = log.view;
    view.setUint8(at, JournalKind.ready);
    view.setUint8(at + 1, cause);
    view.setFloat64(at + 2, messageId, true);
    log.endRecord();
  }

  settle(messageId: number): void {
    this.#message(JournalKind.settle, messageId);
  }

  drop(messageId: number): void {
    this.#message(JournalKind.drop, messageId);
  }

  /** Out of one queue and into another: one record, so that no crash can leave the message in both or in none. */
  move(messageId: number, target: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.move);
    const view = log.view;
    view.setUint8(at, JournalKind.move);
    view.setUint32(at + 1, target, true);
    view.setFloat64(at + 5, messageId, true);
    log.endRecord();
  }

  /** The same, with a new place and age in the other queue. */
  moveTo(messageId: number, target: number, sequence: number, sentWall: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.moveTo);
    const view = log.view;
    view.setUint8(at, JournalKind.moveTo);
    view.setUint32(at + 1, target, true);
    view.setFloat64(at + 5, messageId, true);
    view.setFloat64(at + 13, sequence, true);
    view.setFloat64(at + 21, sentWall, true);
    log.endRecord();
  }

  /** The old message is gone and a new one with the same body is in the target: one record, too. */
  redrive(task: number, messageId: number, target: number, newId: number, sentWall: number, delayMicros: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.redrive);
    const view = log.view;
    view.setUint8(at, JournalKind.redrive);
    view.setUint32(at + 1, task, true);
    view.setUint32(at + 5, target, true);
    view.setFloat64(at + 9, messageId, true);
    view.setFloat64(at + 17, newId, true);
    view.setFloat64(at + 25, sentWall, true);
    view.setFloat64(at + 33, delayMicros, true);
    log.endRecord();
  }

  purge(queue: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.purge);
    log.view.setUint8(at, JournalKind.purge);
    log.view.setUint32(at + 1, queue, true);
    log.endRecord();
  }

  queueDelete(queue: number, wallMicros: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.queueDelete);
    log.view.setUint8(at, JournalKind.queueDelete);
    log.view.setUint32(at + 1, queue, true);
    log.view.setFloat64(at + 5, wallMicros, true);
    log.endRecord();
  }

  /** A queue was created or configured. */
  queue(queue: number, name: string, settings: QueueSettings, wallMicros: number): void {
    this.#text(JournalKind.queue, queue, JSON.stringify({ name, settings, wallMicros }));
  }

  taskStart(task: number, start: MoveTaskStart): void {
    this.#text(JournalKind.taskStart, task, JSON.stringify(start));
  }

  taskEnd(task: number): void {
    this.#text(JournalKind.taskEnd, task, '');
  }

  /** Null: what was noted under this name is over. */
  note(name: string, text: string | null): void {
    this.#text(JournalKind.note, text === null ? 0 : 1, JSON.stringify([name, text ?? '']));
  }

  #message(kind: JournalKind, messageId: number): void {
    const log = this.#log;
    const at = log.beginRecord(RECORD_BYTES.message);
    log.view.setUint8(at, kind);
    log.view.setFloat64(at + 1, messageId, true);
    log.endRecord();
  }

  #text(kind: JournalKind, subject: number, text: string): void {
    const log = this.#log;
    const bytes = this.#encoder.encode(text);
    const at = log.beginRecord(RECORD_BYTES.text + bytes.length);
    log.view.setUint8(at, kind);
    log.view.setUint32(at + 1, subject, true);
    log.bytes.set(bytes, at + RECORD_BYTES.text);
    log.endRecord();
  }
}
