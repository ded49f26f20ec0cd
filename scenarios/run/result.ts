import { breachesToTell, type InvariantVerdict } from '../../invariants/index.js';
import type { MeasuresResult, SeriesResult } from '../../measures/index.js';
import type { FaultSpec, OperatorLog } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import type { MessageStory, RunResult } from '../run-result.js';
import { VERSION } from '../version.js';
import type { RunOptions } from './options.js';
import { theoryOf } from './theory/index.js';
import { judgeThresholds, outcomeOf } from './outcome.js';

/** What an experiment hands over when it is over. */
export interface ResultInput {
  readonly scenario: Scenario;
  readonly options: RunOptions;
  readonly seed: string;
  readonly fingerprint: string;
  readonly verdicts: readonly InvariantVerdict[];
  readonly measures: MeasuresResult;
  readonly series: SeriesResult;
  readonly schedule: readonly FaultSpec[];
  readonly crashPoints: readonly FaultSpec[];
  readonly operators: OperatorLog;
  readonly run: RunResult['run'];
}

/** Puts a result together; the stories of what was broken are added by {@link withStories}. */
export function buildResult(input: ResultInput): RunResult {
  const { scenario, seed, verdicts, measures, run } = input;
  const { name, description, file, sha256 } = scenario;
  const { mutants = [] } = input.options;
  const thresholds = judgeThresholds(scenario.expect, measures);
  const theory = theoryOf(scenario);
  return {
    schema: 'queuelab/run-result/1',
    version: VERSION,
    scenario: { name, description, file, sha256, ...(scenario.overrides.length === 0 ? {} : { overrides: scenario.overrides }) },
    seed,
    fingerprint: input.fingerprint,
    outcome: outcomeOf(verdicts, thresholds, run.limit !== null),
    verdicts,
    thresholds,
    schedule: input.schedule,
    ...(input.crashPoints.length === 0 ? {} : { crashPoints: input.crashPoints }),
    ...((scenario.operators ?? []).length === 0 ? {} : { operators: input.operators }),
    measures,
    series: input.series,
    story: [],
    settings: scenario.settings,
    run,
    ...(mutants.length === 0 ? {} : { mutants }),
    ...(theory === null ? {} : { theory }),
    replay: replayCommand(scenario, seed, mutants),
    expectedAt: [
      ...scenario.expect.promises.map(({ invariant, line, column }) => ({ what: invariant, line, column })),
      ...scenario.expect.thresholds.map(({ expression, line, column }) => ({ what: expression, line, column })),
    ],
  };
}

/** The result with the stories of {@link messagesToExplain}, in their order. */
export function withStories(result: RunResult, [first, ...others]: readonly MessageStory[]): RunResult {
  return { ...result, story: first?.steps ?? [], ...(others.length === 0 ? {} : { stories: others }) };
}

/** Messages of one run whose lives are told, at most. */
const MAX_STORIES = 10;

/**
 * Messages whose stories explain the result: that of the first breach that wants to be told and concerns a message, then those of the other
 * breaches that were not as expected. Each once; none when there is nothing to explain.
 */
export function messagesToExplain({ verdicts }: RunResult): number[] {
  const breaches = breachesToTell(verdicts.filter(({ verdict }) => verdict === 'violated' || verdict === 'anomaly')).filter(({ first }) => first!.message > 0);
  return [...new Set(breaches.filter(({ met }, index) => index === 0 || !met).map(({ first }) => first!.message))].slice(0, MAX_STORIES);
}

/** The command that runs exactly this again. */
export function replayCommand(scenario: Scenario, seed: string, mutants: readonly string[] = []): string {
  const overrides = scenario.overrides.map((override) => ` --set ${quoted(override)}`).join('');
  return `npx queuelab run ${quoted(scenario.file)} --seed ${quoted(seed)}${overrides}${mutants.map((name) => ` --mutant ${quoted(name)}`).join('')}`;
}

/** As a POSIX shell takes it. */
function quoted(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
