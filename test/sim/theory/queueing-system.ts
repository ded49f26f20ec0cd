import { Kernel, RandomStreams, type Sampler, sampleMicros, ServicePool } from '../../../sim/kernel/index.js';

export interface SystemOptions {
  readonly customers: number;
  readonly servers: number;
  readonly gap: Sampler;
  readonly service: Sampler;
  readonly seed?: string;
}

/** What happened to each customer, in integer microseconds and in the order of arrival; and the pool's own accounts. */
export interface SystemRun {
  readonly arrivals: Float64Array;
  readonly services: Float64Array;
  readonly departures: Float64Array;
  readonly busyMicros: number;
  readonly jobMicros: number;
  /** Time spent with n customers in the system, for the n that occur. */
  readonly microsWithCustomers: readonly number[];
  readonly endMicros: number;
}

/** One queue and its servers, from empty to empty, built from the simulator's own parts. */
export function simulate({ customers, servers, gap, service, seed = '1' }: SystemOptions): SystemRun {
  const kernel = new Kernel();
  const pool = new ServicePool(kernel, servers);
  const streams = new RandomStreams(seed);
  const gaps = streams.stream('arrivals');
  const demands = streams.stream('service');
  const arrivals = new Float64Array(customers);
  const services = new Float64Array(customers);
  const departures = new Float64Array(customers);
  const microsWithCustomers: number[] = [];
  let present = 0;
  let changedAt = 0;
  const change = (by: number): void => {
    microsWithCustomers[present] = (microsWithCustomers[present] ?? 0) + (kernel.now - changedAt);
    present += by;
    changedAt = kernel.now;
  };
  const depart = (customer: number): void => {
    change(-1);
    departures[customer] = kernel.now;
  };
  const arrive = (customer: number): void => {
    change(1);
    const demand = sampleMicros(service, demands);
    arrivals[customer] = kernel.now;
    services[customer] = demand;
    pool.submit(demand, depart, customer);
    if (customer + 1 < customers) kernel.schedule(kernel.now + sampleMicros(gap, gaps), arrive, customer + 1);
  };
  kernel.schedule(sampleMicros(gap, gaps), arrive, 0);
  kernel.run();
  return {
    arrivals, services, departures, microsWithCustomers,
    busyMicros: pool.busyMicros, jobMicros: pool.jobMicros, endMicros: kernel.now,
  };
}

/** Time each customer waited before its service began. */
export function waits({ arrivals, services, departures }: SystemRun): Float64Array {
  return departures.map((departure, customer) => departure - services[customer]! - arrivals[customer]!);
}

/** Mean over the customers after the first tenth, which still show the empty start. */
export function steadyMean(values: Float64Array): number {
  const steady = values.subarray(Math.floor(values.length / 10));
  return steady.reduce((sum, value) => sum + value, 0) / steady.length;
}
