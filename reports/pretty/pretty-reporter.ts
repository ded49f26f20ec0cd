import { ReportWriteError } from '../errors.js';
import type { Progress, Reporter, ReporterContext } from '../reporter.js';
import type { CheckProgress, CheckResult, RunResult } from '../run-result.js';
import { answerOf } from '../words/answer.js';
import { counted } from '../words/numbers.js';
import { writeToStream } from '../write.js';
import { checkText } from './check-text.js';
import { ProgressLine } from './progress-line.js';
import { runText } from './run-text.js';
import { type Terminal, terminal } from './terminal.js';

/** Text for people: each run as soon as it is over, and at the end what came of all of them. */
export function createPrettyReporter(context: ReporterContext): Reporter {
  return new PrettyReporter(context);
}

class PrettyReporter implements Reporter {
  readonly name = 'pretty';
  readonly file = null;
  readonly #streamName: 'stdout' | 'stderr';
  readonly #stream: ReporterContext['stdout'];
  readonly #terminal: Terminal;
  readonly #progress: ProgressLine | null;
  readonly #shown = new Set<RunResult>();
  #failure: Error | null = null;
  #written: Promise<void> = Promise.resolve();

  constructor(context: ReporterContext) {
    this.#streamName = context.textTo ?? 'stdout';
    this.#stream = context[this.#streamName];
    this.#terminal = terminal(context);
    this.#progress = context.isTTY ? new ProgressLine(context.stderr, this.#terminal) : null;
  }

  onProgress(progress: Progress): void {
    this.#progress?.show(progress);
  }

  onRunDone(result: RunResult): void {
    this.#progress?.erase();
    const separator = this.#shown.size === 0 ? '' : '\n';
    this.#shown.add(result);
    this.#write(separator + runText(result, this.#terminal));
  }

  async finish(results: readonly RunResult[]): Promise<void> {
    this.#progress?.erase();
    for (const result of results) if (!this.#shown.has(result)) this.onRunDone(result);
    if (results.length > 1) this.#write(`\n${summary(results, this.#terminal)}`);
    await this.#end();
  }

  onCheckProgress(progress: CheckProgress): void {
    this.#progress?.showCheck(progress);
  }

  async finishCheck(check: CheckResult): Promise<void> {
    this.#progress?.erase();
    this.#write(checkText(check, this.#terminal));
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.#written;
    if (this.#failure !== null) throw this.#failure;
  }

  /** In order; a failure is kept until the end, because a run that is over is no place for it. */
  #write(text: string): void {
    this.#written = this.#written.then(async () => {
      if (this.#failure === null) await writeToStream(this.#stream, this.#streamName, text);
    }).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new ReportWriteError(this.#streamName, error);
    });
  }
}

const toneWords = { good: 'good', bad: 'bad', unsure: 'noted' } as const;

/** A line for each run that needs attention, and one for all. */
function summary(results: readonly RunResult[], { text, symbols, strong, ...paints }: Terminal): string {
  const answers = results.map((result) => ({ result, answer: answerOf(result) }));
  const notGood = answers.filter(({ answer }) => answer.tone !== 'good');
  const lines = notGood.map(({ result, answer }) => {
    const tone = toneWords[answer.tone];
    return paints[tone](`${symbols[tone]} ${text(result.scenario.name)}, seed ${text(result.seed)}: ${text(answer.headline)}`);
  });
  const whole = notGood.length === 0
    ? paints.good(`${symbols.good} All ${counted(results.length, 'run')} turned out as expected.`)
    : paints.bad(`${symbols.bad} ${notGood.length} of ${counted(results.length, 'run')} did not turn out as expected.`);
  return `${[...lines, strong(whole)].join('\n')}\n`;
}
