import type { NameTable, Recording, RecordingWindow } from '../history/index.js';
import type { RepeatedRuns } from '../campaign/index.js';
import type { RunResult, Scenario } from '../scenarios/index.js';

/** Events that a report or a result holds to be stepped through. */
export const LIMIT_ROWS = 100_000;

/** Records what reporters want of a run. */
export interface RunRecorder {
  /** To be given to the run. */
  readonly observers: readonly ((names: NameTable) => RecordingWindow)[];
  /** The recording of a run that is over; undefined when nobody wants one. */
  recording(result: RunResult): Promise<Recording | undefined>;
}

export interface RecordingOptions {
  readonly seed: string;
  readonly mutants: readonly string[];
  /** Events that are kept; 0 for none. */
  readonly limitRows: number;
  /** Makes the run. */
  readonly runs: RepeatedRuns;
}

/**
 * Records the run around its first fault. When it turns out that something was broken elsewhere, the run is repeated and recorded
 * around that.
 */
export async function recorderFor(scenario: Scenario, { seed, mutants, limitRows, runs }: RecordingOptions): Promise<RunRecorder> {
  if (limitRows === 0) return { observers: [], recording: async () => undefined };
  const { RecordingWindow: Window } = await import('../history/index.js');
  const windows: RecordingWindow[] = [];
  const observe = (aroundMicros: number | null) => (names: NameTable) => {
    const window = new Window({ names, limitRows, aroundMicros });
    windows.push(window);
    return window;
  };
  const last = (): Recording | undefined => windows[windows.length - 1]?.recording();
  return {
    observers: [observe(scenario.faults.length === 0 ? 0 : null)],
    async recording(result) {
      const recording = last();
      const broken = result.verdicts.flatMap(({ first, met }) => (first !== null && !met ? [first.atMicros] : [])).sort((left, right) => left - right)[0];
      if (recording === undefined || broken === undefined || holds(recording, broken)) return recording;
      const { retell } = await import('../scenarios/index.js');
      await runs.makeInTurns((watch) => retell(scenario, [], { seed, mutants, ...watch, observers: [observe(broken)] }));
      return last();
    },
  };
}

/** Records the last events of a run, whatever happened before. */
export async function lastRecorder(limitRows: number): Promise<RunRecorder> {
  if (limitRows === 0) return { observers: [], recording: async () => undefined };
  const { RecordingWindow: Window } = await import('../history/index.js');
  let window: RecordingWindow | undefined;
  return {
    observers: [(names) => (window = new Window({ names, limitRows, aroundMicros: Infinity }))],
    recording: async () => window?.recording(),
  };
}

const holds = ({ rows }: Recording, atMicros: number): boolean =>
  rows.length > 0 && rows[0]!.timeMicros <= atMicros && rows[rows.length - 1]!.timeMicros >= atMicros;
