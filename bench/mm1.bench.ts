import FlatQueue from 'flatqueue';
import { exponential, Kernel, RandomStreams, sampleMicros, ServicePool } from '../sim/kernel/index.js';
import { medianSpeeds } from './rounds.js';
import type { BenchRow } from './row.js';

export const name = 'M/M/1: one queue, one server, a load of 0.8';

const GAP = exponential(10_000);
const SERVICE = exponential(8_000);

/** Each customer is an arrival and a departure, and two draws. */
export function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const contestants = { callbacks: kernelCallbacks, pool: servicePool, flatqueue: flatQueueClosures };
  const speeds = medianSpeeds(contestants, quick ? 200_000 : 2_000_000, 7);
  const peer = { name: 'closures on flatqueue, same draws', value: speeds.flatqueue };
  return Promise.resolve([
    { name: 'callbacks on the kernel', value: speeds.callbacks, unit: 'M customers/s', goal: 4.5, peer },
    { name: 'a service pool on the kernel', value: speeds.pool, unit: 'M customers/s' },
  ]);
}

function kernelCallbacks(customers: number): void {
  const kernel = new Kernel();
  const streams = new RandomStreams('mm1');
  const arrivals = streams.stream('arrivals');
  const services = streams.stream('services');
  let present = 0;
  let arrived = 0;
  const depart = (): void => {
    if (--present > 0) kernel.schedule(kernel.now + sampleMicros(SERVICE, services), depart, null);
  };
  const arrive = (): void => {
    if (++present === 1) kernel.schedule(kernel.now + sampleMicros(SERVICE, services), depart, null);
    if (++arrived < customers) kernel.schedule(kernel.now + sampleMicros(GAP, arrivals), arrive, null);
  };
  kernel.schedule(0, arrive, null);
  kernel.run();
  if (kernel.executed !== 2 * customers) throw new Error('a customer was lost');
}

function servicePool(customers: number): void {
  const kernel = new Kernel();
  const pool = new ServicePool(kernel, 1);
  const streams = new RandomStreams('mm1');
  const arrivals = streams.stream('arrivals');
  const services = streams.stream('services');
  let arrived = 0;
  let departed = 0;
  const depart = (): void => {
    departed++;
  };
  const arrive = (): void => {
    pool.submit(sampleMicros(SERVICE, services), depart, null);
    if (++arrived < customers) kernel.schedule(kernel.now + sampleMicros(GAP, arrivals), arrive, null);
  };
  kernel.schedule(0, arrive, null);
  kernel.run();
  if (departed !== customers) throw new Error('a customer was lost');
}

function flatQueueClosures(customers: number): void {
  const queue = new FlatQueue<() => void>();
  const streams = new RandomStreams('mm1');
  const arrivals = streams.stream('arrivals');
  const services = streams.stream('services');
  let now = 0;
  let present = 0;
  let arrived = 0;
  const depart = (): void => {
    if (--present > 0) queue.push(depart, now + sampleMicros(SERVICE, services));
  };
  const arrive = (): void => {
    if (++present === 1) queue.push(depart, now + sampleMicros(SERVICE, services));
    if (++arrived < customers) queue.push(arrive, now + sampleMicros(GAP, arrivals));
  };
  queue.push(arrive, 0);
  while (queue.length > 0) {
    now = queue.peekValue()!;
    queue.pop()!();
  }
}
