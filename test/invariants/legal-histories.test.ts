import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CopyState, StopCause } from '../../history/index.js';
import { history, type HistoryBuilder, ORDERS, SECOND } from './history-builder.js';

interface ModelCopy {
  readonly id: number;
  queue: 'orders' | 'dead';
  state: CopyState;
  /** End of the lease or the delay, in seconds. */
  until: number;
  count: number;
  isDelivered: boolean;
}

const LEASE = 30;
const LIMIT = 3;

/** A broker that does everything right, and clients that do anything they may. */
class RightBroker {
  /** Its producers may try again as often as they like. */
  readonly run: HistoryBuilder = history({ ...ORDERS, clients: ORDERS.clients.map(({ retryBudget: _, ...client }) => client) });
  readonly #copies = new Map<number, ModelCopy>();
  #now = 0;
  #messages = 0;
  #ids = 0;
  #pollers = 0;

  get deadLettered(): number {
    return this.#in('dead').length;
  }

  step(kind: number, pick: number): void {
    this.pass(pick / 7);
    const steps = [this.send, this.receive, this.receive, this.acknowledge, this.giveBack, this.extend, this.poll, this.crash, this.drop, this.read];
    steps[kind % steps.length]!.call(this, pick);
  }

  /** Time goes on; what is due happens in order. */
  pass(seconds: number): void {
    const end = Math.round((this.#now + seconds) * SECOND) / SECOND;
    for (;;) {
      const due = this.#in('orders').filter((copy) => copy.state !== CopyState.ready && copy.until <= end).sort((a, b) => a.until - b.until)[0];
      if (due === undefined) break;
      this.#now = due.until;
      this.run.at(this.#now);
      if (due.state === CopyState.leased) this.run.expire(due.id);
      due.state = CopyState.ready;
      if (this.#pollers > 0) this.#handOut(due);
    }
    this.#now = end;
    this.run.at(end);
  }

  send(pick: number): void {
    const message = ++this.#messages;
    this.run.invoke(message);
    if (pick % 5 === 0) {
      this.run.sendFail(message);
      return;
    }
    this.#store(message, pick % 3 === 0 ? 10 : 0);
    if (pick % 4 === 0) this.run.attempt(message, 2);
    if (pick % 8 === 0) this.#store(message, 0);
    if (pick % 7 === 0) this.run.sendInfo(message);
    else this.run.sendOk(message);
  }

  #store(message: number, delaySeconds: number): void {
    const id = ++this.#ids;
    this.run.accept(message, id, { delaySeconds });
    const copy: ModelCopy = {
      id, queue: 'orders', state: delaySeconds > 0 ? CopyState.delayed : CopyState.ready, until: this.#now + delaySeconds, count: 0, isDelivered: false,
    };
    this.#copies.set(id, copy);
    if (delaySeconds === 0 && this.#pollers > 0) this.#handOut(copy);
  }

  receive(pick: number): void {
    const ready = this.#in('orders').filter((copy) => copy.state === CopyState.ready);
    if (ready.length > 0) this.#handOut(ready[pick % ready.length]!);
  }

  #handOut(copy: ModelCopy): void {
    if (copy.count >= LIMIT) {
      if (this.#pollers === 0) this.run.pollWait();
      this.run.move(copy.id);
      if (this.#pollers === 0) this.run.pollEnd();
      copy.queue = 'dead';
      return;
    }
    this.run.grant(copy.id);
    copy.isDelivered = copy.id % 6 !== 0;
    if (copy.isDelivered) this.run.deliver(copy.id);
    copy.count++;
    copy.state = CopyState.leased;
    copy.until = this.#now + LEASE;
  }

  acknowledge(pick: number): void {
    const copy = this.#held(pick);
    if (copy === undefined) return;
    this.run.effect(copy.id).ackInvoke(copy.id).settle(copy.id);
    if (pick % 6 !== 0) this.run.ackOk(copy.id);
    this.#copies.delete(copy.id);
  }

  giveBack(pick: number): void {
    const copy = this.#held(pick);
    if (copy === undefined) return;
    this.run.nackInvoke(copy.id).release(copy.id);
    copy.state = CopyState.ready;
    if (this.#pollers > 0) this.#handOut(copy);
  }

  extend(pick: number): void {
    const copy = this.#held(pick);
    if (copy === undefined) return;
    this.run.extendInvoke(copy.id, pick + 1).extendLease(copy.id, pick + 1);
    copy.until = this.#now + pick + 1;
  }

  poll(): void {
    if (this.#pollers > 0) this.run.pollEnd();
    else this.run.pollWait();
    this.#pollers = 1 - this.#pollers;
    const ready = this.#in('orders').filter((copy) => copy.state === CopyState.ready);
    if (this.#pollers > 0) for (const copy of ready) this.#handOut(copy);
  }

  crash(pick: number): void {
    this.run.stop(pick % 2 === 0 ? StopCause.kill : StopCause.powerLoss);
    this.#pollers = 0;
    this.#now += pick;
    this.run.at(this.#now).recoverBegin();
    for (const copy of this.#copies.values()) {
      const seconds = copy.state === CopyState.leased ? LEASE * 10 : copy.state === CopyState.delayed ? 10 : 0;
      this.run.restore(copy.id, { count: copy.count, state: copy.state, seconds });
      copy.until = this.#now + seconds;
    }
    this.run.recoverEnd();
  }

  drop(pick: number): void {
    const all = this.#in('orders');
    const copy = all[pick % (all.length + 1)];
    if (copy === undefined) return;
    this.run.drop(copy.id);
    this.#copies.delete(copy.id);
  }

  read(): void {
    for (const queue of ['orders', 'dead'] as const) {
      const count = (state: CopyState): number => this.#in(queue).filter((copy) => copy.state === state).length;
      this.run.ledger(queue, count(CopyState.ready), count(CopyState.leased), count(CopyState.delayed));
    }
  }

  /** Everything still in the queue is handed out and acknowledged, or dead-lettered. */
  drain(): void {
    for (let turn = 0; turn < 2; turn++) {
      this.pass(4000);
      for (const copy of this.#in('orders')) this.#handOut(copy);
      for (const copy of this.#in('orders')) {
        if (!copy.isDelivered) this.run.deliver(copy.id);
        this.run.effect(copy.id).ackInvoke(copy.id).settle(copy.id).ackOk(copy.id);
        this.#copies.delete(copy.id);
      }
    }
    this.read();
    this.run.drained();
  }

  #in(queue: ModelCopy['queue']): ModelCopy[] {
    return [...this.#copies.values()].filter((copy) => copy.queue === queue);
  }

  #held(pick: number): ModelCopy | undefined {
    const held = this.#in('orders').filter((copy) => copy.state === CopyState.leased && copy.isDelivered);
    return held[pick % (held.length + 1)];
  }
}

it('a history in which broker and clients do nothing wrong breaks no promise, and leaves nothing behind', () => {
  const steps = fc.array(fc.tuple(fc.nat(99), fc.nat(60)), { minLength: 1, maxLength: 150 });
  fc.assert(fc.property(steps, (list) => {
    const broker = new RightBroker();
    for (const [kind, pick] of list) broker.step(kind, pick);
    broker.drain();
    const told = Object.values(broker.run.verdicts()).filter(({ verdict }) => verdict === 'violated' || verdict === 'inconclusive');
    expect(told).toEqual([]);
    expect(broker.run.judge.footprint).toMatchObject({ copies: broker.deadLettered });
    expect(broker.run.judge.footprint.messages).toBeLessThanOrEqual(broker.deadLettered);
  }), { numRuns: 150 });
});
