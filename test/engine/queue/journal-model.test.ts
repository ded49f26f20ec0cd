import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleOf, NO_MUTATIONS, sqs } from '../../../engine/index.js';
import { QueueRegistry } from '../../../engine/queue/registry.js';
import { Replay } from '../../../engine/queue/replay.js';
import { readSnapshot } from '../../../engine/queue/snapshot.js';
import { Model } from './model.js';
import { pictureOf, QueueNode, recordsOf, snapshotOf } from './node.js';

const SECOND = 1_000_000;
const MAX_RECEIVES = 2;

/** Steps name messages and handles by a number that is taken modulo what there is. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), delay: fc.constantFrom(0, 0, 5, 20) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 4 }), timeout: fc.constantFrom(0, 3, 10, 30, 30, 30) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('settle' as const), handle: fc.nat(999) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), handle: fc.nat(999), timeout: fc.constantFrom(0, 0, 5, 40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 4, 11, 31, 90) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('redrive' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('purge' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same steps, done to a real node and to a model that knows nothing of lists, orders or journals. */
class Twin {
  readonly node = new QueueNode();
  readonly dead = this.node.declare('dead', {});
  readonly jobs = this.node.declare('jobs', { retentionMicros: 200 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: MAX_RECEIVES } });
  readonly model = new Model({ maxReceives: MAX_RECEIVES, jobsRetention: 200 * SECOND, deadRetention: 345_600 * SECOND });
  readonly #handles: { id: number; serial: number }[] = [];
  #trace = 0;

  run(one: Step): void {
    const { node, model, jobs } = this;
    const { now } = node.world;
    switch (one.kind) {
      case 'send': {
        const trace = ++this.#trace;
        model.send(jobs.send(new Uint8Array([trace]), trace, null, one.delay * SECOND, now), trace, one.delay * SECOND, now);
        break;
      }
      case 'receive': {
        const order = node.readyOrder(jobs);
        const got = node.receive(jobs, one.max, one.timeout * SECOND);
        expect(got.map(({ id, count }) => ({ id, count }))).toEqual(model.receive(order, one.max, one.timeout * SECOND, now));
        this.#handles.push(...got);
        break;
      }
      case 'settle': {
        const handle = this.#handle(one.handle);
        if (handle !== null) expect(jobs.settle(handleOf(handle.id, handle.serial), now)).toBe(model.settle(handle.id));
        break;
      }
      case 'change': {
        const handle = this.#handle(one.handle);
        if (handle === null) break;
        const verdict = jobs.changeVisibility(handleOf(handle.id, handle.serial), one.timeout * SECOND, now);
        expect(verdict).toBe(model.change(handle.id, one.timeout * SECOND, now));
        break;
      }
      case 'pass': node.world.pass(one.seconds * SECOND); model.pass(node.world.now); break;
      case 'redrive': this.#redrive(); break;
      case 'purge': jobs.purge(); model.purge(); break;
    }
    node.world.settle();
    expect(model.picture()).toEqual(seen(node));
  }

  #redrive(): void {
    const { node, model, dead, jobs } = this;
    if (dead.state.readyCount === 0) return;
    const slot = dead.state.firstReady;
    const id = node.queues.registry.store.messageId[slot]!;
    dead.redriveFirst(jobs, 1, node.world.now);
    model.redrive(id, node.queues.registry.ids.last, node.world.now);
  }

  #handle(number: number): { id: number; serial: number } | null {
    return this.#handles.length === 0 ? null : this.#handles[number % this.#handles.length]!;
  }
}

/** A node in the model's words. */
function seen(node: QueueNode): object {
  const { queues, store } = node.queues.registry;
  const picture: Record<string, string[]> = {};
  for (const queue of queues) {
    const messages: string[] = [];
    queue.forEach((slot) => messages.push(`${store.messageId[slot]} ${['ready', 'delayed', 'leased'][store.state[slot]!]} ${store.count[slot]}`));
    expect([queue.readyCount, queue.leasedCount, queue.delayedCount])
      .toEqual(['ready', 'leased', 'delayed'].map((state) => messages.filter((message) => message.includes(state)).length));
    picture[queue.name] = messages.sort();
  }
  return picture;
}

describe('queues and their journal', () => {
  it('do what the model does, and a loss of power after any step leaves exactly the state of that step', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const twin = new Twin();
      for (const one of steps) {
        twin.run(one);
        expect(pictureOf(twin.node.recovered().queues.registry)).toEqual(pictureOf(twin.node.queues.registry));
      }
    }), { numRuns: 25 });
  });

  it('are the same after a checkpoint was written and read', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const twin = new Twin();
      for (const one of steps) twin.run(one);
      const registry = new QueueRegistry(sqs.broker.queuePolicies, sqs.broker.queueDefaults);
      readSnapshot(registry, snapshotOf(twin.node.queues.registry));
      expect(pictureOf(registry)).toEqual(pictureOf(twin.node.queues.registry));
    }), { numRuns: 25 });
  });

  it('can be cut at any record: every message is in one queue, as it was before or after the step', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const twin = new Twin();
      const boundaries = new Map<number, object>();
      for (const one of steps) {
        twin.run(one);
        boundaries.set(twin.node.queues.log.nextPosition, pictureOf(twin.node.queues.registry));
      }
      const registry = new QueueRegistry(sqs.broker.queuePolicies, sqs.broker.queueDefaults);
      const replay = new Replay(registry, NO_MUTATIONS);
      for (const [index, record] of recordsOf(twin.node).entries()) {
        replay.onRecord(index, new DataView(record.buffer), record, 0, record.length);
        const listed = registry.queues.flatMap((queue) => {
          const slots: number[] = [];
          queue.forEach((slot) => slots.push(slot));
          expect(slots.every((slot) => registry.store.queue[slot] === queue.number)).toBe(true);
          return slots;
        });
        expect(new Set(listed).size).toBe(registry.store.size);
        expect(registry.queues.reduce((sum, queue) => sum + queue.messageCount, 0)).toBe(registry.store.size);
        const expected = boundaries.get(index + 1);
        if (expected !== undefined) expect(pictureOf(registry)).toEqual(expected);
      }
    }), { numRuns: 25 });
  });
});
