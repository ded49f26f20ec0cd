import type { EventObserver, NameTable, Recording } from '../../history/index.js';
import { parseScenario, type ParseOptions, readerOf, runScenarioAsync, type RunResult, type Scenario, scenarioYaml, Source, type Traces, tracesOf, VERSION } from '../../scenarios/index.js';
import { KeptComparison } from './kept-comparison.js';
import type { Parting } from './parting.js';
import type { Reproduction } from './recording-file.js';
import type { RunWatch } from './repeated-runs.js';
import { Comparison, type RecordedEvents, Trail } from './trail.js';

export interface ReplayOptions {
  readonly seed?: string;
  readonly mutants?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** For comparing it with other runs. */
  readonly watch?: RunWatch;
}

/**
 * Runs a scenario and records what is needed to make the run again and to say where another one parts from it.
 *
 * @throws InterruptedError when the signal is aborted
 */
export async function recordRun(scenario: Scenario, { seed = scenario.seed, mutants = [], ...how }: ReplayOptions = {}): Promise<{ readonly reproduction: Reproduction; readonly result: RunResult }> {
  const { result, observer } = await runWatched(scenario, { ...how, seed, mutants }, (names) => new Trail(names));
  const source = scenarioYaml({ ...scenario, seed });
  return { result, reproduction: { version: VERSION, source, traces: tracesOf(scenario), seed, mutants: [...mutants], fingerprint: result.fingerprint, events: observer.events } };
}

/** What a replay says. */
export interface Replay {
  readonly result: RunResult;
  readonly isSame: boolean;
  /** Whether this is the version that recorded it: then a difference is a fault of queuelab. */
  readonly isSameVersion: boolean;
  /** Where the runs part; null when they do not, or what is known of the recorded events is the same. */
  readonly parting: Parting | null;
}

/** What is known of a run that is made again. */
export interface Recorded {
  readonly fingerprint: string;
  /** Of queuelab. */
  readonly version: string;
  /** Absent where they were not recorded, as of a token. */
  readonly events?: RecordedEvents;
  /** What a result keeps of its history, when it does. */
  readonly history?: Recording;
}

const NO_EVENTS: RecordedEvents = { lines: [], marks: new Uint32Array(), count: null };

/**
 * Makes a recorded run again and compares. Without events (as from a token) only the fingerprints are compared.
 *
 * @throws InterruptedError when the signal is aborted
 */
export async function replay(
  scenario: Scenario,
  { seed, mutants, signal, watch = {}, fingerprint, version, events = NO_EVENTS, history }: Recorded & ReplayOptions & { readonly seed: string; readonly mutants: readonly string[] },
): Promise<Replay> {
  const { result, observer } = await runWatched(scenario, { seed, mutants, signal, watch }, (names) => (history === undefined ? new Comparison(names, events) : new KeptComparison(names, history)));
  const isSame = result.fingerprint === fingerprint;
  return { result, isSame, isSameVersion: version === VERSION, parting: isSame ? null : observer.parting() };
}

/** A recorded scenario, and what it needs beside its text. */
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

/** Gives way to others, so that it can be interrupted. */
async function runWatched<T extends EventObserver>(
  scenario: Scenario, { watch = {}, signal, ...options }: ReplayOptions, follow: (names: NameTable) => T,
): Promise<{ readonly result: RunResult; readonly observer: T }> {
  let observer: T | null = null;
  const observe = (names: NameTable): T => (observer = follow(names));
  const result = await runScenarioAsync(scenario, { ...options, ...watch, ...(signal === undefined ? {} : { signal }), observers: [observe] });
  return { result, observer: observer! };
}
