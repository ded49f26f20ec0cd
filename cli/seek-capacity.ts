import type { CapacityResult } from '../campaign/index.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { interrupted, StudyReporters, type StudyReporterArguments } from './study-reporters.js';
import { asUserError, parseShare, studySeeds, withRuns } from './study-runs.js';
import { oneScenario } from './sweep-settings.js';

export interface CapacityArguments extends StudyReporterArguments {
  readonly file: string;
  readonly until: string;
  readonly set: readonly string[];
  readonly seeds: string;
  readonly jobs: string | undefined;
  readonly verify: boolean;
  readonly precision: string;
}

/** Seeks the highest rate that keeps a threshold. */
export async function seekCapacity(args: CapacityArguments, context: CommandContext): Promise<ExitCode> {
  const { findCapacity, rejectHopeless } = await import('../campaign/index.js');
  const { parseThreshold } = await import('../scenarios/index.js');
  const reports = await import('../reports/index.js');
  const reporters = new StudyReporters<CapacityResult>(args, { pretty: reports.capacityText, html: reports.capacityPage }, context, 'queuelab-capacity.html');
  const until = parseThreshold(args.until);
  if (!until.ok) throw new UsageError(`--until '${args.until}': ${until.mistake.message} Expected ${until.mistake.expected ?? 'a threshold'}.${(until.mistake.nearest ?? null) === null ? '' : ` Did you mean ${until.mistake.nearest}?`}`);
  const precision = parseShare('--precision', args.precision, { least: 0.001, most: 0.5 });
  const seeds = await studySeeds(args.seeds);
  const scenario = await oneScenario(args.file, args.set, context.cwd);
  await asUserError(() => rejectHopeless(until.value, scenario));
  let done = 0;
  const capacity = await withRuns({ seeds, jobs: args.jobs, verify: args.verify, signal: context.interrupt, onRun: () => reporters.progress(++done, null) }, (run) =>
    asUserError(() => findCapacity({ scenario, until: until.value, seeds, precision, run: async (candidate) => (await run([candidate]))[0] ?? null })));
  if (capacity === null) return interrupted(context, 'the capacity is not known yet.');
  return reporters.finish(capacity, capacity.sustained === null ? EXIT_CODES.thresholdMissed : EXIT_CODES.ok);
}
