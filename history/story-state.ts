import type { RawRow } from './event-row.js';
import { CopyState, EventKind, type HandleResult, MoveReason, type NameId, type StopCause } from './events.js';
import type { StoryLease } from './story-lease.js';
import { StoryRepeats } from './story-repeats.js';

/** A stored copy as its broker has it. */
export interface StoryCopy {
  readonly broker: NameId;
  queue: NameId;
  /** False from the beginning of a recovery until the copy is found in the journal. */
  confirmed: boolean;
}

/** A fault, from its beginning on. */
export interface StoryFault {
  readonly kind: NameId;
  readonly actor: NameId;
  readonly peer: NameId;
  /** Names of all machines on both sides. */
  readonly machines: readonly string[];
  /** Of a fault of a clock, how far or how fast; else 0. */
  readonly clockShift: number;
  readonly beganMicros: number;
  endedMicros: number | null;
}

/** A stop of a machine. */
export interface StoryStop {
  readonly atMicros: number;
  readonly cause: StopCause;
}

/** What has happened to the message, its leases and copies, and to the machines, up to a row of the story. */
export class StoryState {
  readonly #nameOf: (id: NameId) => string;
  readonly leases = new Map<number, StoryLease>();
  readonly repeats = new StoryRepeats(this.leases);
  readonly copies = new Map<number, StoryCopy>();
  readonly faults: StoryFault[] = [];
  readonly stops = new Map<NameId, StoryStop[]>();
  /** The brokers that have had to do with the message. */
  readonly brokers = new Set<NameId>();
  /** When a client last asked a broker for something concerning the message. */
  askedMicros = 0;
  effects = 0;
  deliveries = 0;
  /** True once the message was removed or dropped and no copy of it is stored. */
  ended = false;

  constructor(nameOf: (id: NameId) => string) {
    this.#nameOf = nameOf;
  }

  /** Names of the machines on both sides of an event: a fault of several has them joined by `+`. */
  machinesOf(row: RawRow): string[] {
    return [row.actor, row.peer].flatMap((id) => (id === 0 ? [] : this.#nameOf(id).split('+')));
  }

  /** Takes a row in. The story's words for it are chosen afterwards, and see it. */
  apply(row: RawRow): void {
    this.repeats.apply(row);
    this.#applyToClients(row);
    this.#endLeases(row);
    this.#applyToCopies(row);
    this.#applyToMachines(row);
  }

  #endLeases(row: RawRow): void {
    const isOne = row.kind === EventKind.leaseExpire || row.kind === EventKind.leaseRelease || row.kind === EventKind.settle;
    // A copy that a recovery found ready, or that came back after its deletion, is leased to nobody.
    const isEvery = (row.kind === EventKind.restore && row.b === CopyState.ready) || row.kind === EventKind.reappear;
    for (const [handle, lease] of this.leases) if ((isOne && handle === row.a) || (isEvery && lease.copy === row.copy)) lease.endedMicros ??= row.timeMicros;
  }

  #applyToClients(row: RawRow): void {
    const lease = this.leases.get(row.a);
    switch (row.kind) {
      case EventKind.leaseGrant:
        this.leases.set(row.a, {
          ordinal: this.leases.size + 1, consumer: row.peer, copy: row.copy, grantedMicros: row.timeMicros, since: this.repeats.takeReturn(row.copy),
          endedMicros: null, untilMicros: row.timeMicros + row.c, deliveredMicros: null, handleStartMicros: null, handled: null, ackedMicros: null, nackedMicros: null,
        });
        break;
      case EventKind.leaseExtend:
        if (lease) lease.untilMicros = row.timeMicros + row.c;
        break;
      case EventKind.deliver:
        this.deliveries++;
        if (lease) lease.deliveredMicros = row.timeMicros;
        break;
      case EventKind.handleStart:
        if (lease) lease.handleStartMicros = row.timeMicros;
        break;
      case EventKind.handleEnd:
        if (lease) lease.handled = { atMicros: row.timeMicros, result: row.b as HandleResult };
        break;
      case EventKind.ackInvoke:
        if (lease) lease.ackedMicros = row.timeMicros;
        this.askedMicros = row.timeMicros;
        break;
      case EventKind.nackInvoke:
        if (lease) lease.nackedMicros = row.timeMicros;
        this.askedMicros = row.timeMicros;
        break;
      case EventKind.sendInvoke:
      case EventKind.sendAttempt:
      case EventKind.extendInvoke:
        this.askedMicros = row.timeMicros;
        break;
      case EventKind.effect:
        if (row.b !== 0) this.effects++;
        break;
      default:
    }
  }

  #applyToCopies(row: RawRow): void {
    switch (row.kind) {
      case EventKind.accept:
      case EventKind.restore:
      case EventKind.reappear:
        this.copies.set(row.copy, { broker: row.actor, queue: row.dest, confirmed: true });
        this.brokers.add(row.actor);
        this.ended = false;
        break;
      case EventKind.move: {
        const copy = this.copies.get(row.copy);
        // A redrive stores a new copy, which has its own accept.
        if (row.b !== MoveReason.limit) this.copies.delete(row.copy);
        else if (copy) copy.queue = row.peer;
        break;
      }
      case EventKind.settle:
      case EventKind.drop:
        this.copies.delete(row.copy);
        this.ended = this.copies.size === 0;
        break;
      case EventKind.recoverBegin:
        for (const copy of this.copies.values()) if (this.#concerns(row, copy)) copy.confirmed = false;
        break;
      default:
    }
  }

  #applyToMachines(row: RawRow): void {
    switch (row.kind) {
      case EventKind.nodeStop:
        this.stops.set(row.actor, [...(this.stops.get(row.actor) ?? []), { atMicros: row.timeMicros, cause: row.a as StopCause }]);
        break;
      case EventKind.faultBegin:
        this.faults.push({
          kind: row.b, actor: row.actor, peer: row.peer, machines: this.machinesOf(row), clockShift: row.c, beganMicros: row.timeMicros, endedMicros: null,
        });
        break;
      case EventKind.faultEnd:
        for (const fault of this.faults) {
          const same = fault.kind === row.b && fault.actor === row.actor && fault.peer === row.peer;
          if (same && fault.endedMicros === null) fault.endedMicros = row.timeMicros;
        }
        break;
      default:
    }
  }

  #concerns(recovery: RawRow, copy: StoryCopy): boolean {
    return copy.broker === recovery.actor && (recovery.dest === 0 || recovery.dest === copy.queue);
  }

  /** Takes out and returns the copies that a recovery which ends with this row did not find. */
  takeLost(recovery: RawRow): number[] {
    const lost: number[] = [];
    for (const [id, copy] of this.copies) if (!copy.confirmed && this.#concerns(recovery, copy)) lost.push(id);
    for (const id of lost) this.copies.delete(id);
    return lost;
  }

  /** The machine's first stop at this time or later: what it was doing ended then, whatever befell it afterwards. */
  stopSince(machine: NameId, sinceMicros: number): StoryStop | null {
    return this.stops.get(machine)?.find(({ atMicros }) => atMicros >= sinceMicros) ?? null;
  }

  /** The latest fault that was on this machine at this time or later. */
  faultSince(machine: NameId, sinceMicros: number): StoryFault | null {
    const name = this.#nameOf(machine);
    for (let i = this.faults.length - 1; i >= 0; i--) {
      const fault = this.faults[i]!;
      if (fault.machines.includes(name) && (fault.endedMicros === null || fault.endedMicros >= sinceMicros)) return fault;
    }
    return null;
  }
}
