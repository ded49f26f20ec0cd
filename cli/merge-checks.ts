import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckResult, NamedCheck } from '../campaign/index.js';
import { systemReason } from '../reports/index.js';
import { CHECK_FILES, describeFaults, exitCodeOfCheck } from './check-outcome.js';
import type { CommandContext } from './commands/command.js';
import { NothingSelectedError, UserError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { withHistoriesBeside } from './history-paths.js';
import { codeForReader } from './output.js';
import { readText } from './read-text.js';
import type { ReporterArguments } from './reporter-plan.js';
import { announceFiles, checkTargets, finishReporters, makeReporters } from './reporters.js';

/** What `queuelab merge` was told. */
export interface MergeArguments extends ReporterArguments {
  readonly folders: readonly string[];
  readonly strict: boolean;
}

/** Thrown when a file is not what `check --out` writes, or does not go with the others. */
class CheckFileError extends UserError {
  constructor(message: string) {
    super('QL_CLI_CHECK_FILE', message);
    this.name = 'CheckFileError';
  }
}

/** Makes one report of the shards of a check; the exit code says what came out of all of them. */
export async function mergeChecks(args: MergeArguments, context: CommandContext): Promise<ExitCode> {
  const campaign = await import('../campaign/index.js');
  const { reporters, text } = await makeReporters(args, context, 'check');
  const parts: NamedCheck[] = [];
  for (const file of args.folders.flatMap((folder) => filesIn(folder, context.cwd))) parts.push({ file, check: await read(file, context.cwd) });
  checkTargets(reporters, args.out, context.cwd);
  const check = mergeAll(parts);
  for (const { scenario, runs } of check.scenarios) for (const run of runs) for (const reporter of reporters) reporter.onCheckedRun?.(scenario, run);
  await finishReporters(reporters, (reporter) => reporter.finishCheck?.(check), context.stdout);
  if (!args.quiet) announceFiles(reporters, text);
  for (const words of describeFaults(check)) context.stderr.line(words);
  return codeForReader(context.stdout, reporters.some(({ file }) => file !== null), exitCodeOfCheck(check));

  function mergeAll(all: readonly NamedCheck[]): CheckResult {
    try {
      return campaign.mergeChecks(all, args.strict ? { strict: true } : {});
    } catch (error) {
      if (!(error instanceof campaign.MergeError)) throw error;
      const exitCode = error.code === 'QL_MERGE_FINGERPRINT' ? EXIT_CODES.internalFault : EXIT_CODES.usage;
      throw new UserError(error.code, error.message, exitCode);
    }
  }
}

/** The results in a folder, or a file that is one. */
function filesIn(folder: string, cwd: string): string[] {
  const path = resolve(cwd, folder);
  try {
    if (statSync(path).isFile()) return [folder];
    const names = readdirSync(path).filter((name) => CHECK_FILES.test(name)).sort();
    if (names.length === 0) throw new NothingSelectedError(`${folder} holds no result of a check: \`queuelab check --out ${folder}\` writes check.json there, with --shard 1/3 check-1-of-3.json.`);
    return names.map((name) => join(folder, name));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'there is no such folder' : systemReason(error);
    throw reason === null ? error : new CheckFileError(`${folder} cannot be merged: ${reason}.`);
  }
}

async function read(file: string, cwd: string): Promise<CheckResult> {
  const { checkResultSchema } = await import('../campaign/index.js');
  let content: unknown;
  try {
    content = JSON.parse(readText(resolve(cwd, file)));
  } catch (error) {
    const reason = systemReason(error) ?? (error instanceof SyntaxError ? `it is not JSON, or it is cut off (${error.message}). Fetch it again, or check that part again` : null);
    throw reason === null ? error : new CheckFileError(`${file} cannot be merged: ${reason}.`);
  }
  const other = (content as { readonly schema?: unknown } | null)?.schema;
  if (typeof other === 'string' && /^queuelab\/check-result\/\d+$/.test(other) && other !== 'queuelab/check-result/1') {
    throw new CheckFileError(`${file} is of a later form (${other}) than this version of queuelab reads (queuelab/check-result/1): merge with the version that checked.`);
  }
  const checked = checkResultSchema.safeParse(content);
  // What this version knows was checked; what a later version added is kept.
  if (checked.success) return withHistoriesBeside(file, content as CheckResult);
  const [issue] = checked.error.issues;
  throw new CheckFileError(`${file} cannot be merged: it is not the result of a check (at ${issue?.path.map(String).join('.') || 'the top'}: ${issue?.message ?? ''}).`);
}
