import * as z from 'zod';
import { runResultSchema } from '../../scenarios/index.js';
import type { CapacityResult } from './capacity.js';
import type { Comparison } from './comparison.js';
import type { SweepResult } from './sweep.js';

const { latencies } = runResultSchema.shape.measures.shape;
const { schedule, series } = runResultSchema.shape;
const unit = z.enum(['micros', 'number', 'per-second']).meta({ description: 'What its numbers are: durations in microseconds, plain numbers, or rates per second.' });
const better = z.enum(['lower', 'higher']).nullable().meta({ description: 'Which is better; null when neither is.' });
const basis = z.enum(['whole-run', 'steady-state']).meta({ description: 'What a figure speaks of: the whole run, or the system after its warm-up.' });
const fromScenario = { name: z.string(), file: z.string(), sha256: z.string().meta({ description: "Of the file's bytes; empty for a scenario that is no file." }) };
const seeds = z.array(z.string()).meta({ description: 'Seeds of the runs: the same everywhere.' });
const version = z.string().meta({ description: 'Version of queuelab.' });
const end = (which: string) => z.number().nullable().meta({ description: `The ${which} end of the interval; null when nothing bounds it.` });
const busy = z.object({
  name: z.string().meta({ description: 'The resource; machines that are alike and numbered are one.', examples: ['broker disk', 'worker handlers'] }),
  kind: z.enum(['cpu', 'disk', 'link', 'handlers', 'group']),
  utilisation: z.number().meta({ description: 'Share of the time under load: the mean over the runs.' }),
});

const variant = z.object({
  name: z.string(),
  scenario: z.object({ ...fromScenario, overrides: z.array(z.string()).meta({ description: 'The settings that --set changed.' }) }),
  runs: z.array(z.object({ seed: z.string(), fingerprint: z.string(), outcome: z.enum(['held', 'broken', 'inconclusive']), replay: z.string() })),
  latencies: latencies.meta({ description: 'Over all of its runs.' }),
  overTime: z.object({
    seed: z.string(),
    schedule,
    run: z.object({ virtualMicros: z.number(), drainBeganMicros: z.number() }),
    series: series.omit({ heat: true }),
    seeds: z.array(z.string()).exactOptional().meta({ description: 'Seeds of the runs that the series are the means of.' }),
    bands: z.record(z.string(), z.object({ low: z.array(z.number()), high: z.array(z.number()) })).exactOptional().meta({ description: 'The least and the most of the runs at each step of a series; absent of a single run.' }),
  }).exactOptional().meta({ description: 'Its runs over time: the mean over them. Schedule and `seed` are those of the first.' }),
});

const comparisonVerdict = z.enum(['improved', 'regressed', 'changed', 'no-change', 'within-noise', 'inconclusive']);

const row = z.object({
  variant: z.int().min(1).meta({ description: 'Number of the variant that is held against variant 0.' }),
  figure: z.string().meta({ examples: ['p99(endToEnd)', 'throughput'] }),
  unit, better, basis,
  base: z.number().meta({ description: 'Mean of variant 0.' }),
  value: z.number().meta({ description: 'Mean of this variant.' }),
  difference: z.object({ value: z.number(), low: end('lower'), high: end('upper') }),
  verdict: comparisonVerdict,
});

const promiseCounts = z.object({
  holds: z.int().min(0), violated: z.int().min(0),
  anomaly: z.int().min(0).meta({ description: 'Broken where the contract allows it.' }),
  notExercised: z.int().min(0).meta({ description: 'Nothing put it to the test, or it cannot concern the run.' }),
  inconclusive: z.int().min(0),
}).meta({ description: 'Runs by what the judge said of the promise.' });

const promise = z.object({
  variant: z.int().min(1).meta({ description: 'Number of the variant that is held against variant 0.' }),
  promise: z.string().meta({ examples: ['acked-send-not-lost'] }),
  base: promiseCounts,
  value: promiseCounts,
  verdict: comparisonVerdict,
});

const delivery = z.object({
  accepted: z.number().meta({ description: 'Messages accepted.' }),
  lost: z.number().meta({ description: 'Accepted messages without any effect when the run was over.' }),
  duplicated: z.number().meta({ description: 'Effects beyond the first.' }),
  p50Micros: z.number().nullable(),
  p99Micros: z.number().nullable(),
  throughput: z.number(),
  requestsPerMessage: z.number().meta({ description: 'Requests of clients that a message took.' }),
  brokerCpuMicrosPerMessage: z.number().nullable(),
  handlingMicrosPerMessage: z.number().meta({ description: 'Time that handlers worked on a message, repetitions and look-ups included.' }),
  lookupsPerMessage: z.number().meta({ description: 'Ids that the store behind the handlers looked up for a message, to have its effect once.' }),
  lookupMicrosPerMessage: z.number(),
  idsRemembered: z.number().meta({ description: 'Ids that it remembers at the end.' }),
  syncsPerMessage: z.number(),
}).meta({ description: 'What a variant delivers, and what it costs: means over its runs.' });

