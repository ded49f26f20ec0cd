import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemReason } from '../reports/index.js';
import type { RunResult } from '../scenarios/index.js';
import { UserError } from './errors.js';
import { readText } from './read-text.js';

/** Bytes that one file of results may have. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Thrown when a file is not what `--reporter json` writes. */
class ResultFileError extends UserError {
  constructor(file: string, reason: string) {
    super('QL_CLI_RESULT_FILE', `${file} cannot be shown: ${reason}.`);
    this.name = 'ResultFileError';
  }
}

/**
 * Reads results in the order of the files.
 *
 * @throws ResultFileError
 */
export async function readResults(files: readonly string[], cwd: string): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const file of files) {
    const content = parse(file, read(file, cwd));
    const items = Array.isArray(content) ? (content as unknown[]) : [content];
    if (items.length === 0) throw new ResultFileError(file, 'it holds no run');
    for (const item of items) {
      const reason = await whyNoResult(item);
      if (reason !== null) throw new ResultFileError(file, reason);
      // What this version knows was checked; what a later version added is kept.
      results.push(item as RunResult);
    }
  }
  return results;
}

/** Why something is no result that can be relied on; null when it is one. */
export async function whyNoResult(item: unknown): Promise<string | null> {
  const { runResultSchema } = await import('../scenarios/index.js');
  const checked = runResultSchema.safeParse(item);
  return checked.success ? damageOf(item as RunResult) : (newerFormat(item) ?? otherFormat(item) ?? notAResult(checked.error.issues[0]));
}

/** Whether a result is still what was written; null when it is, or says nothing of it. */
async function damageOf(result: RunResult): Promise<string | null> {
  const { digestOf, unpackRecording } = await import('../reports/index.js');
  if (result.digest !== undefined && digestOf(result) !== result.digest) {
    return `it was changed after queuelab wrote it: its content does not match its digest (${result.scenario.name}, seed ${result.seed}). Run it again, or take the field "digest" out to use it all the same`;
  }
  const { history } = result;
  const { isReadable } = await import('../history/index.js');
  if (history === undefined || result.digest !== undefined || !isReadable(history)) return null;
  try {
    unpackRecording(history);
    return null;
  } catch {
    return 'its history is damaged; take the field "history" out to use the rest';
  }
}

function read(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new ResultFileError(file, stats.isDirectory() ? 'it is a folder' : 'it is not a file');
    if (stats.size > MAX_BYTES) throw new ResultFileError(file, `it has ${stats.size} bytes, more than ${MAX_BYTES}`);
    return readText(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'there is no such file' : systemReason(error);
    throw reason === null ? error : new ResultFileError(file, reason);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^\s*[[{]/.test(text)) throw new ResultFileError(file, `it is cut off or damaged: ${(error as Error).message}`);
    throw new ResultFileError(file, text.trim() === '' ? 'it is empty' : 'it is not JSON; `queuelab run --reporter json=FILE` writes what can be shown');
  }
}

const FORMAT = 'queuelab/run-result/';

/** Said of a result whose format is of a later version; null for any other. */
function newerFormat(item: unknown): string | null {
  const schema: unknown = typeof item === 'object' && item !== null && 'schema' in item ? item.schema : null;
  const isNewer = typeof schema === 'string' && schema.startsWith(FORMAT) && Number(schema.slice(FORMAT.length)) > 1;
  return isNewer ? `its format ${schema} is that of a newer version of queuelab: use that version` : null;
}

/** What other commands write. */
const OTHER_FORMATS: Readonly<Record<string, string>> = { comparison: 'a comparison', sweep: 'a sweep', capacity: 'a capacity', 'check-result': 'a check', reproduction: 'a recorded run, for `queuelab replay`' };

/** Said of what another command wrote; null for anything else. */
function otherFormat(item: unknown): string | null {
  const schema: unknown = typeof item === 'object' && item !== null && 'schema' in item ? item.schema : null;
  const [, name = ''] = typeof schema === 'string' ? (/^queuelab\/([a-z-]+)\//.exec(schema) ?? []) : [];
  const what = OTHER_FORMATS[name];
  return what === undefined ? null : `it is ${what}, and not the result of a run, which \`queuelab run --reporter json=FILE\` writes`;
}

function notAResult(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  const place = issue?.path.map(String).join('.') ?? '';
  return `it is not a result of queuelab (${place === '' ? 'as a whole' : `at ${place}`}: ${issue?.message ?? ''})`;
}
