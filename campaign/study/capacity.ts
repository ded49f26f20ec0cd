import { evaluate, meanUnderLoad, type Threshold } from '../../measures/index.js';
import { type RunResult, type Scenario, VERSION } from '../../scenarios/index.js';
import { StudyError } from './errors.js';
import { type Busy, busiestOf } from './saturation.js';
import { atRate, offeredRate, settingsAtRate } from './scale-rate.js';
import type { Candidate } from './run-variants.js';
import type { Variant } from './variant.js';

/** The highest rate that a scenario sustains. Fields are added, never renamed. */
export interface CapacityResult {
  readonly schema: 'queuelab/capacity/1';
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string; readonly sha256: string };
  /** What had to be kept, as given. */
  readonly until: string;
  /** Its number, in microseconds for a duration and per second for a rate. */
  readonly limit?: number;
  readonly seeds: readonly string[];
  /** Two neighbouring rates are told apart down to this share. */
  readonly precision: number;
  /** The highest rate at which it was kept; null when it was not even at the lowest that was tried. */
  readonly sustained: Probe | null;
  /** The lowest rate at which it was not; null when it was kept at the highest that was tried. */
  readonly exceeded: Probe | null;
  /** Messages that a run sends at the least: lower rates were not tried, for a run of so few says nothing. Null: the search did not come to that. */
  readonly fewest: number | null;
  /** Faults of the scenario, which strike at every rate. Absent: none. */
  readonly faults?: number;
  /** Every rate that was tried, in ascending order. */
  readonly probes: readonly Probe[];
}

export interface Probe {
  /** Intended sends per second of all producers together. */
  readonly ratePerSecond: number;
  /** The settings that make this rate, as `--set` takes them; null where no setting says it. */
  readonly settings: readonly string[] | null;
  readonly isKept: boolean;
  /** Why not, in words; empty when it was kept. */
  readonly reason: string;
  /** The figure of `until` over all seeds: their mean, and each. */
  readonly value: number | null;
  readonly values: readonly (number | null)[];
  /** Messages acknowledged per second while there was load. */
  readonly throughput: number;
  readonly busiest: readonly Busy[];
}

export interface CapacityPlan {
  readonly scenario: Scenario;
  readonly until: Threshold & { readonly expression: string };
  readonly seeds: readonly string[];
  readonly precision: number;
  /** Does the runs of one rate. Null: interrupted. */
  readonly run: (candidate: Candidate) => Promise<Variant | null>;
  readonly onProbe?: ((probe: Probe) => void) | undefined;
}

/** Doublings and halvings of the scenario's own rate that are tried at most. */
const MAX_DOUBLINGS = 14;
/** Messages that a run sends at the least: of fewer, no figure and no share of busy time says anything. */
const FEWEST_SENDS = 20;
/** Of what arrives, so much may stay: else the backlog grows, whatever the figure says. */
const MAY_STAY = 0.02;

/**
 * Finds the highest rate at which a threshold is kept in the mean over all seeds: doubles or halves the scenario's own rate until one
 * rate keeps it and one does not, then halves the distance between them. The rates that are tried depend on nothing but what earlier ones came to,
 * so that the answer is the same whatever does the runs.
 */
export async function findCapacity(plan: CapacityPlan): Promise<CapacityResult | null> {
  const { scenario, until, seeds, precision } = plan;
  const probes = new Map<number, Probe>();
  const probe = async (factor: number): Promise<boolean | null> => {
    const candidate = atRate(scenario, factor);
    const variant = await plan.run({ name: `${factor}`, scenario: candidate });
    if (variant === null) return null;
    const probed = { ...probeOf(variant.results, until, offeredRate(candidate)), settings: settingsAtRate(scenario, factor) };
    probes.set(factor, probed);
    plan.onProbe?.(probed);
    return probed.isKept;
  };
  const bracket = await findBracket(probe, (FEWEST_SENDS * MICROS_PER_SECOND) / (offeredRate(scenario) * scenario.durationMicros));
  if (bracket === null) return null;
  let { kept, exceeded } = bracket;
  while (kept > 0 && exceeded < Infinity && exceeded / kept > 1 + precision) {
    const middle = (kept + exceeded) / 2;
    const isKept = await probe(middle);
    if (isKept === null) return null;
    if (isKept) kept = middle;
    else exceeded = middle;
  }
  const { name, file, sha256 } = scenario;
  return {
    schema: 'queuelab/capacity/1', version: VERSION, scenario: { name, file, sha256 }, until: until.expression, limit: until.limit, seeds, precision,
    sustained: probes.get(kept) ?? null,
    exceeded: probes.get(exceeded) ?? null,
    fewest: bracket.isAtLowest ? FEWEST_SENDS : null,
    ...(scenario.faults.length === 0 ? {} : { faults: scenario.faults.length }),
    probes: [...probes.values()].sort((left, right) => left.ratePerSecond - right.ratePerSecond),
  };
}

