import { describe, expect, it } from 'vitest';
import { constant, exponential, hyperexponential, uniform } from '../../../sim/kernel/index.js';
import { simulate, steadyMean, type SystemOptions, waits } from './queueing-system.js';

/** Enough for a mean wait within 5 % at a load of 0.8; the seed is fixed, so the outcome is, too. */
const CUSTOMERS = 1_000_000;
const TOLERANCE = 0.05;
const SERVICE = 10_000;

/** Probability that a customer of M/M/c has to wait, by Erlang's recursion. */
function erlangC(servers: number, load: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
  const utilisation = load / servers;
  return blocked / (1 - utilisation * (1 - blocked));
}

/** Mean wait by Pollaczek and Khinchine, for a service of a given squared coefficient of variation. */
function pollaczekKhinchine(utilisation: number, squaredVariation: number): number {
  return (utilisation * SERVICE * (1 + squaredVariation)) / (2 * (1 - utilisation));
}

const forms: readonly { readonly name: string; readonly options: Omit<SystemOptions, 'customers'>; readonly meanWait: number }[] = [
  {
    name: 'M/M/1 at 0.5',
    options: { servers: 1, gap: exponential(SERVICE / 0.5), service: exponential(SERVICE) },
    meanWait: pollaczekKhinchine(0.5, 1),
  },
  {
    name: 'M/D/1 at 0.8',
    options: { servers: 1, gap: exponential(SERVICE / 0.8), service: constant(SERVICE) },
    meanWait: pollaczekKhinchine(0.8, 0),
  },
  {
    name: 'M/U/1 at 0.8',
    options: { servers: 1, gap: exponential(SERVICE / 0.8), service: uniform({ min: 0, max: 2 * SERVICE }) },
    meanWait: pollaczekKhinchine(0.8, 1 / 3),
  },
  {
    name: 'M/H2/1 at 0.6',
    options: { servers: 1, gap: exponential(SERVICE / 0.6), service: hyperexponential({ mean: SERVICE, squaredVariation: 4 }) },
    meanWait: pollaczekKhinchine(0.6, 4),
  },
  {
    name: 'M/M/5 at 0.8',
    options: { servers: 5, gap: exponential(SERVICE / 4), service: exponential(SERVICE) },
    meanWait: (erlangC(5, 4) * SERVICE) / (5 - 4),
  },
];

describe.each(forms)('$name', ({ options, meanWait }) => {
  it('waits on average as the closed form says', () => {
    const mean = steadyMean(waits(simulate({ customers: CUSTOMERS, ...options })));
    expect(Math.abs(mean / meanWait - 1)).toBeLessThan(TOLERANCE);
  });
});

describe('M/M/1 at 0.8', () => {
  const run = simulate({ customers: CUSTOMERS, servers: 1, gap: exponential(SERVICE / 0.8), service: exponential(SERVICE) });

  it('has a geometric number of customers present', () => {
    for (const present of [0, 1, 2, 5, 10]) {
      const share = run.microsWithCustomers[present]! / run.endMicros;
      expect(Math.abs(share / (0.2 * 0.8 ** present) - 1), `${present} present`).toBeLessThan(TOLERANCE);
    }
  });

  it('has an exponential time in the system: median and p99', () => {
    const times = run.departures.map((departure, customer) => departure - run.arrivals[customer]!).sort();
    const mean = SERVICE / 0.2;
    for (const share of [0.5, 0.99]) {
      const seen = times[Math.floor(share * CUSTOMERS)]!;
      expect(Math.abs(seen / (-Math.log(1 - share) * mean) - 1), `p${share * 100}`).toBeLessThan(TOLERANCE);
    }
  });

  it('is busy for the offered load', () => {
    expect(Math.abs(run.busyMicros / run.endMicros / 0.8 - 1)).toBeLessThan(0.01);
  });
});

describe('M/M/5 at 0.8', () => {
  it("makes the share of customers wait that Erlang's formula C says", () => {
    const run = simulate({ customers: CUSTOMERS, servers: 5, gap: exponential(SERVICE / 4), service: exponential(SERVICE), seed: '2' });
    const share = waits(run).filter((wait) => wait > 0).length / CUSTOMERS;
    expect(Math.abs(share / erlangC(5, 4) - 1)).toBeLessThan(TOLERANCE);
  });
});
