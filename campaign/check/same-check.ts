import type { CheckPart, CheckResult } from './check-result.js';

/** The result of a check with where it came from. */
export interface NamedCheck {
  readonly file: string;
  readonly check: CheckResult;
}

/** A side of a check that all its parts have in common, in words. */
type Aspect = (part: CheckPart, check: CheckResult) => string;

const withMutants: Aspect = ({ mutants = [] }) => (mutants.length === 0 ? 'no deliberate bug' : `the deliberate bugs ${[...mutants].sort().join(', ')}`);
const withSeeds: Aspect = ({ seeds }) => `the seeds ${seeds}`;
const inShards: Aspect = ({ shard }) => (shard === null ? '' : `a check in ${shard.of} shards`);
const ofScenarios: Aspect = (_part, { scenarios }) =>
  `the scenarios ${scenarios.map(({ scenario: { file, overrides } }) => [file, ...overrides.map((override) => `--set ${override}`)].join(' ')).sort().join(', ')}`;

/**
 * Why results are not of one check, with two files that differ; null when they are. Shards lie about what is missing unless they were cut from the same runs.
 * Whole checks may differ in seeds and scenarios: together they are all that was run.
 */
export function differenceOf(parts: readonly NamedCheck[]): string | null {
  const isCut = parts.some(({ check }) => check.parts.some(({ shard }) => shard !== null));
  for (const aspect of isCut ? [withMutants, withSeeds, inShards, ofScenarios] : [withMutants]) {
    const found = differenceIn(parts, aspect);
    if (found !== null) return found;
  }
  return null;
}

function differenceIn(parts: readonly NamedCheck[], aspect: Aspect): string | null {
  const told = parts.flatMap((named) => named.check.parts.map((part) => ({ named, words: aspect(part, named.check) }))).filter(({ words }) => words !== '');
  const [first] = told;
  const other = told.find(({ words }) => words !== first?.words);
  if (first === undefined || other === undefined) return null;
  return `${first.named.file} has ${first.words}, and ${other.named.file} has ${other.words}`;
}
