import type { RunResult } from '../../scenarios/index.js';
import type { DeliverySummary } from './comparison.js';
import { lostIn } from './loss.js';
import { pooledLatencies, type Variant } from './variant.js';

/** What a variant delivers: the row of the table of delivery guarantees. */
export function deliveryOf(variant: Variant): DeliverySummary {
  const { results } = variant;
  const mean = (of: (result: RunResult) => number): number => results.reduce((sum, result) => sum + of(result), 0) / results.length;
  const count = (name: string) => ({ measures }: RunResult): number => measures.counts[name] ?? 0;
  const messages = (result: RunResult): number => Math.max(1, count('send-ok')(result));
  const endToEnd = pooledLatencies(variant)['endToEnd'];
  const isMeasured = endToEnd !== undefined && endToEnd.count > 0;
  return {
    accepted: mean(count('send-ok')),
    lost: mean(lostIn),
    duplicated: mean(count('duplicate-effects')),
    p50Micros: isMeasured ? endToEnd.p50Micros : null,
    p99Micros: isMeasured ? endToEnd.p99Micros : null,
    throughput: mean(({ measures }) => measures.rates['throughput'] ?? 0),
    requestsPerMessage: mean((result) => REQUESTS.reduce((sum, name) => sum + count(name)(result), 0) / messages(result)),
    brokerCpuMicrosPerMessage: results.every((result) => brokerCpu(result) !== null) ? mean((result) => brokerCpu(result)! / messages(result)) : null,
    handlingMicrosPerMessage: mean((result) => handlersBusy(result) / messages(result)),
    lookupsPerMessage: mean((result) => (result.measures.deduplication?.lookups ?? 0) / messages(result)),
    lookupMicrosPerMessage: mean((result) => (result.measures.deduplication?.busyMicros ?? 0) / messages(result)),
    idsRemembered: mean((result) => result.measures.deduplication?.remembered ?? 0),
    syncsPerMessage: mean((result) => count('syncs')(result) / messages(result)),
  };
}

/** Counts of which each stands for a request of a client. */
const REQUESTS = ['sent', 'send-retries', 'receives', 'empty-polls', 'empty-receives', 'acknowledged', 'ack-failed', 'ack-unknown', 'negatively-acknowledged', 'lease-extended'] as const;

const handlersBusy = ({ measures: { resources = [] } }: RunResult): number =>
  resources.filter(({ kind }) => kind === 'handlers').reduce((sum, { busyMicros }) => sum + busyMicros, 0);

/** Busy time of the CPU that is not a client's: only brokers have one. */
function brokerCpu({ measures: { resources = [] } }: RunResult): number | null {
  const cpus = resources.filter(({ kind }) => kind === 'cpu');
  return cpus.length === 0 ? null : cpus.reduce((sum, { busyMicros }) => sum + busyMicros, 0);
}
