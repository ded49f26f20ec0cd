import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import { SlotList } from './slot-list.js';
import { BusyTime, Tenant } from './tenant.js';

/** A tenant with more than this share of what is in flight, */
const NOISY_SHARE = 0.1;
/** and at least so many messages in flight, is noisy; so is one with more than the share of the recent processing time. */
const NOISY_IN_FLIGHT = 30;
/** It is quiet again when it has sent nothing for so long. */
const QUIET_AFTER_MICROS = 300_000_000;

/**
 * Fairness among message groups, which are tenants here (SQS: fair queues). Messages of quiet tenants, and those without a group, are taken in the
 * order of their arrival; only when none waits, those of noisy tenants, of the one with the fewest in flight first. Nobody is dropped or slowed.
 *
 * | a tenant is ╲ event | share passes the limit | share falls below it | its last ready message is taken | it sent nothing for five minutes |
 * | ----- | ----- | ----- | ----- | ----- |
 * | quiet | noisy | quiet | quiet | quiet |
 * | noisy | noisy | noisy | quiet | quiet |
 */
export class FairOrder implements DeliveryOrder {
  readonly #store: MessageStore;
  readonly #time: { readonly now: number };
  readonly #tenants = new Map<string, Tenant>();
  readonly #quiet: SlotList;
  readonly #noisy: Tenant[] = [];
  readonly #busy = new BusyTime();
  /** Tenants of which the present receive has left messages where they are. */
  #passedBy: Tenant[] = [];
  #inFlight = 0;

  /** `time.now` is monotonic. */
  constructor(store: MessageStore, time: { readonly now: number }) {
    this.#store = store;
    this.#time = time;
    this.#quiet = new SlotList(store.turn);
  }

