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

/** The same with a gap multiplied. What a scenario can say is what comes out: a rate of six digits, or whole microseconds. */
function scaled(gap: DistributionSpec, by: number): DistributionSpec {
  const whole = (micros: number): number => Math.max(1, Math.round(micros * by));
  switch (gap.kind) {
    case 'constant':
      return { ...gap, value: MICROS_PER_SECOND / Number((MICROS_PER_SECOND / (gap.value * by)).toPrecision(RATE_DIGITS)) };
    case 'exponential':
      return { ...gap, mean: whole(gap.mean) };
    case 'uniform':
      return { ...gap, min: Math.round(gap.min * by), max: whole(gap.max) };
    case 'lognormal':
      return { ...gap, p50: whole(gap.p50), p99: whole(gap.p99) };
    case 'pareto':
      return { ...gap, min: whole(gap.min) };
    case 'trace':
      return { ...gap, values: gap.values.map((value) => value * by) };
  }
}

const RATE_DIGITS = 6;

/**
 * The settings that make a scenario what {@link atRate} makes of it, as `--set` takes them. Null where no setting says it: the gaps of a trace
 * are in a file.
 */
export function settingsAtRate(scenario: Scenario, factor: number): string[] | null {
  const { settings, overrides } = scenario;
  const scaledProducers = atRate(scenario, factor).producers;
  const found: string[] = [];
  for (const { path, value } of settings) {
    const [, name, key] = /^producers\.(.+)\.(rate|interval|messages)$/.exec(path) ?? [];
    if (name === undefined) continue;
    if (key === 'messages') {
      if (value !== 'unlimited') found.push(`${path}=null`);
      continue;
    }
    const producer = scaledProducers.find((one) => one.name === name) ?? scaledProducers.find((one) => one.name === `${name}-1`);
    const gap = producer === undefined ? null : gapText(producer.interval);
    if (gap === null) return null;
    const [own, other] = gap.endsWith('/s') ? ['rate', 'interval'] : ['interval', 'rate'];
    found.push(...(key === other ? [`producers.${name}.${other}=null`] : []), `producers.${name}.${own}=${gap}`);
  }
  const pathOf = (setting: string): string => setting.slice(0, setting.indexOf('='));
  const replaced = new Set(found.map(pathOf));
  return [...overrides.filter((setting) => !replaced.has(pathOf(setting))), ...found];
}

function gapText(gap: DistributionSpec): string | null {
  switch (gap.kind) {
    case 'constant':
      return `${Number((MICROS_PER_SECOND / gap.value).toPrecision(RATE_DIGITS))}/s`;
    case 'exponential':
      return `exponential(${exactly(gap.mean)})`;
    case 'uniform':
      return `uniform(${exactly(gap.min)}, ${exactly(gap.max)})`;
    case 'lognormal':
    case 'pareto':
    case 'trace':
      return null;
  }
}

const MICROS_PER_MILLISECOND = 1_000;

/** A duration to the microsecond, in the unit that people would write it in: `14.545ms`. */
function exactly(micros: number): string {
  if (micros < MICROS_PER_MILLISECOND) return `${micros}us`;
  return micros < MICROS_PER_SECOND ? `${micros / MICROS_PER_MILLISECOND}ms` : `${micros / MICROS_PER_SECOND}s`;
}
