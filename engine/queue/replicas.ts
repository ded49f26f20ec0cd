import type { RandomPort } from '../host.js';
import type { MessageStore } from './message-store.js';
import type { ReplicaSettings } from './settings.js';
import { State } from './states.js';

/** The bits of all servers, however many there are. */
export const EVERY_SERVER = -1;

/** A server that has not heard of a receive: until then it may hand the message out as well. */
interface Behind {
  readonly slot: number;
  readonly messageId: number;
  readonly server: number;
  readonly until: number;
}

/**
 * The storage servers of a queue without order, and their mistakes (SQS: standard queues). Each message is at home on one server. A receive
 * hears of some servers first, chosen at random; a short poll leaves it at that. Now and then a receive or a delete does not reach
 * another server that keeps a copy. All chance is drawn from the node's own stream.
 *
 * | cause | what is seen |
 * | --- | --- |
 * | some servers are asked first | messages overtake each other |
 * | a short poll asks some servers only | an empty answer though messages are there |
 * | a server does not answer a long poll | the same, rarely |
 * | a server misses a receive | a second delivery while the first one's lease runs |
 * | a server misses a delete | a delivery after the delete was confirmed |
 * | counters are gathered now and then | counts that are a while old |
 */
export class Replicas {
  readonly settings: ReplicaSettings;
  readonly #random: RandomPort;
  /** Bits of the servers that the present receive hears first, */
  #sampled = 0;
  /** and of those that it may hear at all. */
  #reached = EVERY_SERVER;
  #behind: Behind[] = [];

  constructor(settings: ReplicaSettings, random: RandomPort) {
    this.settings = settings;
    this.#random = random;
  }

  /** The servers that a long poll hears, as bits. */
  drawReach(): number {
    const { servers, missedPoll } = this.settings;
    if (servers === 1 || missedPoll === 0 || this.#random.nextFloat() >= missedPoll) return EVERY_SERVER;
    return EVERY_SERVER & ~(1 << (this.#random.nextUint32() % servers));
  }

  /** Chooses the servers that a receive hears first, of those that it may hear at all. */
  sample(reach: number): void {
    const { servers, sampled } = this.settings;
    let chosen = 0;
    for (let left = sampled; left > 0;) {
      const bit = 1 << (this.#random.nextUint32() % servers);
      if ((chosen & bit) !== 0) continue;
      chosen |= bit;
      left--;
    }
    this.#sampled = chosen & reach;
    this.#reached = reach;
  }

  /** The others that it may hear answer, too. */
  askAll(): void {
    this.#sampled = this.#reached;
  }

  /** Whether one of the chosen servers has the message. */
  isSampled(messageId: number): boolean {
    return (this.#sampled & (1 << this.#homeOf(messageId))) !== 0;
  }

  /** A message was handed out: another server may not hear of it for a while. */
  received(slot: number, messageId: number, now: number): void {
    const { servers, missedReceive, staleMicros } = this.settings;
    if (servers === 1 || missedReceive === 0 || this.#random.nextFloat() >= missedReceive) return;
    this.#behind.push({ slot, messageId, server: this.#otherThan(messageId), until: now + staleMicros });
  }

  /** Leased messages that a chosen server takes for ready. Each is given out once. */
  takeStale(store: MessageStore, now: number, max: number): readonly number[] {
    if (this.#behind.length === 0) return [];
    this.#behind = this.#behind.filter(({ slot, messageId, until }) => now < until && store.messageId[slot] === messageId && store.state[slot] === State.leased);
    const seen = this.#behind.filter(({ server }) => (this.#sampled & (1 << server)) !== 0).slice(0, max);
    this.#behind = this.#behind.filter((entry) => !seen.includes(entry));
    return [...new Set(seen.map(({ slot }) => slot))];
  }

  /** Whether a server misses the delete that is under way. */
  missesDelete(): boolean {
    const { servers, missedDelete } = this.settings;
    return servers > 1 && missedDelete > 0 && this.#random.nextFloat() < missedDelete;
  }

  /** Consecutive ids are spread evenly. */
  #homeOf(messageId: number): number {
    return (Math.imul(messageId | 0, 0x9e3779b1) >>> 8) % this.settings.servers;
  }

  #otherThan(messageId: number): number {
    const { servers } = this.settings;
    return (this.#homeOf(messageId) + 1 + (this.#random.nextUint32() % (servers - 1))) % servers;
  }
}
