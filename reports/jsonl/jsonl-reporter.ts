import { invariantsByVerdict, unmetInvariants } from '../../invariants/index.js';
import { isMissed } from '../../measures/index.js';
import type { Reporter, ReporterContext } from '../reporter.js';
import type { CheckedRun, CheckResult, RunResult } from '../run-result.js';
import { writeFileAtomically, writeToStream } from '../write.js';

/** JSON Lines: one line a run, and at the end one for each that gave no result. On stdout each as soon as it is there, so that a program can follow. */
export function createJsonlReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return new JsonlReporter(file, context.stdout);
}

class JsonlReporter implements Reporter {
  readonly name = 'jsonl';
  readonly file: string | null;
  readonly #stdout: ReporterContext['stdout'];
  readonly #lines: string[] = [];
  #written: Promise<void> = Promise.resolve();
  #failure: unknown = null;
  readonly #told = new Set<RunResult>();

  constructor(file: string | null, stdout: ReporterContext['stdout']) {
    this.file = file;
    this.#stdout = stdout;
  }

  onRunDone(result: RunResult): void {
    this.#told.add(result);
    this.#add(lineOfRun(result));
  }

  onCheckedRun({ name, file }: { readonly name: string; readonly file: string }, run: CheckedRun): void {
    this.#add({ scenario: name, file, ...run });
  }

  async finish(results: readonly RunResult[]): Promise<void> {
    for (const result of results) if (!this.#told.has(result)) this.onRunDone(result);
    await this.#end();
  }

  finishCheck({ faults }: CheckResult): Promise<void> {
    for (const { file, seed, kind, message, replay } of faults) this.#add({ file, seed, outcome: null, fault: kind, message, replay });
    return this.#end();
  }

  #add(line: RunLine | FaultLine): void {
    const text = `${JSON.stringify(line)}\n`;
    if (this.file !== null) {
      this.#lines.push(text);
      return;
    }
    this.#written = this.#written
      .then(() => (this.#failure === null ? writeToStream(this.#stdout, 'stdout', text) : undefined))
      .catch((error: unknown) => {
        this.#failure = error;
      });
  }

  async #end(): Promise<void> {
    await this.#written;
    if (this.#failure !== null) throw this.#failure as Error;
    if (this.file !== null) await writeFileAtomically(this.file, this.#lines.join(''));
  }
}

/** A run that gave no result. */
interface FaultLine extends Pick<CheckResult['faults'][number], 'file' | 'seed' | 'message' | 'replay'> {
  readonly outcome: null;
  readonly fault: CheckResult['faults'][number]['kind'];
}

type RunLine = CheckedRun & { readonly scenario: string; readonly file: string };

function lineOfRun({ scenario, seed, fingerprint, outcome, verdicts, thresholds, run }: RunResult): RunLine {
  const having = invariantsByVerdict(verdicts);
  return {
    scenario: scenario.name,
    file: scenario.file,
    seed,
    fingerprint,
    outcome,
    violated: having.violated,
    anomalies: having.anomaly,
    notExercised: having['not-exercised'],
    inconclusive: having.inconclusive,
    unmet: unmetInvariants(verdicts),
    missed: thresholds.filter(isMissed).map(({ expression, actual }) => ({ expression, actual })),
    events: run.events,
    virtualMicros: run.virtualMicros,
    limit: run.limit,
    history: null,
  };
}
