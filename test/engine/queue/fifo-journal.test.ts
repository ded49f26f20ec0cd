import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleOf, type Queue, type Queues, sqs } from '../../../engine/index.js';
import { QueueRegistry } from '../../../engine/queue/registry.js';
import { readSnapshot } from '../../../engine/queue/snapshot.js';
import { FifoModel, type Got } from './fifo-model.js';
import { pictureOf, QueueNode, snapshotOf } from './node.js';

const SECOND = 1_000_000;
const MAX_RECEIVES = 2;
/** What the wall clock of the instant world says when it begins. */
const WALL_AT_START = 1_700_000_000 * SECOND;
const WINDOW = sqs.broker.queuePolicies.fifo!.deduplicationWindowMicros!;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('send' as const), group: fc.constantFrom('a', 'b', 'c'), dedup: fc.nat(11) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 4 }), timeout: fc.constantFrom(3, 10, 30, 30) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('settle' as const), handle: fc.nat(99) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), handle: fc.nat(99), timeout: fc.constantFrom(0, 0, 5, 40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 4, 11, 31, 150) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('powerLoss' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('purge' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same steps, done to a real node, which is recovered in between, and to a model that forgets nothing. */
class Twin {
  node = new QueueNode();
  readonly model = new FifoModel({ maxReceives: MAX_RECEIVES, windowMicros: WINDOW });
  readonly #handles: Got[] = [];
  #trace = 0;

  constructor() {
    this.node.declare('dead.fifo', { kind: 'fifo' });
    this.node.declare('jobs.fifo', { kind: 'fifo', deadLetter: { queue: 'dead.fifo', maxReceiveCount: MAX_RECEIVES } });
  }

  run(one: Step): void {
    const { node, model } = this;
    const { now } = node.world;
    const jobs = this.#queue('jobs.fifo');
    switch (one.kind) {
      case 'send': {
        const dedup = String(one.dedup);
        const known = model.known(dedup, now);
        const trace = ++this.#trace;
        const id = jobs.send(new Uint8Array([trace]), trace, { group: one.group, deduplicationId: dedup, attributes: null }, null, now);
        if (known === null) model.send(id, one.group, dedup, now);
        else expect(id).toBe(known);
        break;
      }
      case 'receive': {
        const before = new Set(idsIn(this.#queue('dead.fifo'), node.queues));
        const got = node.receive(jobs, one.max, one.timeout * SECOND);
        const moved = idsIn(this.#queue('dead.fifo'), node.queues).filter((id) => !before.has(id));
        model.received(got, moved, { max: one.max, timeout: one.timeout * SECOND, now });
        this.#handles.push(...got);
        break;
      }
      case 'settle': {
        const handle = this.#handle(one.handle);
        if (handle !== null) expect(jobs.settle(handleOf(handle.id, handle.serial), now)).toBe(model.settle(handle, now));
        break;
      }
      case 'change': {
        const handle = this.#handle(one.handle);
        if (handle === null) break;
        const verdict = jobs.changeVisibility(handleOf(handle.id, handle.serial), one.timeout * SECOND, now);
        expect(verdict).toBe(model.change(handle, one.timeout * SECOND, now));
        break;
      }
      case 'pass': node.world.pass(one.seconds * SECOND); break;
      case 'powerLoss': this.#losePower(); break;
      case 'purge': jobs.purge(); model.purge(); break;
    }
    this.node.world.settle();
    this.#queue('jobs.fifo').catchUp(this.node.world.now);
    expect(model.picture(this.node.world.now)).toEqual(seen(this.node));
  }

  /** Every step was synced: what comes back is what was there. */
  #losePower(): void {
    const { now } = this.node.world;
    const before = wholePictureOf(this.node.queues.registry, now);
    this.node = this.node.recovered();
    expect(wholePictureOf(this.node.queues.registry, now)).toEqual(before);
    this.model.recovered(now);
  }

  #queue(name: string): Queue {
    return this.node.queues.find(name)!;
  }

  #handle(number: number): Got | null {
    return this.#handles.length === 0 ? null : this.#handles[number % this.#handles.length]!;
  }
}

function idsIn(queue: Queue, { registry }: Queues): number[] {
  const ids: number[] = [];
  queue.state.forEach((slot) => ids.push(registry.store.messageId[slot]!));
  return ids;
}

/** A node in the model's words. */
function seen({ queues: { registry } }: QueueNode): object {
  const { store } = registry;
  const picture: Record<string, string[]> = {};
  for (const queue of registry.queues) {
    const messages: string[] = [];
    queue.forEach((slot) => messages.push(`${store.messageId[slot]} ${store.extras.groupOf(slot)} ${['ready', 'delayed', 'leased'][store.state[slot]!]} ${store.count[slot]}`));
    picture[queue.name.replace('.fifo', '')] = messages.sort();
  }
  return picture;
}

/** With groups, sequence numbers, deduplication ids, and what is within the window. Groups take turns anew after a recovery. */
function wholePictureOf(registry: QueueRegistry, now: number): object {
  const { store } = registry;
  return registry.queues.map((queue) => {
    const messages: object[] = [];
    queue.forEach((slot) => messages.push({
      id: store.messageId[slot], state: store.state[slot], count: store.count[slot], serial: store.serial[slot], moved: store.movedSerial[slot], sent: store.age.key[slot],
      group: store.extras.groupOf(slot), sequence: store.extras.sequence[slot], dedup: store.extras.deduplicationId[slot], body: Array.from(store.body[slot]!),
    }));
    const bySequence = (left: object, right: object): number => (left as { sequence: number }).sequence - (right as { sequence: number }).sequence;
    const remembered = queue.deduplication!.entries().filter(({ key }) => queue.deduplication!.find(key, now) !== null).map(({ key, messageId, acceptedWall }) => ({ key, messageId, acceptedWall }));
    return { name: queue.name, settings: queue.settings, messages: messages.sort(bySequence), remembered };
  });
}

describe('FIFO queues and their journal', () => {
  it('keep order, blocking and the deduplication window, whatever happens and whenever the power is lost', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const twin = new Twin();
      for (const one of steps) twin.run(one);
    }), { numRuns: 40 });
  });

  it('are the same after a checkpoint was written and read', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const twin = new Twin();
      for (const one of steps) twin.run(one);
      const { registry } = twin.node.queues;
      const again = new QueueRegistry(sqs.broker.queuePolicies, sqs.broker.queueDefaults);
      readSnapshot(again, snapshotOf(registry));
      const { now } = twin.node.world;
      for (const queue of again.queues) queue.startAt(now, WALL_AT_START + now);
      expect(wholePictureOf(again, now)).toEqual(wholePictureOf(registry, now));
      expect(pictureOf(again)).toMatchObject({ lastId: registry.ids.last });
    }), { numRuns: 25 });
  });
});

