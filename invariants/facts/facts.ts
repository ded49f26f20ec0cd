import type { NameId, NameTable } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { SimulatedConfiguration } from '../contracts/configuration.js';
import { storedDurabilityOf } from '../contracts/loss.js';
import type { ClientContract, RunContract } from '../contracts/run-contract.js';
import { Activity } from './activity.js';
import { BrokerFacts } from './broker-facts.js';
import { CopyFacts } from './copy-facts.js';
import { CountedReturns } from './counted-returns.js';
import { GroupFacts } from './group-facts.js';
import { LateAcknowledgements } from './late-acknowledgements.js';
import { MessageFacts, Outcome } from './message-facts.js';
import { QueueFacts } from './queue-facts.js';
import { NO_SLOT } from './slot-table.js';
import { TwiceAcknowledged } from './twice-acknowledged.js';
import { UnaskedPublishes } from './unasked-publishes.js';

/** How far the end of the run has come. */
export interface DrainFacts {
  hasBegun: boolean;
  beganMicros: number;
  hasEnded: boolean;
  /** True when the queues were found empty. */
  isComplete: boolean;
}

/** Called for each stored copy that a recovery did not find, while it is still in the facts. */
export type VanishListener = (slot: number, nowMicros: number) => void;

/**
 * What is known of a run at the event that is being judged: everything up to it, without it. Invariants read it and change
 * nothing; each event is taken in (`updates.ts`) when all of them have seen it.
 */
export class Facts {
  readonly contract: RunContract;
  readonly names: Pick<NameTable, 'text' | 'find'>;
  readonly messages = new MessageFacts();
  readonly copies = new CopyFacts();
  /** Of queues whose handlers acknowledge first. */
  readonly lateAcknowledgements = new LateAcknowledgements();
  /** On channels. */
  readonly twiceAcknowledged = new TwiceAcknowledged();
  /** Places in message groups. */
  readonly groups = new GroupFacts();
  /** To queues with a delivery limit. */
  readonly returns: CountedReturns;
  readonly broker: BrokerFacts;
  readonly activity = new Activity();
  readonly drain: DrainFacts = { hasBegun: false, beganMicros: 0, hasEnded: false, isComplete: false };
  readonly vanishListeners: VanishListener[] = [];
  /** What attended the latest recovery that was allowed to come up short; null when none was. */
  allowance: Circumstance | null = null;
  /** What attends whatever a standard queue does and a strict one may not; null for a strict one. */
  readonly standard: Circumstance | null;
  /** Time of the latest event. */
  nowMicros = 0;
  readonly #queues: (QueueFacts | undefined)[] = [];
  readonly #exchanges: readonly string[];
  readonly #clients: ReadonlyMap<string, ClientContract>;
  readonly unasked = new UnaskedPublishes(this);

  constructor(contract: RunContract, names: Pick<NameTable, 'text' | 'find'>) {
    this.contract = contract;
    this.#exchanges = (contract.exchanges ?? []).map(({ name }) => name);
    this.#clients = new Map(contract.clients.map((client) => [client.name, client]));
    this.names = names;
    this.standard = contract.strict ? null : 'standard-queue';
    this.broker = new BrokerFacts(contract);
    this.returns = new CountedReturns(this);
  }

  queue(name: NameId): QueueFacts {
    return this.#queues[name] ?? this.#addQueue(name);
  }

  #addQueue(name: NameId): QueueFacts {
    while (this.#queues.length < name) this.#queues.push(undefined);
    const queue = new QueueFacts(name, this.names.text(name), this.contract, (id) => this.names.text(id));
    this.#queues[name] = queue;
    return queue;
  }

  forEachQueue(visit: (queue: QueueFacts) => void): void {
    for (const queue of this.#queues) if (queue !== undefined) visit(queue);
  }

  /** Producers send there, and it is no queue. */
  isExchange(name: NameId): boolean {
    return this.#exchanges.length > 0 && this.#exchanges.includes(this.names.text(name));
  }

  isBroker(name: NameId): boolean {
    return this.names.text(name) === this.broker.name;
  }

  /** True when a producer was told that the message of this copy is stored. */
  wasAcknowledged(copySlot: number): boolean {
    const slot = this.messages.find(this.copies.message[copySlot]!);
    return slot === NO_SLOT || this.messages.outcome[slot] === Outcome.ok;
  }

  /** The contract of a client; null when there is none of that name. */
  client(name: NameId): ClientContract | null {
    return this.#clients.get(this.names.text(name)) ?? null;
  }

  /** True when nobody was to be told that the message of this copy is stored. */
  isUnasked(copySlot: number): boolean {
    const slot = this.messages.find(this.copies.message[copySlot]!);
    return slot !== NO_SLOT && this.client(this.messages.producer[slot]!)?.asksNoConfirm === true;
  }

  /** The row of the durability matrix for a copy that its queue has: by its queue, and by the producer of its message. */
  durabilityOf(copySlot: number): SimulatedConfiguration {
    const slot = this.messages.find(this.copies.message[copySlot]!);
    const producer = slot === NO_SLOT ? null : this.client(this.messages.producer[slot]!);
    return storedDurabilityOf(this.contract, this.queue(this.copies.queue[copySlot]!).contract, producer);
  }

  /**
   * Since when, or from when on, a copy may be received. In a queue with groups the first of a group can be since it is the first; of the others
   * nobody can say as long as one before them may be in flight: `Infinity`.
   */
  availableSince(copySlot: number): number {
    const at = this.copies.availableAt[copySlot]!;
    if (!this.queue(this.copies.queue[copySlot]!).isFifo) return at;
    const group = this.groups.of(copySlot);
    return group?.head === copySlot ? Math.max(at, group.headSince) : Infinity;
  }

  /** For how long a copy could have been handed out and was not; at least this long. */
  neglectedMicros(copySlot: number, nowMicros: number): number {
    const since = this.availableSince(copySlot);
    return since >= nowMicros ? 0 : this.queue(this.copies.queue[copySlot]!).attendance.between(since, nowMicros);
  }

  /** By how much the broker's clock may misjudge a duration: one that is slow by a tenth takes ten ninths of it. */
  driftMicros(durationMicros: number): number {
    const { clockDrift } = this.contract;
    if (clockDrift === 0) return 0;
    return clockDrift >= 1 ? Infinity : Math.ceil((durationMicros * clockDrift) / (1 - clockDrift)) + 1;
  }
}
