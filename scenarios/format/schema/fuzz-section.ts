import * as z from 'zod';
import type { FuzzRange } from '../../model.js';
import { FAULTS } from '../../../sim/index.js';
import { parseRange, rangeHint, valuesOfRange } from '../expressions/range.js';
import { mistaken, parsed, type Parsed } from '../mistake.js';
import { quoted } from '../printable.js';
import { COUNT, DURATION, FRACTION, SIZE, formatQuantity, type Dimension } from '../quantities/index.js';
import { MAX_COUNT } from './client-parts.js';
import { fromUnknown, leaf, wrongType } from './leaf.js';
import { SQS_LIMITS } from './sqs-limits.js';
import { choice, flag } from './word.js';

interface RangeBounds {
  readonly min: number;
  readonly max: number;
  readonly description: string;
}

/** A range within bounds. */
function range(dimension: Dimension, { min, max, description }: RangeBounds): z.ZodType<FuzzRange> {
  return leaf((text) => withinBounds(text, dimension, min, max), rangeHint(dimension), { description, type: ['string', 'number'] }, (value) => writtenRange(value, dimension));
}

/** The same, or `keep`, which leaves what the scenario says. */
function rangeOrKeep(dimension: Dimension, { min, max, description }: RangeBounds): z.ZodType<FuzzRange | null> {
  const parse = (text: string): Parsed<FuzzRange | null> => (text.trim() === 'keep' ? parsed(null) : withinBounds(text, dimension, min, max));
  return leaf(parse, `${rangeHint(dimension)}; or keep`, { description, type: ['string', 'number'], examples: ['keep'] }, (value) => (value === null ? 'keep' : writtenRange(value, dimension)));
}

const writtenRange = ({ least, most }: FuzzRange, dimension: Dimension): string =>
  [...new Set([least, most])].map((value) => formatQuantity(value, dimension)).join('..');

function withinBounds(text: string, dimension: Dimension, min: number, max: number): Parsed<FuzzRange> {
  const parsedRange = parseRange(text, dimension);
  if (!parsedRange.ok) return parsedRange;
  const { least, most } = parsedRange.value;
  if (least >= min && most <= max) return parsedRange;
  const expected = `${dimension.name} from ${formatQuantity(min, dimension)} to ${formatQuantity(max, dimension)}`;
  return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(text)} reaches ${least < min ? 'too low' : 'too high'}.`, expected });
}

const MAX_VALUES = 100;
const MAX_KNOBS = 100;

/** The values of one setting: a list, or a range that stands for some. */
const knob: z.ZodType<readonly string[]> = fromUnknown<readonly string[]>((value) => {
  const expected = 'a list of values such as [1s, 30s], or a range such as 1s..30s';
  const isValue = (item: unknown): boolean => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean';
  if (Array.isArray(value) && value.length > 0 && value.length <= MAX_VALUES && value.every(isValue)) return parsed(value.map(String));
  if (typeof value !== 'string') return { ok: false, mistake: wrongType(value, expected) };
  const values = valuesOfRange(value);
  return values === null ? mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(value)} is no range.`, expected }) : parsed(values);
}, { description: 'Values to choose from: a list, or a range.' });

const FAMILIES = [...new Set([...FAULTS.values()].map(({ family }) => family))];
const someFaults = (description: string) =>
  z.array(choice([...FAMILIES, ...FAULTS.keys()], 'A family of faults, or a kind.')).max(MAX_KNOBS).meta({ description }).prefault([]);

const MAX_FUZZ_FAULTS = 200;
const MAX_MESSAGES = 1_000_000;
const MAX_CROWD = Math.min(100, MAX_COUNT);
const YEAR_MICROS = 31_536_000_000_000;

const faults = z.strictObject({
  only: someFaults('Families and kinds to choose from; all when empty. Families: process, power, clock, disk, network.'),
  without: someFaults('Families and kinds that are left out.'),
  count: range(COUNT, { min: 0, max: MAX_FUZZ_FAULTS, description: 'How many strike in one run.' }).prefault('0..12'),
  for: rangeOrKeep(DURATION, { min: 1, max: YEAR_MICROS, description: 'How long one lasts; keep: from 1ms to a third of the time in which the run is busy.' }).prefault('keep'),
}).meta({ description: 'The faults that `fuzz` draws in place of those under `faults`.' }).prefault({});

/** `fuzz:` */
export const fuzzSection = z.strictObject({
  messages: range(COUNT, { min: 1, max: MAX_MESSAGES, description: 'Messages that each producer sends at most, and never more than the scenario says.' }).prefault('2..80'),
  producers: rangeOrKeep(COUNT, { min: 0, max: MAX_CROWD, description: 'Machines behind each entry of `producers`.' }).prefault('1..3'),
  consumers: rangeOrKeep(COUNT, { min: 0, max: MAX_CROWD, description: 'Machines behind each entry of `consumers`.' }).prefault('1..4'),
  size: rangeOrKeep(SIZE, { min: 1, max: 16 * 1024 ** 2, description: 'Size of a message body. Now and then one is about as large as its queue allows.' }).prefault('8B..16KiB'),
  delay: rangeOrKeep(DURATION, { min: 0, max: SQS_LIMITS.delayMicros.max, description: 'How long each message of a producer stays hidden.' }).prefault('0s..5s'),
  handlerTime: rangeOrKeep(DURATION, { min: 0, max: YEAR_MICROS, description: 'How long a handling takes; at most two leases.' }).prefault('1ms..1min'),
  failure: rangeOrKeep(FRACTION, { min: 0, max: 1, description: 'Probability that a handling fails.' }).prefault('0%..40%'),
  poisonEvery: rangeOrKeep(COUNT, { min: 1, max: MAX_MESSAGES, description: 'Every n-th message always fails, where a dead-letter queue takes it.' }).prefault('2..40'),
  clients: flag('Whether concurrency, batch sizes, waits, lease extensions and what a failure leads to are drawn, too.').prefault(true),
  queues: flag('Whether fairness, the limit of messages in flight, and what a FIFO queue deduplicates and limits by are drawn, too.').prefault(true),
  vary: z.record(z.string(), knob).refine((map) => Object.keys(map).length <= MAX_KNOBS, `more than ${MAX_KNOBS} settings`)
    .meta({ description: 'Settings by their dotted paths, as `--set` takes them, with values to choose from: `queues.orders.visibilityTimeout: 1s..30s`.' }).prefault({}),
  faults,
}).meta({ description: 'What `queuelab fuzz` may vary. Nothing else reads it.' }).prefault({});

export type ParsedFuzz = z.output<typeof fuzzSection>;
