import type { DistributionSpec, ProducerSpec, Scenario } from '../../scenarios/index.js';
import { StudyError } from './errors.js';

/** Intended sends per second of all producers together, on average. */
export function offeredRate({ producers, file }: Scenario): number {
  if (producers.length === 0) throw new StudyError('QL_STUDY_RATE', `${file} has no producer, and so no rate to vary.`);
  return producers.reduce((sum, producer) => sum + MICROS_PER_SECOND / meanGap(producer), 0);
}

const MICROS_PER_SECOND = 1_000_000;

/**
 * The scenario with all of its producers sending so many times as fast, for as long as it lasts. What they draw stays the same, so that
 * two rates differ in nothing but the rate: common random numbers.
 */
export function atRate(scenario: Scenario, factor: number): Scenario {
  return { ...scenario, producers: scenario.producers.map((producer) => ({ ...producer, messages: Infinity, interval: scaled(producer.interval, 1 / factor) })) };
}

function meanGap({ name, interval, sends }: ProducerSpec): number {
  const fail = (reason: string): never => {
    throw new StudyError('QL_STUDY_RATE', `The rate of producer ${name} cannot be varied: ${reason}.`);
  };
  if (sends !== null) return fail('its sends are listed one by one');
  switch (interval.kind) {
    case 'constant':
      return interval.value > 0 ? interval.value : fail('it sends everything at once');
    case 'exponential':
      return interval.mean;
    case 'uniform':
      return (interval.min + interval.max) / 2;
    case 'trace':
      return interval.values.reduce((sum, value) => sum + value, 0) / interval.values.length;
    case 'lognormal':
    case 'pareto':
      return fail(`the mean of a ${interval.kind} gap is not what its settings say; give exponential(...) or a rate`);
  }
}

function scaled(gap: DistributionSpec, by: number): DistributionSpec {
  switch (gap.kind) {
    case 'constant':
      return { ...gap, value: gap.value * by };
    case 'exponential':
      return { ...gap, mean: gap.mean * by };
    case 'uniform':
      return { ...gap, min: gap.min * by, max: gap.max * by };
    case 'lognormal':
      return { ...gap, p50: gap.p50 * by, p99: gap.p99 * by };
    case 'pareto':
      return { ...gap, min: gap.min * by };
    case 'trace':
      return { ...gap, values: gap.values.map((value) => value * by) };
  }
}
