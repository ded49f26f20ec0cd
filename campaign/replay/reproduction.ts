import * as z from 'zod';
import type { EventRow, NameTable } from '../../history/index.js';
import { parseScenario, type ParseOptions, readerOf, runScenario, runScenarioAsync, type RunResult, type Scenario, scenarioYaml, Source, type Traces, tracesOf, VERSION } from '../../scenarios/index.js';
import { type Parting, partingOf } from './parting.js';
import { STRETCH, Trail } from './trail.js';

export const REPRODUCTION_SCHEMA = 'queuelab/reproduction/1';
/** Events that a reproduction keeps as they are; of those after them it keeps a digest for each {@link STRETCH}. */
export const MAX_RECORDED_EVENTS = 5_000;

const row = z.object({ index: z.number(), timeMicros: z.number(), event: z.string() }).catchall(z.union([z.string(), z.number()]));

/** A run that can be made again anywhere, and compared event by event: plain JSON. */
export const reproductionSchema = z.object({
  schema: z.literal(REPRODUCTION_SCHEMA),
  version: z.string().meta({ description: 'Version of queuelab that recorded it.' }),
  source: z.string().meta({ description: 'The scenario as YAML.' }),
  traces: z.record(z.string(), z.string()).default({}).meta({ description: 'The values of the trace files that the scenario names, by their names.' }),
  seed: z.string(),
  mutants: z.array(z.string()),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
  events: z.array(row).meta({ description: 'The first events, as exports have them.' }),
  digests: z.array(z.string()).meta({ description: `Of every ${STRETCH} events, from the first on.` }),
});

export type Reproduction = z.output<typeof reproductionSchema>;

export interface ReplayOptions {
  readonly seed?: string;
  readonly mutants?: readonly string[];
}

/**
 * Runs a scenario and records what is needed to make the run again and to say where another one parts from it.
 *
 * @throws InterruptedError when the signal is aborted
 */
export async function recordRun(scenario: Scenario, { seed = scenario.seed, mutants = [] }: ReplayOptions = {}, signal?: AbortSignal): Promise<{ readonly reproduction: Reproduction; readonly result: RunResult }> {
  const { result, trail } = await runRecorded(scenario, { seed, mutants }, signal);
  return {
    result,
    reproduction: {
      schema: REPRODUCTION_SCHEMA, version: VERSION, source: scenarioYaml({ ...scenario, seed }), traces: tracesOf(scenario), seed, mutants: [...mutants], fingerprint: result.fingerprint,
      events: trail.rows as Reproduction['events'], digests: trail.digests,
    },
  };
}

/** What a replay says. */
export interface Replay {
  readonly result: RunResult;
  readonly isSame: boolean;
  /** Whether this is the version that recorded it: then a difference is a fault of queuelab. */
  readonly isSameVersion: boolean;
  /** Where the runs part, if they do and the recorded events are known. */
  readonly parting: Parting | null;
}

/**
 * Makes a recorded run again and compares. Without events (as from a token) only the fingerprints are compared.
 *
 * @throws InterruptedError when the signal is aborted
 */
export async function replay(
  scenario: Scenario,
  recorded: Pick<Reproduction, 'seed' | 'fingerprint' | 'version'> & Partial<Pick<Reproduction, 'events' | 'digests'>> & { readonly mutants: readonly string[] },
  signal?: AbortSignal,
): Promise<Replay> {
  const { seed, mutants, fingerprint, version, events = [], digests = [] } = recorded;
  const { result, trail } = await runRecorded(scenario, { seed, mutants }, signal);
  const isSame = result.fingerprint === fingerprint;
  const parting = isSame || events.length === 0 ? null : partingOfTrails(events as EventRow[], digests, trail);
  return { result, isSame, isSameVersion: version === VERSION, parting: parting?.isWithinStretch === true ? await withRow(parting, scenario, { seed, mutants }, signal) : parting };
}

/** Events this late are not kept: the run is made once more to see the one where they part. */
async function withRow(parting: Parting, scenario: Scenario, options: { readonly seed: string; readonly mutants: readonly string[] }, signal: AbortSignal | undefined): Promise<Parting> {
  const { trail } = await runRecorded(scenario, options, signal, { from: parting.index, to: parting.index + 1 });
  return { ...parting, seen: trail.rows[0] ?? null };
}

function partingOfTrails(events: readonly EventRow[], digests: readonly string[], trail: Trail): Parting | null {
  const early = partingOf(events, trail.rows.slice(0, Math.max(events.length, events.length < MAX_RECORDED_EVENTS ? trail.rows.length : 0)));
  if (early !== null) return early;
  const stretch = Array.from({ length: Math.max(digests.length, trail.digests.length) }, (_, index) => index).find((index) => digests[index] !== trail.digests[index]);
  return stretch === undefined ? null : { index: Math.max(stretch * STRETCH, events.length), expected: null, seen: null, isWithinStretch: true };
}

export interface RecordedSource {
  /** What messages call it. */
  readonly name: string;
  /** What came with it. */
  readonly traces?: Traces;
  /** Reads traces that did not. */
  readonly readTrace?: ParseOptions['readTrace'];
}

/** The scenario of a reproduction, a token or a result. Throws `ScenarioError`. */
export const scenarioOf = (source: string, { name, traces = {}, readTrace }: RecordedSource): Scenario =>
  parseScenario(new Source(name, source), { sha256: '', overrides: [], readTrace: readerOf(traces, readTrace) });

export function runWithTrail(
  scenario: Scenario, options: { readonly seed: string; readonly mutants: readonly string[] }, kept: { readonly from?: number; readonly to: number },
): { readonly result: RunResult; readonly trail: Trail } {
  let trail: Trail | null = null;
  const observe = (names: NameTable): Trail => (trail = new Trail(names, kept));
  const result = runScenario(scenario, { ...options, observers: [observe] });
  trail!.end();
  return { result, trail: trail! };
}

/** Gives way to others, so that it can be interrupted. */
async function runRecorded(
  scenario: Scenario, options: { readonly seed: string; readonly mutants: readonly string[] }, signal: AbortSignal | undefined,
  kept: { readonly from?: number; readonly to: number } = { to: MAX_RECORDED_EVENTS },
): Promise<{ readonly result: RunResult; readonly trail: Trail }> {
  let trail: Trail | null = null;
  const observe = (names: NameTable): Trail => (trail = new Trail(names, kept));
  const result = await runScenarioAsync(scenario, { ...options, observers: [observe], ...(signal === undefined ? {} : { signal }) });
  trail!.end();
  return { result, trail: trail! };
}
