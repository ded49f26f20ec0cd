import { EarlierReceives } from './earlier-receives.js';
import type { Envelope } from './envelope.js';
import { grownFloat64, grownInt32, Links, NONE } from './links.js';
import { MessageExtras } from './message-extras.js';
import { MessageIndex } from './message-index.js';
import type { MessageProperties } from './message-properties.js';
import { State } from './states.js';

const FIRST_CAPACITY = 128;
/** What a message takes in the journal beside its body, about, for the sum of what is alive. */
const OVERHEAD_BYTES = 96;

/**
 * All messages of a node, one slot each, as columns. Slots are used again; a message keeps its slot when it moves to another
 * queue. Bodies are kept by reference.
 */
export class MessageStore {
  /** {@link State}; `settled` for a free slot. */
  state = new Uint8Array(FIRST_CAPACITY).fill(State.settled);
  /** Number of the queue that holds the message. */
  queue = new Int32Array(FIRST_CAPACITY);
  /** Number of the queue from which it was dead-lettered; 0: none. */
  origin = new Int32Array(FIRST_CAPACITY);
  messageId = new Float64Array(FIRST_CAPACITY);
  trace = new Float64Array(FIRST_CAPACITY);
  /** Deliveries so far, over all queues. */
  count = new Int32Array(FIRST_CAPACITY);
  /** Serial of the newest receipt handle; 0: never received. */
  serial = new Int32Array(FIRST_CAPACITY);
  /** The next receipt handle gets a serial above this one: what a recovery says may have been given. */
  serialFloor = new Int32Array(FIRST_CAPACITY);
  /** Receipt handles up to this serial are of queues from which the message was moved; 0: it never was. */
  movedSerial = new Int32Array(FIRST_CAPACITY);
  /** Length of the present lease or delay. */
  timeoutMicros = new Float64Array(FIRST_CAPACITY);
  /** Monotonic time of the newest receive. */
  receivedAt = new Float64Array(FIRST_CAPACITY);
  /** Wall time of the first receive; 0: none yet, or a restart forgot it. */
  firstReceivedWall = new Float64Array(FIRST_CAPACITY);
  readonly body: (Uint8Array | null)[] = [];
  /** Of the messages of queues that push, and only of those. */
  readonly envelope: Envelope[] = [];
  /** Of those that came back from a consumer and do not count it: how often, by message id. */
  readonly excused = new Map<number, number>();
  /** Of those that came before the time to live of their queue was changed: theirs, by message id. A restart forgets it. */
  readonly timesToLive = new Map<number, number>();
  /** Of those that wait to be dead-lettered: what they are dead for (`MoveReason`), by message id. */
  readonly dead = new Map<number, number>();
  /** Place among the ready, delayed or leased messages of the queue; the key is the deadline of lease or delay. */
  readonly turn = new Links(FIRST_CAPACITY);
  /** Place in the queue's order of sending; the key is the wall time of the send. */
  readonly age = new Links(FIRST_CAPACITY);
  /** When messages were received before. */
  readonly earlierReceives = new EarlierReceives();
  /** Groups, sequence numbers, attributes. */
  readonly extras = new MessageExtras();

  readonly #index = new MessageIndex(this);
  #capacity = FIRST_CAPACITY;
  #used = 0;
  #free = NONE;
  #size = 0;
  #liveBytes = 0;

  /** Messages stored. */
  get size(): number {
    return this.#size;
  }

  /** About what a journal of only the living messages would take. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  get bodyBytes(): number {
    return this.#liveBytes - OVERHEAD_BYTES * this.#size;
  }

  /** The slot of a message, or {@link NONE}. */
  find(messageId: number): number {
    return this.#index.find(messageId);
  }

  /** A message with properties has its id for a sequence number at first. */
  add(messageId: number, trace: number, queue: number, body: Uint8Array, properties: MessageProperties | null): number {
    const slot = this.#take();
    this.queue[slot] = queue;
    this.origin[slot] = 0;
    this.messageId[slot] = messageId;
    this.trace[slot] = trace;
    this.count[slot] = 0;
    this.serial[slot] = 0;
    this.serialFloor[slot] = 0;
    this.movedSerial[slot] = 0;
    this.firstReceivedWall[slot] = 0;
    this.body[slot] = body;
    if (properties === null) this.extras.clear(slot);
    else this.extras.set(slot, properties.group, properties.deduplicationId, properties.attributes, messageId);
    this.#index.add(slot);
    this.#size++;
    this.#liveBytes += OVERHEAD_BYTES + body.length;
    return slot;
  }

  /** One more receive. `maxAgeMicros`: for how long the handle that it replaces may do something; 0: it does nothing from now on. */
  received(slot: number, serial: number, count: number, now: number, maxAgeMicros: number): void {
    const replaced = this.serial[slot] as number;
    if (replaced > 0 && maxAgeMicros > 0) this.earlierReceives.replaced(this.messageId[slot] as number, { serial: replaced, at: this.receivedAt[slot] as number }, now, maxAgeMicros);
    this.serial[slot] = serial;
    this.count[slot] = count;
    this.receivedAt[slot] = now;
  }

  /** After a recovery, which knows no times, all that was received grows old from now on. */
  receivedAgain(slot: number, now: number): void {
    this.receivedAt[slot] = now;
    this.earlierReceives.restart(this.messageId[slot] as number, now);
  }

  /** Null for a plain message. */
  propertiesOf(slot: number): MessageProperties | null {
    const { extras } = this;
    if (!extras.has(slot)) return null;
    return { group: extras.groupOf(slot), deduplicationId: extras.deduplicationId[slot] ?? null, attributes: extras.attributes[slot] ?? null };
  }

  /** The slot must be out of every list and order. */
  remove(slot: number): void {
    this.#index.remove(slot);
    this.earlierReceives.forget(this.messageId[slot] as number);
    this.#size--;
    this.#liveBytes -= OVERHEAD_BYTES + (this.body[slot] as Uint8Array).length;
    this.state[slot] = State.settled;
    this.body[slot] = null;
    this.turn.next[slot] = this.#free;
    this.#free = slot;
  }

  /** Every stored message's slot. */
  forEach(visit: (slot: number) => void): void {
    for (let slot = 0; slot < this.#used; slot++) if (this.state[slot] !== State.settled) visit(slot);
  }

  #take(): number {
    const free = this.#free;
    if (free !== NONE) {
      this.#free = this.turn.next[free] as number;
      return free;
    }
    if (this.#used === this.#capacity) this.#grow(this.#capacity * 2);
    this.body.push(null);
    return this.#used++;
  }

  #grow(capacity: number): void {
    const state = new Uint8Array(capacity).fill(State.settled, this.#capacity);
    state.set(this.state);
    this.state = state;
    this.queue = grownInt32(this.queue, capacity);
    this.origin = grownInt32(this.origin, capacity);
    this.messageId = grownFloat64(this.messageId, capacity);
    this.trace = grownFloat64(this.trace, capacity);
    this.count = grownInt32(this.count, capacity);
    this.serial = grownInt32(this.serial, capacity);
    this.serialFloor = grownInt32(this.serialFloor, capacity);
    this.movedSerial = grownInt32(this.movedSerial, capacity);
    this.timeoutMicros = grownFloat64(this.timeoutMicros, capacity);
    this.receivedAt = grownFloat64(this.receivedAt, capacity);
    this.firstReceivedWall = grownFloat64(this.firstReceivedWall, capacity);
    this.turn.grow(capacity);
    this.age.grow(capacity);
    this.#capacity = capacity;
  }
}
