import { handleOf, LeaseBatch, NO_MUTATIONS, openQueues, type Queue, type Queues, type QueueSettings, sqs } from '../engine/index.js';
import { type EventSink, NameTable } from '../history/index.js';
import { InstantWorld } from './instant/instant-world.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'Queues: FIFO groups, large backlogs, many queues; send, receive and delete on the journalled queue itself, without clients';

const SECOND = 1_000_000;
const BODY = new Uint8Array(64).fill(0x61);
const BATCH = 10;
const GROUPS = 1_000;
/** A backlog that every cache holds. */
const SMALL = 1_000;
const ROUNDS = 7;

export function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 20_000 : 200_000;
  const backlog = quick ? 100_000 : 1_000_000;
  return Promise.resolve([
    { name: `FIFO, ${GROUPS.toLocaleString('en')} groups`, value: fifoRate(messages, GROUPS, quick), unit: 'messages/s', goal: 150_000 },
    ...backlogRows('standard', backlog, messages, quick),
    ...backlogRows('fifo', backlog, messages, quick),
    { name: 'FIFO, 100,000 groups', value: fifoRate(Math.max(messages, 100_000), 100_000, quick), unit: 'messages/s' },
    ...queueRows(quick ? 2_000 : 10_000, messages),
  ]);
}

function rounds(quick: boolean): number {
  return quick ? 3 : ROUNDS;
}

/** Rounds of: so many sends over all groups, then received and deleted until nothing is left. */
function fifoRate(messages: number, groups: number, quick: boolean): number {
  const bench = new QueueBench();
  const queue = bench.declare('jobs.fifo', { kind: 'fifo' });
  const rates: number[] = [];
  for (let round = 0; round <= rounds(quick); round++) {
    const start = performance.now();
    for (let n = 0; n < messages; n++) bench.send(queue, groups, n);
    for (let left = messages; left > 0;) left -= bench.receiveAndDelete(queue);
    if (round > 0) rates.push((messages / (performance.now() - start)) * 1_000);
    // The deduplication window is five minutes: the next round must not find this one's in it.
    bench.world.pass(301 * SECOND);
  }
  return median(rates);
}

/** Cost of one message's life with a large backlog, and with a small one in the same run. Goal: no more than twice. */
function backlogRows(kind: 'standard' | 'fifo', backlog: number, messages: number, quick: boolean): BenchRow[] {
  const contestants = [backlog, SMALL].map((size) => {
    const bench = new QueueBench();
    const queue = bench.declare(kind === 'fifo' ? 'jobs.fifo' : 'jobs', { kind });
    for (let n = 0; n < size; n++) bench.send(queue, GROUPS, n);
    return { bench, queue, micros: [] as number[] };
  });
  for (let round = 0; round <= rounds(quick); round++) {
    for (const { bench, queue, micros } of contestants) {
      const start = performance.now();
      for (let done = 0; done < messages;) {
        for (let n = 0; n < BATCH; n++) bench.send(queue, GROUPS, done + n);
        done += bench.receiveAndDelete(queue);
      }
      if (round > 0) micros.push(((performance.now() - start) * 1_000) / messages);
    }
  }
  const [large, small] = contestants.map(({ micros }) => median(micros)) as [number, number];
  const what = `${kind}, backlog of ${backlog.toLocaleString('en')}`;
  return [
    { name: `${what}: a message's life`, value: large, unit: 'µs', peer: { name: `backlog of ${SMALL.toLocaleString('en')}`, value: small } },
    { name: `${what}: how many times the cost of a small one`, value: large / small, unit: 'times', goal: 2 },
  ];
}

/** Creating many queues, and then using all of them in turn. */
function queueRows(count: number, messages: number): BenchRow[] {
  const bench = new QueueBench();
  const start = performance.now();
  const queues = Array.from({ length: count }, (_, index) => bench.declare(`queue-${index}`, {}));
  const declared = performance.now();
  for (let n = 0; n < messages; n++) {
    const queue = queues[n % count]!;
    bench.send(queue, GROUPS, n);
    bench.receiveAndDelete(queue);
  }
  const used = performance.now();
  const one = new QueueBench();
  const single = one.declare('queue', {});
  for (let n = 0; n < messages; n++) {
    one.send(single, GROUPS, n);
    one.receiveAndDelete(single);
  }
  const rate = (millis: number): number => (messages / millis) * 1_000;
  return [
    { name: `creating ${count.toLocaleString('en')} queues`, value: (declared - start) / count, unit: 'ms each' },
    {
      name: `${count.toLocaleString('en')} queues in turn, one message at a time`, value: rate(used - declared), unit: 'messages/s',
      peer: { name: 'one queue', value: rate(performance.now() - used) },
    },
  ];
}

/** Journalled queues in a world where everything is instant. */
class QueueBench {
  readonly world = new InstantWorld();
  readonly #queues: Queues;
  readonly #batch = new LeaseBatch(BATCH);
  #sent = 0;

  constructor() {
    const names = new NameTable();
    const sink: EventSink = { isDeaf: true, emit: () => undefined, name: (text) => names.id(text) };
    let opened: Queues | null = null;
    openQueues({
      host: this.world.host('node'), sink, actor: 1, policies: sqs.broker.queuePolicies, mutations: NO_MUTATIONS, defaults: sqs.broker.queueDefaults,
      segmentBytes: 16 * 1024 * 1024, listener: { onDeliverable: () => {}, onTimerDone: () => {} },
      log: { directory: 'journal', segmentBytes: 16 * 1024 * 1024, maxBatchBytes: 1 << 16, epoch: 0, flush: { kind: 'always' } },
    }, (error, queues) => {
      if (error !== null) throw error;
      opened = queues;
    });
    this.world.settle();
    if (opened === null) throw new Error('recovery did not end');
    this.#queues = opened;
  }

  declare(queue: string, settings: Partial<QueueSettings>): Queue {
    const declared = this.#queues.declare(queue, { ...sqs.broker.queueDefaults, ...settings });
    this.#settle();
    return declared;
  }

  /** To one of so many groups, in turn, where the queue has groups. */
  send(queue: Queue, groups: number, n: number): void {
    const isFifo = queue.state.settings.kind === 'fifo';
    const properties = isFifo ? { group: `g${n % groups}`, deduplicationId: String(this.#sent), attributes: null } : null;
    queue.send(BODY, ++this.#sent, properties, null, this.world.now);
    if (this.#sent % 100 === 0) this.#settle();
  }

  /** As many as one receive brings; returns how many. */
  receiveAndDelete(queue: Queue): number {
    queue.receive(BATCH, 30 * SECOND, 1, this.world.now, this.#batch);
    const { store } = this.#queues.registry;
    const { length } = this.#batch;
    const handles = Array.from(this.#batch.slots.subarray(0, length), (slot) => handleOf(store.messageId[slot]!, store.serial[slot]!));
    for (const handle of handles) queue.settle(handle, this.world.now);
    return length;
  }

  /** The log writes and syncs, and a checkpoint keeps it small. */
  #settle(): void {
    this.world.settle();
    this.#queues.checkpointIfWorthwhile();
  }
}