  get first(): number {
    if (this.#passedBy.length > 0) this.#beginAnew();
    if (this.#noisy.length > 0) this.#hushSilent();
    const quiet = this.#quiet.first;
    return quiet === NONE ? this.#firstNoisy(NONE) : quiet;
  }

  following(slot: number): number {
    const tenant = this.#tenantOf(slot);
    if (tenant?.isNoisy === true) return this.#firstNoisy(slot);
    // What is taken may be what makes its tenant noisy: then those of the others come first.
    const turning = tenant !== null && this.#turnsNoisy(tenant) ? tenant : null;
    let next = this.#quiet.after(slot);
    while (next !== NONE && turning !== null && this.#tenantOf(next) === turning) next = this.#quiet.after(next);
    return next === NONE ? this.#firstNoisy(turning === null ? NONE : slot, turning) : next;
  }

  passing(slot: number): number {
    const tenant = this.#tenantOf(slot);
    if (tenant !== null) {
      if (tenant.passed === NONE) this.#passedBy.push(tenant);
      tenant.passed = slot;
    }
    const next = tenant?.isNoisy === true ? NONE : this.#quiet.after(slot);
    return next === NONE ? this.#firstNoisy(NONE) : next;
  }

  arrive(slot: number): void {
    const tenant = this.#tenantFor(slot);
    if (tenant !== null) tenant.sentAt = this.#time.now;
    this.#enter(slot, tenant);
  }

  arriveLeased(slot: number): void {
    const tenant = this.#tenantFor(slot);
    this.#inFlight++;
    if (tenant !== null) tenant.inFlight++;
  }

  /** After a recovery, which counts from 0: when its messages were sent is not known any more, and a restart makes no tenant quiet. */
  startAt(now: number): void {
    for (const tenant of this.#tenants.values()) tenant.sentAt = now;
  }

  take(slot: number): void {
    const tenant = this.#tenantOf(slot);
    this.#leave(slot, tenant);
    this.#inFlight++;
    if (tenant === null) return;
    tenant.inFlight++;
    this.#reconsider(tenant);
  }

  giveBack(slot: number): void {
    const tenant = this.#tenantOf(slot);
    this.#returned(slot, tenant);
    this.#enter(slot, tenant);
  }

  remove(slot: number, wasReady: boolean): void {
    const tenant = this.#tenantOf(slot);
    if (wasReady) this.#leave(slot, tenant);
    else this.#returned(slot, tenant);
    if (tenant === null) return;
    this.#reconsider(tenant);
    if (tenant.readyCount === 0 && tenant.inFlight === 0) this.#tenants.delete(tenant.name);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (let slot = this.#quiet.first; slot !== NONE; slot = this.#quiet.after(slot)) visit(slot);
    for (const tenant of this.#noisy) tenant.forEachReady(visit);
  }

  /** Among the ready messages. */
  #enter(slot: number, tenant: Tenant | null): void {
    if (tenant === null) {
      this.#quiet.pushTail(slot);
      return;
    }
    tenant.add(slot);
    if (!tenant.isNoisy) this.#quiet.pushTail(slot);
    this.#reconsider(tenant);
  }

  #leave(slot: number, tenant: Tenant | null): void {
    if (tenant === null || !tenant.isNoisy) this.#quiet.remove(slot);
    tenant?.remove(slot);
  }

  /** A lease is over: what it took counts as processing time. */
  #returned(slot: number, tenant: Tenant | null): void {
    const { now } = this.#time;
    const micros = Math.max(0, now - (this.#store.receivedAt[slot] as number));
    this.#inFlight--;
    this.#busy.add(micros, now);
    if (tenant === null) return;
    tenant.inFlight--;
    tenant.busy.add(micros, now);
  }

  #reconsider(tenant: Tenant): void {
    if (tenant.readyCount === 0 || this.#isSilent(tenant)) this.#hush(tenant);
    else if (!tenant.isNoisy && this.#takesTooMuch(tenant)) {
      tenant.isNoisy = true;
      this.#noisy.push(tenant);
      tenant.forEachReady((slot) => this.#quiet.remove(slot));
    }
  }

  /** Nothing happens to a tenant that falls silent: it is looked at before the next message is taken. */
  #hushSilent(): void {
    for (const tenant of this.#noisy.filter((one) => this.#isSilent(one))) this.#hush(tenant);
  }

  /** Quiet again. What waits was sent before all that quiet tenants have sent lately. */
  #hush(tenant: Tenant): void {
    if (!tenant.isNoisy) return;
    tenant.isNoisy = false;
    this.#noisy.splice(this.#noisy.indexOf(tenant), 1);
    const waiting: number[] = [];
    tenant.forEachReady((slot) => waiting.push(slot));
    for (const slot of waiting.reverse()) this.#quiet.pushHead(slot);
  }

  #isSilent({ sentAt }: Tenant): boolean {
    return this.#time.now - sentAt >= QUIET_AFTER_MICROS;
  }

  #takesTooMuch(tenant: Tenant): boolean {
    const { now } = this.#time;
    if (holdsTooMuch(tenant.inFlight, this.#inFlight)) return true;
    const all = this.#busy.recent(now);
    return all > 0 && tenant.busy.recent(now) > NOISY_SHARE * all;
  }

  /** Whether one message more in flight makes it noisy. */
  #turnsNoisy(tenant: Tenant): boolean {
    return !this.#isSilent(tenant) && holdsTooMuch(tenant.inFlight + 1, this.#inFlight + 1);
  }

  #beginAnew(): void {
    for (const tenant of this.#passedBy) tenant.passed = NONE;
    this.#passedBy = [];
  }

  /** Of the noisy tenant with the fewest in flight, behind what was passed. `taken`: as if this one were taken already, and had made `turning` noisy. */
  #firstNoisy(taken: number, turning: Tenant | null = null): number {
    const taking = taken === NONE ? null : this.#tenantOf(taken);
    let best = NONE;
    let fewest = Infinity;
    for (const tenant of turning === null ? this.#noisy : [...this.#noisy, turning]) {
      const next = tenant.passed === NONE ? tenant.first : tenant.after(tenant.passed);
      const head = next !== NONE && next === taken ? tenant.after(taken) : next;
      const inFlight = tenant.inFlight + (tenant === taking ? 1 : 0);
      if (head === NONE || inFlight >= fewest) continue;
      best = head;
      fewest = inFlight;
    }
    return best;
  }

  #tenantOf(slot: number): Tenant | null {
    const group = this.#store.extras.groupOf(slot);
    return group === null ? null : (this.#tenants.get(group) as Tenant);
  }

  #tenantFor(slot: number): Tenant | null {
    const group = this.#store.extras.groupOf(slot);
    if (group === null) return null;
    let tenant = this.#tenants.get(group);
    if (tenant === undefined) {
      tenant = new Tenant(group, this.#store.extras);
      this.#tenants.set(group, tenant);
    }
    return tenant;
  }
}

const holdsTooMuch = (inFlight: number, ofAll: number): boolean => inFlight >= NOISY_IN_FLIGHT && inFlight > NOISY_SHARE * ofAll;
