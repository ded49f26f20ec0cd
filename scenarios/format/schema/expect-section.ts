import * as z from 'zod';
import { THRESHOLD_EXAMPLES, parseThreshold, type Threshold } from '../expressions/threshold.js';
import { leaf } from './leaf.js';
import { choice } from './word.js';

/** Verdicts that a scenario may expect. */
export const EXPECTED_VERDICTS = ['holds', 'violated', 'anomaly', 'not-exercised'] as const;
export type ExpectedVerdict = (typeof EXPECTED_VERDICTS)[number];

export const CONFIDENCES = ['90%', '95%', '99%'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

const MAX_THRESHOLDS = 100;

/** An invariant as the format shows it: its id and its promise in one sentence. */
export interface PromiseHelp {
  readonly id: string;
  readonly promise: string;
}

const threshold: z.ZodType<Threshold> = leaf(parseThreshold, 'a threshold', {
  description: 'aggregate(measure), an operator and a limit.',
  type: 'string',
  pattern: '^\\s*([a-z0-9]+\\s*\\(\\s*[A-Za-z-]+\\s*\\)|[A-Za-z-]+)\\s*(<|<=|>|>=|==)\\s*\\S.*$',
  examples: THRESHOLD_EXAMPLES,
}, ({ expression }) => expression);

/** `expect:` has a key for every invariant, beside `thresholds`. */
export function expectSection(invariants: readonly PromiseHelp[]) {
  const promises = Object.fromEntries(invariants.map(({ id, promise }) => [id, choice(EXPECTED_VERDICTS, promise).optional()]));
  return z.strictObject({
    ...promises,
    confidence: choice(CONFIDENCES, 'Holds thresholds for means, quantiles and rates against the interval that has the true figure with this confidence: met when all of it is within the limit, missed when all of it is beyond, otherwise inconclusive. Left out: against the figures as they were measured.').optional(),
    thresholds: z.array(threshold).max(MAX_THRESHOLDS, `There are more than ${MAX_THRESHOLDS} thresholds`)
      .meta({ description: 'Figures that must be kept.' }).prefault([]),
  }).meta({
    description: 'What must come out. A promise of which nothing is said must not be violated; one that is expected to be violated must be.',
  }).prefault({});
}
