import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemReason } from '../reports/index.js';
import type * as z from 'zod';
import type { Recorded, RunNote } from '../campaign/index.js';
import type { RunResult, runResultSchema, Scenario } from '../scenarios/index.js';
import { UserError } from './errors.js';
import { EXIT_CODES } from './exit-codes.js';
import { keptRecording } from './kept-history.js';
import { loadScenarios } from './load-scenarios.js';
import { whyNoResult } from './read-results.js';
import { readText } from './read-text.js';
import { scenarioOfResult } from './scenario-of-result.js';
import { selectScenarios, type SelectedScenario } from './select-scenarios.js';

/** What `shrink` and `replay` begin with: a scenario, and what is known of the run that is to be made again. */
export interface GivenRun {
  readonly scenario: Scenario;
  /** Null: the scenario's own. */
  readonly seed: string | null;
  readonly mutants: readonly string[];
  /** Of a file with several results, which one it is, as a sentence. */
  readonly which?: string | null;
  /** Null when nothing was recorded. */
  readonly recorded: Recorded | null;
  /** What a scenario file says of its run; null when it says nothing, or settings were changed. */
  readonly note?: RunNote | null;
}

type SavedResult = z.output<typeof runResultSchema>;

/** Thrown for a file or token that holds no run; the code is that of an invalid scenario. */
class BadRunError extends UserError {
  constructor(what: string, reason: string) {
    super('QL_CLI_RUN_FILE', `${what} cannot be replayed: ${reason}.`, EXIT_CODES.invalidScenario);
    this.name = 'BadRunError';
  }
}

/** Bytes that a recorded run may have. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a scenario file (or the name of a bundled one), a recorded run, a file of results of which the first that did not hold counts, or
 * a token.
 *
 * @throws UserError
 */
export async function readRun(given: string, overrides: readonly string[], cwd: string): Promise<GivenRun> {
  const run = await readAny(given, overrides, cwd);
  await checkKnown(run, given);
  return run;
}

/** A later version may know deliberate bugs that this one does not have. */
async function checkKnown({ mutants, recorded }: GivenRun, given: string): Promise<void> {
  if (mutants.length === 0 || recorded === null) return;
  const { MUTANTS } = await import('../engine/index.js');
  const unknown = mutants.find((name) => !MUTANTS.some((mutant) => mutant.name === name));
  if (unknown === undefined) return;
  const { isToken } = await import('../campaign/index.js');
  const { VERSION } = await import('../scenarios/index.js');
  throw new BadRunError(isToken(given) ? 'The token' : given,
    `it was written by queuelab ${recorded.version}, which knows a deliberate bug "${unknown}"; this is ${VERSION}, which knows none of that name`);
}

async function readAny(given: string, overrides: readonly string[], cwd: string): Promise<GivenRun> {
  const { isToken } = await import('../campaign/index.js');
  if (isToken(given)) return fromToken(given, cwd);
  const path = resolve(cwd, given);
  if (existsSync(path) && statSync(path).isDirectory()) throw new BadRunError(given, 'it is a folder, and this command takes one run: name a file');
  if (given.endsWith('.json') && existsSync(path)) return fromJson(given, readJson(given, path), cwd);
  const [selected] = await selectScenarios([given], cwd);
  const [scenario] = await loadScenarios(selected === undefined ? [] : [selected], overrides);
  return { scenario: scenario!, seed: null, mutants: [], recorded: null, note: selected === undefined || overrides.length > 0 ? null : await noteIn(selected) };
}

async function noteIn({ path }: SelectedScenario): Promise<RunNote | null> {
  const { readRunNote } = await import('../campaign/index.js');
  return readRunNote(readText(path));
}

async function fromToken(token: string, cwd: string): Promise<GivenRun> {
  const { decodeToken, scenarioOf, TokenError } = await import('../campaign/index.js');
  const { traceReader, VERSION } = await import('../scenarios/index.js');
  let writtenBy = VERSION;
  try {
    const { source, traces = {}, mutants, fingerprint, version } = decodeToken(token);
    writtenBy = version;
    return { scenario: scenarioOf(source, { name: 'the token', traces, readTrace: traceReader(cwd) }), seed: null, mutants, recorded: { fingerprint, version } };
  } catch (error) {
    if (error instanceof TokenError) throw new UserError(error.code, error.message, EXIT_CODES.invalidScenario);
    throw asScenarioMistake(error, writtenBy === VERSION ? '' : otherVersion(writtenBy, VERSION));
  }
}

