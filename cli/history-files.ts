import { resolve } from 'node:path';
import type { History, KeepPolicy } from '../history/index.js';
import type { RunResult, Scenario } from '../scenarios/index.js';
import { UsageError } from './errors.js';
import { asOutputError } from './output-files.js';

/** What `--trace` asks for: how much of a history to keep, and whether to write it also when all is well. */
export interface TraceRequest {
  readonly keep: KeepPolicy;
  readonly onFailureOnly: boolean;
}

const MAX_LAST = 10_000_000;
/** What led to a failure is near the end; a long run would not fit whole. */
const RETAINED = 1_000_000;

/** @throws UsageError */
export function parseTrace(text: string): TraceRequest {
  if (text === 'off') return { keep: 'off', onFailureOnly: false };
  if (text === 'on') return { keep: 'all', onFailureOnly: false };
  if (text === 'retain-on-failure') return { keep: { last: RETAINED }, onFailureOnly: true };
  const last = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  if (last >= 1 && last <= MAX_LAST) return { keep: { last }, onFailureOnly: false };
  throw new UsageError(`--trace ${text}: say off, on, retain-on-failure, or how many of the last events to keep (1 to ${MAX_LAST}).`);
}

/** The histories of some runs, written into the folder of `--out`; without one none is kept. */
export class HistoryFiles {
  readonly #request: TraceRequest;
  readonly #folder: string | null;
  readonly #scenarios: readonly Scenario[];
  #nameOf: ((scenario: Scenario, seed: string) => string) | null = null;
  readonly #written: { readonly name: string; readonly file: string }[] = [];
  #kept: History | null = null;

  /** @param scenarios all that are run */
  constructor(request: TraceRequest, scenarios: readonly Scenario[], out: string | undefined, cwd: string) {
    this.#request = request;
    this.#scenarios = scenarios;
    this.#folder = out === undefined || request.keep === 'off' ? null : cwd === process.cwd() ? out : resolve(cwd, out);
  }

  /** For the run. */
  get options(): { readonly trace: KeepPolicy; readonly onHistory: (history: History) => void } {
    return {
      // Nobody would get what is kept without a folder; results record what they hold of it themselves.
      trace: this.#folder === null ? 'off' : this.#request.keep,
      onHistory: (history) => {
        this.#kept = history;
      },
    };
  }

  /** The files so far, as reports are announced. */
  get written(): readonly { readonly name: string; readonly file: string }[] {
    return this.#written;
  }

  /**
   * Writes what was kept of the run that is over, if that was asked for.
   *
   * @throws OutputError
   */
  async write(result: RunResult, scenario: Scenario): Promise<void> {
    const history = this.#kept;
    this.#kept = null;
    const isWanted = !this.#request.onFailureOnly || result.outcome !== 'held';
    if (this.#folder === null || history === null || !isWanted) return;
    const { runFileNames, writeKeptHistory } = await import('../campaign/index.js');
    this.#nameOf ??= runFileNames(this.#scenarios, this.#folder, 'history.jsonl');
    const file = this.#nameOf(scenario, result.seed);
    try {
      writeKeptHistory(file, history);
    } catch (error) {
      throw asOutputError(file, error);
    }
    this.#written.push({ name: 'history', file });
  }
}
