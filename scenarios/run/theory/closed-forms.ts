import { exp, ln } from '../../../sim/index.js';

/** How something is distributed, as far as queues of theory know. */
export type Law = 'M' | 'D' | 'G';

/** A queue in front of servers: Poisson (`M`) or regular (`D`) arrivals. Times in microseconds. */
export interface TheoryQueue {
  readonly arrivals: 'M' | 'D';
  readonly gapMicros: number;
  readonly service: Law;
  readonly serviceMicros: number;
  /** Variance of a service over the square of its mean. */
  readonly squaredVariation: number;
  readonly servers: number;
}

/** Means that theory gives, and quantiles of the time in the system where it knows them. */
export interface ClosedForm {
  readonly meanWaitMicros: number;
  /** Time in the system up to which a fraction of customers stays; null where no closed form is known. */
  readonly sojourn: ((fraction: number) => number) | null;
}

/** Share of the servers that is busy. */
export const utilisationOf = ({ gapMicros, serviceMicros, servers }: TheoryQueue): number => serviceMicros / gapMicros / servers;

/** `M/M/1`, as Kendall writes it. */
export const kendall = ({ arrivals, service, servers }: TheoryQueue): string => `${arrivals}/${service}/${servers}`;

/**
 * What theory says of a queue that is not overloaded; null where it has no closed form.
 *
 * | queue   | source                                              |
 * | ------- | --------------------------------------------------- |
 * | D/D/c   | nobody waits                                        |
 * | M/M/c   | Erlang C; for one server the sojourn is exponential |
 * | M/G/1   | Pollaczek and Khinchine                             |
 * | D/M/1   | the root of s = exp(-(1 - s) / utilisation)         |
 */
export function closedForm(queue: TheoryQueue): ClosedForm | null {
  const { arrivals, service, servers, serviceMicros } = queue;
  const utilisation = utilisationOf(queue);
  if (utilisation >= 1) return null;
  if (arrivals === 'D' && service === 'D') return { meanWaitMicros: 0, sojourn: () => serviceMicros };
  if (arrivals === 'M' && service === 'M') return erlang(queue);
  if (arrivals === 'M' && servers === 1) {
    return { meanWaitMicros: (utilisation * serviceMicros * (1 + queue.squaredVariation)) / (2 * (1 - utilisation)), sojourn: null };
  }
  if (arrivals === 'D' && service === 'M' && servers === 1) {
    const mean = serviceMicros / (1 - rootOf(utilisation));
    return { meanWaitMicros: mean - serviceMicros, sojourn: exponentialQuantile(mean) };
  }
  return null;
}

const exponentialQuantile = (meanMicros: number) => (fraction: number): number => -ln(1 - fraction) * meanMicros;

/** Probability that a customer of M/M/c has to wait, by Erlang's recursion. */
export function erlangC(servers: number, load: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

function erlang({ servers, serviceMicros, gapMicros }: TheoryQueue): ClosedForm {
  const load = serviceMicros / gapMicros;
  const meanWaitMicros = (erlangC(servers, load) * serviceMicros) / (servers - load);
  return { meanWaitMicros, sojourn: servers === 1 ? exponentialQuantile(meanWaitMicros + serviceMicros) : null };
}

const MAX_ROUNDS = 10_000;

/** The fraction of arrivals of D/M/1 that find the server busy: iterated from 0, which converges from below. */
function rootOf(utilisation: number): number {
  let root = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = exp(-(1 - root) / utilisation);
    if (next === root) break;
    root = next;
  }
  return root;
}