const otherVersion = (writtenBy: string, own: string): string => `\n\nqueuelab ${writtenBy} wrote it and this is ${own}: what it says may be new since. Replay it with queuelab ${writtenBy}.`;

function readJson(given: string, path: string): unknown {
  try {
    if (statSync(path).size > MAX_BYTES) throw new BadRunError(given, `it has more than ${MAX_BYTES} bytes`);
    return JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadRunError(given, 'it is not JSON, or it is cut off');
    const reason = systemReason(error);
    throw reason === null ? error : new BadRunError(given, reason);
  }
}

async function fromJson(given: string, content: unknown, cwd: string): Promise<GivenRun> {
  const { isRecording } = await import('../campaign/index.js');
  const { runResultSchema } = await import('../scenarios/index.js');
  if (isRecording(content)) return fromRecording(given, content);
  const results = resultsIn(content);
  if (results.length === 0) throw new BadRunError(given, Array.isArray(content) ? 'it holds no run' : 'it holds no failed run');
  const read = results.map((result) => runResultSchema.safeParse(result));
  const valid = read.flatMap(({ success, data }) => (success ? [data] : []));
  const chosen = valid.find(({ outcome }) => outcome === 'broken') ?? valid[0];
  if (chosen === undefined) throw new BadRunError(given, whyNot(results, await whyNoResult(results[0])));
  const index = read.findIndex(({ data }) => data === chosen);
  const damage = await whyNoResult(results[index]);
  if (damage !== null) throw new BadRunError(given, damage);
  const which = results.length === 1 ? null : `Run ${index + 1} of ${results.length}: ${chosen.scenario.name}, seed ${chosen.seed}.`;
  return { ...await fromResult(chosen, cwd), which };
}

/** A check keeps the whole results of its failures, of each kind the first. */
function resultsIn(content: unknown): readonly unknown[] {
  const { schema, scenarios } = (content ?? {}) as { readonly schema?: unknown; readonly scenarios?: unknown };
  if (typeof schema !== 'string' || !schema.startsWith('queuelab/check-result/') || !Array.isArray(scenarios)) return Array.isArray(content) ? content : [content];
  const failures = scenarios.flatMap((scenario) => (scenario as { readonly failures?: readonly { readonly result?: unknown }[] } | null)?.failures ?? []);
  return failures.map(({ result }) => result);
}

async function fromRecording(given: string, content: unknown): Promise<GivenRun> {
  const { readRecording, scenarioOf } = await import('../campaign/index.js');
  const read = readRecording(content);
  if (typeof read === 'string') throw new BadRunError(given, read);
  const { source, traces, seed, mutants, ...recorded } = read;
  try {
    return { scenario: scenarioOf(source, { name: given, traces }), seed, mutants, recorded };
  } catch (error) {
    const { VERSION } = await import('../scenarios/index.js');
    throw asScenarioMistake(error, recorded.version === VERSION ? '' : otherVersion(recorded.version, VERSION));
  }
}

/** A file that says itself to be of results is told what is wrong with it as one. */
function whyNot([first]: readonly unknown[], reason: string | null): string {
  const { schema } = (first ?? {}) as { readonly schema?: unknown };
  return typeof schema === 'string' && schema.startsWith('queuelab/run-result/') && reason !== null ? reason : 'it is neither a recorded run nor a file of results';
}

async function fromResult(result: SavedResult, cwd: string): Promise<GivenRun> {
  const scenario = await scenarioOfResult(result, cwd);
  const { fingerprint, version } = result;
  const history = await keptRecording(result as RunResult);
  return { scenario, seed: result.seed, mutants: result.mutants ?? [], recorded: { fingerprint, version, ...(history === null ? {} : { history }) } };
}

/** A mistake in a recorded scenario is told as one in a file. */
function asScenarioMistake(error: unknown, hint = ''): unknown {
  const { code, name, message } = error as { readonly code?: string; readonly name?: string; readonly message: string };
  return name === 'ScenarioError' ? new UserError(code ?? '', `${message}${hint}`, EXIT_CODES.invalidScenario) : error;
}