/** What `compare --reporter json` writes. Fields are added in later versions. */
export const comparisonSchema = z.object({
  schema: z.literal('queuelab/comparison/1'),
  version,
  level: z.number().meta({ description: 'Confidence of the intervals.' }),
  tolerance: z.number().meta({ description: 'Differences up to this share count as no change.' }),
  isPaired: z.boolean().meta({ description: 'The same seeds on both sides, compared one by one.' }),
  variants: z.array(variant).meta({ description: 'The first is what the others are held against.' }),
  settings: z.array(z.object({ path: z.string(), values: z.array(z.string().nullable()) })).meta({ description: 'Settings that differ, by variant; null where there is no such setting.' }),
  warnings: z.array(z.string()).meta({ description: 'What differs besides, in sentences: each may be why figures differ.' }),
  promises: z.array(promise).meta({ description: 'What the judge said of each promise.' }),
  rows: z.array(row).meta({ description: 'The first of each variant is `lost`: accepted messages that came to nothing.' }),
  delivery: z.array(delivery),
});

/** What `sweep --reporter json` writes. Fields are added in later versions. */
export const sweepSchema = z.object({
  schema: z.literal('queuelab/sweep/1'),
  version,
  scenario: z.object(fromScenario),
  seeds,
  axes: z.array(z.object({ path: z.string(), values: z.array(z.string()) })).meta({ description: 'The settings that vary, with their values.' }),
  figures: z.array(z.object({ name: z.string(), unit, better, basis })),
  extremes: z.array(z.object({
    lowest: z.int().min(0).meta({ description: 'Number of the point at which it is least.' }),
    highest: z.int().min(0).meta({ description: 'Number of the point at which it is most.' }),
    difference: z.object({ value: z.number(), low: end('lower'), high: end('upper') }),
    verdict: z.enum(['same', 'differs', 'within-noise', 'inconclusive']),
  }).nullable()).meta({ description: 'By figure, whether it depends on the point; null where too few points have it.' }),
  points: z.array(z.object({
    at: z.array(z.string()).meta({ description: 'A value of each axis.' }),
    figures: z.array(z.object({ value: z.number(), low: end('lower'), high: end('upper') }).nullable()).meta({ description: 'By figure, the mean over the seeds; null where nothing was measured.' }),
    held: z.int().min(0), broken: z.int().min(0), inconclusive: z.int().min(0),
    busiest: busy.nullable(),
    replay: z.string(),
  })),
});

const probe = z.object({
  ratePerSecond: z.number().meta({ description: 'Intended sends per second of all producers together.' }),
  settings: z.array(z.string()).nullable().meta({ description: 'The settings that make this rate, as --set takes them; null where no setting says it.' }),
  isKept: z.boolean(),
  reason: z.string().meta({ description: 'Why not, in words; empty when it was kept.' }),
  value: z.number().nullable().meta({ description: 'The figure of `until`: the mean over all seeds.' }),
  values: z.array(z.number().nullable()).meta({ description: 'By seed.' }),
  throughput: z.number().meta({ description: 'Messages acknowledged per second while there was load.' }),
  busiest: z.array(busy),
});

/** What `capacity --reporter json` writes. Fields are added in later versions. */
export const capacitySchema = z.object({
  schema: z.literal('queuelab/capacity/1'),
  version,
  scenario: z.object(fromScenario),
  until: z.string().meta({ description: 'What had to be kept, as given.' }),
  limit: z.number().exactOptional().meta({ description: 'Its number, in microseconds for a duration and per second for a rate.' }),
  seeds,
  precision: z.number().meta({ description: 'Two neighbouring rates are told apart down to this share.' }),
  sustained: probe.nullable().meta({ description: 'The highest rate at which it was kept; null when it was not even at the lowest that was tried.' }),
  exceeded: probe.nullable().meta({ description: 'The lowest rate at which it was not; null when it was kept at the highest that was tried.' }),
  fewest: z.int().nullable().meta({ description: 'Messages that a run sends at the least: lower rates were not tried, for a run of so few says nothing. Null: the search did not come to that.' }),
  faults: z.int().min(1).exactOptional().meta({ description: 'Faults of the scenario, which strike at every rate. Absent: none.' }),
  probes: z.array(probe).meta({ description: 'Every rate that was tried, in ascending order.' }),
});

type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type WithoutSchedules<T extends Pick<Comparison, 'variants'>> = Omit<T, 'variants'>;

/** Do not compile when a schema and its type part ways. A fault's parameters are open, which the two say differently. */
export const schemasMatchTypes: readonly [
  Same<Plain<WithoutSchedules<z.output<typeof comparisonSchema>>>, Plain<WithoutSchedules<Comparison>>>,
  Same<Plain<z.output<typeof sweepSchema>>, Plain<SweepResult>>,
  Same<Plain<z.output<typeof capacitySchema>>, Plain<CapacityResult>>,
] = [true, true, true];

/** The JSON Schemas of what studies write, by the name of the file. */
export function studyJsonSchemas(): Record<string, object> {
  const described = (schema: z.ZodType, title: string, description: string): object => {
    const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
    return { $schema, title, description, ...rest };
  };
  return {
    'comparison.schema.json': described(comparisonSchema, 'queuelab comparison', 'What is better, what is worse and what is chance between variants.'),
    'sweep.schema.json': described(sweepSchema, 'queuelab sweep', 'What a grid of settings came to.'),
    'capacity.schema.json': described(capacitySchema, 'queuelab capacity', 'The highest rate that a scenario sustains, and every rate that was tried.'),
  };
}