/** Factors of the own rate: one that keeps (0: none did) and twice as many that does not (infinite: all did). */
interface Bracket {
  readonly kept: number;
  readonly exceeded: number;
  /** None kept it, and at lower rates hardly anything would be sent. */
  readonly isAtLowest: boolean;
}

async function findBracket(probe: (factor: number) => Promise<boolean | null>, lowest: number): Promise<Bracket | null> {
  let factor = 1;
  const first = await probe(factor);
  if (first === null) return null;
  for (let step = 0; step < MAX_DOUBLINGS; step++) {
    const next = first ? factor * 2 : factor / 2;
    if (!first && next < lowest) return { kept: 0, exceeded: factor, isAtLowest: true };
    const isKept = await probe(next);
    if (isKept === null) return null;
    if (isKept !== first) return { isAtLowest: false, ...(first ? { kept: factor, exceeded: next } : { kept: next, exceeded: factor }) };
    factor = next;
  }
  return { isAtLowest: false, ...(first ? { kept: factor, exceeded: Infinity } : { kept: 0, exceeded: factor }) };
}

function probeOf(results: readonly RunResult[], until: Threshold, ratePerSecond: number): Omit<Probe, 'settings'> {
  const values = results.map(({ measures }) => evaluate(measures, until).value);
  const measured = values.filter((value) => value !== null);
  const value = measured.length < values.length ? null : measured.reduce((sum, one) => sum + one, 0) / measured.length;
  const throughput = meanOf(results, ({ series, run: { drainBeganMicros } }) => meanUnderLoad(series, 'throughput', drainBeganMicros) ?? 0);
  const reason = whyNot({ results, value, until, ratePerSecond });
  return { ratePerSecond, isKept: reason === '', reason, value, values, throughput, busiest: busiestOf(results) };
}

const meanOf = (results: readonly RunResult[], of: (result: RunResult) => number): number => results.reduce((sum, result) => sum + of(result), 0) / results.length;

interface Judged {
  readonly results: readonly RunResult[];
  readonly value: number | null;
  readonly until: Threshold;
  readonly ratePerSecond: number;
}

function whyNot({ results, value, until: { operator, limit }, ratePerSecond }: Judged): string {
  const cut = results.find(({ run }) => run.limit !== null);
  if (cut !== undefined) return `a run was cut short: ${cut.run.limit ?? ''}`;
  if (value === null) return 'nothing was measured';
  const isWithin = { '<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit, '==': value === limit }[operator];
  if (!isWithin) return 'the threshold is missed';
  if (results.some(({ run }) => !run.drained)) return 'the queues did not drain';
  return meanOf(results, growthPerSecond) > MAY_STAY * ratePerSecond ? 'less is acknowledged than arrives: the backlog grows' : '';
}

/**
 * Messages that more are stored each second, from the third quarter of the load to the last: a system that settles has settled by then, and
 * what a fault holds back for a while is no growth.
 */
function growthPerSecond({ series: { atMicros, values }, run: { drainBeganMicros } }: RunResult): number {
  const quarter = drainBeganMicros / 4;
  const stored = (from: number, to: number): number => {
    const steps = atMicros.flatMap((at, step) => (at >= from && at < to ? [(values['backlog']?.[step] ?? 0) + (values['inFlight']?.[step] ?? 0)] : []));
    return steps.reduce((sum, count) => sum + count, 0) / Math.max(1, steps.length);
  };
  return quarter <= 0 ? 0 : (stored(3 * quarter, drainBeganMicros) - stored(2 * quarter, 3 * quarter)) / (quarter / MICROS_PER_SECOND);
}

const MICROS_PER_SECOND = 1_000_000;

/** A threshold that a rate can be sought for. */
export function rejectHopeless({ measure, operator }: Threshold, scenario: Scenario): void {
  if (scenario.consumers.length === 0) throw new StudyError('QL_STUDY_UNTIL', `${scenario.file} has no consumer: it takes any rate and handles none.`);
  if (measure === 'offered') throw new StudyError('QL_STUDY_UNTIL', 'The rate offered is what is sought; give a figure that depends on it, such as p99(endToEnd) < 50ms.');
  // What a system keeps at high rates and not at low ones has no highest rate up to which it is kept.
  if (operator !== '<' && operator !== '<=') throw new StudyError('QL_STUDY_UNTIL', `The highest rate is sought that still keeps a threshold, so it needs an upper limit, such as p99(endToEnd) < 50ms; "${operator}" gives none.`);
}
