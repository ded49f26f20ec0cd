import type { NameId } from '../../history/index.js';

/** What is known of one message group as a tenant of a queue. */
interface TenantFact {
  readonly group: NameId;
  ready: number;
  inFlight: number;
  /** Since when it has something ready. */
  readySince: number;
  readonly busy: Busy;
}

/** Groups that have something in a queue, or had in the last minutes. */
export class QueueTenants {
  readonly #tenants = new Map<NameId, TenantFact>();
  /** Those that have something ready. */
  readonly #waiting = new Set<TenantFact>();
  readonly #busy = new Busy();

  of(group: NameId): TenantFact {
    let tenant = this.#tenants.get(group);
    if (tenant === undefined) {
      tenant = { group, ready: 0, inFlight: 0, readySince: 0, busy: new Busy() };
      this.#tenants.set(group, tenant);
    }
    return tenant;
  }

  /** One more is ready. */
  came(group: NameId, nowMicros: number): void {
    const tenant = this.of(group);
    if (tenant.ready === 0) tenant.readySince = nowMicros;
    tenant.ready++;
    this.#waiting.add(tenant);
  }

  /** One is ready no more. */
  left(group: NameId): void {
    const tenant = this.of(group);
    tenant.ready = Math.max(0, tenant.ready - 1);
    if (tenant.ready === 0) this.#waiting.delete(tenant);
  }

  /** One is in flight no more, after so long. */
  returned(group: NameId, micros: number, nowMicros: number): void {
    const tenant = this.of(group);
    tenant.inFlight = Math.max(0, tenant.inFlight - 1);
    tenant.busy.add(micros, nowMicros);
    this.#busy.add(micros, nowMicros);
  }

  /** A group that is quiet beyond doubt and waits since before now; null for none. */
  quietWaiting(leased: number, nowMicros: number): NameId | null {
    const all = this.#busy.recent(nowMicros);
    for (const { group, inFlight, readySince, busy } of this.#waiting) {
      if (readySince < nowMicros && inFlight < 0.1 * leased && inFlight < 30 && busy.recent(nowMicros) <= 0.05 * all) return group;
    }
    return null;
  }
}

/** Longer than what a queue calls recent, so that doubts are in the defendant's favour. */
const WINDOW_MICROS = 120_000_000;

/** Time in flight of the present window and the one before. */
class Busy {
  #window = 0;
  #present = 0;
  #before = 0;

  add(micros: number, nowMicros: number): void {
    this.#turn(nowMicros);
    this.#present += micros;
  }

  recent(nowMicros: number): number {
    this.#turn(nowMicros);
    return this.#present + this.#before;
  }

  #turn(nowMicros: number): void {
    const window = Math.floor(nowMicros / WINDOW_MICROS);
    if (window === this.#window) return;
    this.#before = window === this.#window + 1 ? this.#present : 0;
    this.#present = 0;
    this.#window = window;
  }
}
