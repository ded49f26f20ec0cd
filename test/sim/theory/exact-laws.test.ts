import { beforeAll, describe, expect, it } from 'vitest';
import {
  constant, erlang, exponential, hyperexponential, lognormal, mix, type Sampler, uniform,
} from '../../../sim/kernel/index.js';
import { simulate, type SystemOptions, type SystemRun, waits } from './queueing-system.js';
import { kieferWolfowitzWaits, lindleyWaits } from './recursions.js';

const CUSTOMERS = 100_000;

/** Mean service of 800 µs per server against a mean gap of 1000 µs per server; ties happen all the time in the last three. */
const systems: Readonly<Record<string, Omit<SystemOptions, 'customers'>>> = {
  'M/M/1': { servers: 1, gap: exponential(1_000), service: exponential(800) },
  'M/D/1': { servers: 1, gap: exponential(1_000), service: constant(800) },
  'M/G/1, lognormal': { servers: 1, gap: exponential(1_000), service: lognormal({ p50: 500, p99: 4_000 }) },
  'M/G/1, hyperexponential': { servers: 1, gap: exponential(1_000), service: hyperexponential({ mean: 800, squaredVariation: 4 }) },
  'G/G/1, overloaded': { servers: 1, gap: erlang({ stages: 3, mean: 1_000 }), service: uniform({ min: 500, max: 1_600 }) },
  'M/M/1 of few microseconds': { servers: 1, gap: exponential(3), service: exponential(2) },
  'M/M/2': { servers: 2, gap: exponential(500), service: exponential(800) },
  'M/M/5': { servers: 5, gap: exponential(200), service: exponential(800) },
  'M/D/3': { servers: 3, gap: exponential(333), service: constant(800) },
  'D/G/4': { servers: 4, gap: constant(250), service: mixed(100, 5_000) },
  'G/D/16 in lockstep': { servers: 16, gap: constant(1), service: constant(20) },
};

function mixed(short: number, long: number): Sampler {
  return mix([{ weight: 9, of: constant(short) }, { weight: 1, of: constant(long) }]);
}

function sum(values: Float64Array): bigint {
  return values.reduce((total, value) => total + BigInt(value), 0n);
}

describe.each(Object.entries(systems))('%s', (_, options) => {
  let run: SystemRun;
  beforeAll(() => {
    run = simulate({ customers: CUSTOMERS, ...options });
  });

  it('makes every customer wait exactly as the recursion says', () => {
    const expected =
      options.servers === 1
        ? lindleyWaits(run.arrivals, run.services)
        : kieferWolfowitzWaits(run.arrivals, run.services, options.servers);
    const seen = waits(run);
    expect(seen.findIndex((wait, customer) => wait !== expected[customer])).toBe(-1);
    expect(Math.max(...seen.subarray(0, 1_000))).toBeGreaterThan(0);
  });

  it('obeys Little exactly: the area under the number present is the sum of the times spent', () => {
    const area = run.microsWithCustomers.reduce((total, micros, present) => total + BigInt(micros) * BigInt(present), 0n);
    const spent = sum(run.departures) - sum(run.arrivals);
    expect(area).toBe(spent);
    expect(BigInt(run.jobMicros)).toBe(spent);
  });

  it('obeys the utilisation law exactly: servers were busy for the sum of the service times', () => {
    expect(BigInt(run.busyMicros)).toBe(sum(run.services));
  });
});

describe('the recursions', () => {
  it('agree with each other for one server, and with a count by hand', () => {
    const arrivals = Float64Array.of(0, 1, 2, 10);
    const services = Float64Array.of(3, 4, 1, 1);
    expect([...lindleyWaits(arrivals, services)]).toEqual([0, 2, 5, 0]);
    expect([...kieferWolfowitzWaits(arrivals, services, 1)]).toEqual([0, 2, 5, 0]);
    expect([...kieferWolfowitzWaits(arrivals, services, 2)]).toEqual([0, 0, 1, 0]);
  });
});
