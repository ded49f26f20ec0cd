import FlatQueue from 'flatqueue';
import { Bench } from 'tinybench';
import {
  constant, exponential, Kernel, ln, mix, RandomStreams, type Sampler, sampleMicros, Timer, uniform,
} from '../sim/kernel/index.js';
import { medianSpeeds, type Round } from './rounds.js';
import type { BenchRow } from './row.js';

export const name = 'Kernel: event queue, timers and random numbers';

const SECOND = 1_000_000;
const ROUNDS = 7;
const DELAYS = 1 << 16;

const horizons: Readonly<Record<string, Sampler>> = {
  exponential: exponential(SECOND),
  bimodal: mix([{ weight: 9, of: constant(20) }, { weight: 1, of: uniform({ min: 27 * SECOND, max: 33 * SECOND }) }]),
};
const sizes: readonly { readonly pending: number; readonly goal: number }[] = [
  { pending: 10_000, goal: 12 },
  { pending: 1_000_000, goal: 3 },
];

export function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  meetManyHandlers();
  const rows = sizes.flatMap(({ pending, goal }) =>
    Object.entries(horizons).map(([horizon, delay]) => holdRow({ horizon, delay, pending, goal, quick })),
  );
  rows.push(...leaseRows(quick));
  return drawRows(quick).then((draws) => [...rows, ...draws]);
}

/** Lets the kernel call many handlers first, so that no engine inlines the one that is measured. */
function meetManyHandlers(): void {
  const kernel = new Kernel();
  const timers = Array.from({ length: 8 }, () => new Timer(kernel, () => undefined));
  const handlers = [
    (n: number): number => n + 1, (n: number): number => n - 1, (n: number): number => n * 2,
    (n: number): string => `${n}`, (n: number): boolean => n > 0, (n: number): number => -n,
  ];
  for (let n = 0; n < 200_000; n++) {
    kernel.schedule(n, handlers[n % handlers.length] as (n: number) => void, n);
    timers[n % timers.length]!.armAt(n);
    kernel.runUntil(n);
  }
}

interface Hold {
  readonly horizon: string;
  readonly delay: Sampler;
  readonly pending: number;
  readonly goal: number;
  readonly quick: boolean;
}

/** The hold model: the first of many pending events fires and is scheduled again, later. */
function holdRow({ horizon, delay, pending, goal, quick }: Hold): BenchRow {
  const random = new RandomStreams('hold').stream(horizon);
  const delays = Float64Array.from({ length: DELAYS }, () => sampleMicros(delay, random));
  const contestants = { kernel: kernelHold(delays, pending), flatqueue: flatQueueHold(delays, pending) };
  const speeds = medianSpeeds(contestants, quick ? 300_000 : 2_000_000, ROUNDS);
  return {
    name: `hold model, ${pending.toLocaleString('en')} pending, ${horizon}`,
    value: speeds.kernel,
    unit: 'M events/s',
    goal,
    peer: { name: 'flatqueue, no order among ties, no dispatch', value: speeds.flatqueue },
  };
}

interface Actor {
  fired: number;
}

function kernelHold(delays: Float64Array, pending: number): Round {
  const kernel = new Kernel();
  let next = 0;
  let left = 0;
  const nextDelay = (): number => {
    next = (next + 1) & (DELAYS - 1);
    return delays[next]!;
  };
  const fire = (actor: Actor): void => {
    actor.fired++;
    kernel.schedule(kernel.now + nextDelay(), fire, actor);
    if (--left === 0) kernel.stop();
  };
  const actors = Array.from({ length: 1_000 }, (): Actor => ({ fired: 0 }));
  for (let n = 0; n < pending; n++) kernel.schedule(nextDelay(), fire, actors[n % actors.length]!);
  const hold = (count: number): void => {
    left = count;
    kernel.run();
  };
  hold(2 * pending);
  return hold;
}

function flatQueueHold(delays: Float64Array, pending: number): Round {
  const queue = new FlatQueue<number>();
  let next = 0;
  const nextDelay = (): number => {
    next = (next + 1) & (DELAYS - 1);
    return delays[next]!;
  };
  for (let n = 0; n < pending; n++) queue.push(n, nextDelay());
  const hold = (count: number): void => {
    for (let n = 0; n < count; n++) {
      const now = queue.peekValue()!;
      queue.push(queue.pop()!, now + nextDelay());
    }
  };
  hold(2 * pending);
  return hold;
}

/** Messages at 100 000/s, each under a lease of 30 s which its acknowledgement cancels after 10 ms on average. */
function leaseRows(quick: boolean): BenchRow[] {
  const kernel = new Kernel();
  const random = new RandomStreams('leases').stream('work');
  const work = exponential(10_000);
  const delays = Float64Array.from({ length: DELAYS }, () => sampleMicros(work, random));
  let message = 0;
  let last = 0;
  const expire = (): void => {
    throw new Error('a lease ran out');
  };
  const acknowledge = (lease: number): void => {
    if (!kernel.cancel(lease)) throw new Error('a lease was lost');
  };
  const receive = (): void => {
    const lease = kernel.schedule(kernel.now + 30 * SECOND, expire, null);
    kernel.schedule(kernel.now + delays[message & (DELAYS - 1)]!, acknowledge, lease);
    if (++message < last) kernel.schedule(kernel.now + 10, receive, null);
  };
  const leases = (count: number): void => {
    last = message + count;
    kernel.schedule(kernel.now, receive, null);
    kernel.run();
  };
  const speed = medianSpeeds({ leases }, quick ? 200_000 : 1_000_000, ROUNDS).leases;
  return [
    { name: 'leases of 30 s, cancelled by acknowledgement: messages', value: speed, unit: 'M messages/s' },
    { name: 'the same: events fired (two a message) and cancelled (one)', value: 3 * speed, unit: 'M events/s', goal: 3 },
    { name: `memory of the event queue after ${message.toLocaleString('en')} leases`, value: kernel.memoryBytes / 1024, unit: 'KiB' },
  ];
}

const DRAWS = 10_000;

async function drawRows(quick: boolean): Promise<BenchRow[]> {
  const random = new RandomStreams('draws').stream('draws');
  const sampler = exponential(SECOND);
  const tasks: Readonly<Record<string, () => number>> = {
    'Math.random': Math.random,
    float: () => random.nextFloat(),
    ln: () => ln(random.nextFloat()),
    'Math.log': () => Math.log(random.nextFloat()),
    exponential: () => sampleMicros(sampler, random),
  };
  const bench = new Bench({ time: quick ? 100 : 1_000, warmupTime: quick ? 50 : 200 });
  let sink = 0;
  for (const [task, draw] of Object.entries(tasks)) {
    bench.add(task, () => {
      for (let n = 0; n < DRAWS; n++) sink += draw();
    });
  }
  await bench.run();
  if (Number.isNaN(sink)) throw new Error('a draw was no number');
  const speed = (task: string): number => DRAWS / (medianMillis(bench, task) * 1_000);
  return [
    { name: 'random float of 53 bits', value: speed('float'), unit: 'M/s', peer: { name: 'Math.random', value: speed('Math.random') } },
    { name: 'exact ln of a random float', value: speed('ln'), unit: 'M/s', peer: { name: 'Math.log', value: speed('Math.log') } },
    { name: 'exponential duration', value: speed('exponential'), unit: 'M/s' },
  ];
}

function medianMillis(bench: Bench, task: string): number {
  const result = bench.getTask(task)?.result;
  if (result === undefined || !('latency' in result)) throw new Error(`the benchmark "${task}" failed`);
  return result.latency.p50;
}
