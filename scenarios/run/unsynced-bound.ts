import { type DistributionSpec, pow } from '../../sim/index.js';
import type { DiskSpec } from '../model.js';

const MICROS_PER_SECOND = 1_000_000;
/** Beyond what the disk takes: timers wait for a core of the broker, writes for each other. */
const SLACK_MICROS = 1 * MICROS_PER_SECOND;
/** What may wait to be written before a sync. */
const BACKLOG_BYTES = 16 * 1024 * 1024;
/** Latencies without an upper end are taken at a value that one operation in so many passes. */
const RARE = 1e9;
/** The same in means of the exponential distribution, and on the scale of the normal one, of whose deviations 2.326 are at the 99th percentile. */
const RARE_MEANS = 20.8;
const RARE_DEVIATIONS = 6 / 2.326;

/**
 * With `flush: interval`, how long what was answered may lie in the page cache alone while nothing hinders the broker: until a sync that
 * runs has ended, an interval after that, and until the next sync has ended.
 */
export function unsyncedBound(intervalMicros: number, { writeLatency, syncLatency, bandwidthBytesPerSecond }: DiskSpec): number {
  const transferMicros = (BACKLOG_BYTES / bandwidthBytesPerSecond) * MICROS_PER_SECOND;
  return Math.ceil(intervalMicros + 2 * (longest(syncLatency) + longest(writeLatency) + transferMicros) + SLACK_MICROS);
}

function longest(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant': return spec.value;
    case 'uniform': return spec.max;
    case 'trace': return Math.max(...spec.values);
    case 'exponential': return spec.mean * RARE_MEANS;
    case 'lognormal': return spec.p50 * pow(spec.p99 / spec.p50, RARE_DEVIATIONS);
    case 'pareto': return spec.min * pow(RARE, 1 / spec.shape);
  }
}
