import { resolve } from 'node:path';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { codeForReader } from './output.js';
import { checkWritable } from './output-files.js';
import { describeTerminal } from './reporters.js';
import { writeOutput } from './write-output.js';

/** How a study is shown. */
export interface StudyView<Result> {
  readonly pretty: (result: Result, context: ReturnType<typeof describeTerminal>) => string;
  readonly html: (result: Result) => Promise<string>;
  readonly csv?: (result: Result) => string;
}

export interface StudyReporterArguments {
  readonly reporter: readonly string[];
  readonly quiet: boolean;
  readonly noColor: boolean;
}

interface Target {
  readonly name: 'pretty' | 'json' | 'html' | 'csv';
  /** Null: the terminal, or standard output. */
  readonly file: string | null;
}

const NAMES = ['pretty', 'json', 'html', 'csv'] as const;

/** What shows a study when it is over; made before its first run, so that mistakes show at once. */
export class StudyReporters<Result> {
  readonly #targets: readonly Target[];
  readonly #view: StudyView<Result>;
  readonly #args: StudyReporterArguments;
  readonly #context: CommandContext;

  /**
   * @throws UsageError
   * @throws OutputError when a file cannot be written
   */
  constructor(args: StudyReporterArguments, view: StudyView<Result>, context: CommandContext, defaultPage: string) {
    this.#args = args;
    this.#view = view;
    this.#context = context;
    const texts = args.reporter.length === 0 ? ['pretty'] : args.reporter;
    this.#targets = texts.map((text) => parseTarget(text, view, defaultPage)).filter(({ name }) => name !== 'pretty' || !args.quiet);
    const [first, second] = this.#targets.filter(({ name, file }) => file === null && name !== 'pretty');
    if (second !== undefined) throw new UsageError(`The reporters ${first?.name} and ${second.name} would both write to stdout: give one a file.`);
    for (const { file } of this.#targets) if (file !== null) checkWritable(resolve(context.cwd, file));
  }

  get #takesStdout(): boolean {
    return this.#targets.some(({ name, file }) => file === null && name !== 'pretty');
  }

  /** Shows how far the study is, where somebody looks. */
  progress(done: number, planned: number | null): void {
    const { stderr } = this.#context;
    if (this.#args.quiet || !stderr.isTTY) return;
    stderr.write(`\r\u001B[2K${done === planned ? '' : `${done}${planned === null ? '' : ` of ${planned}`} runs`}`);
  }

  async finish(result: Result, code: ExitCode): Promise<ExitCode> {
    const { stdout, stderr, cwd } = this.#context;
    const text = this.#takesStdout ? stderr : stdout;
    for (const target of this.#targets) {
      const content = await this.#render(target.name, result);
      if (target.name === 'pretty') text.line(content);
      else if (target.file === null) stdout.write(content);
      else await writeOutput(resolve(cwd, target.file), content);
    }
    const files = this.#targets.flatMap(({ name, file }) => (file === null ? [] : [`Wrote ${file} (${name}).`]));
    if (!this.#args.quiet) for (const line of files) text.line(line);
    return codeForReader(stdout, files.length > 0, code);
  }

  async #render(name: Target['name'], result: Result): Promise<string> {
    if (name === 'html') return this.#view.html(result);
    if (name === 'csv') return this.#view.csv!(result);
    return name === 'json' ? `${JSON.stringify(result, null, 2)}\n` : this.#view.pretty(result, describeTerminal(this.#args, this.#context, this.#takesStdout ? 'stderr' : 'stdout'));
  }
}

function parseTarget(text: string, view: StudyView<never>, defaultPage: string): Target {
  const [, word = '', file = null] = /^([^=]*)(?:=(.+))?$/.exec(text) ?? [];
  const known = NAMES.filter((name) => name !== 'csv' || view.csv !== undefined);
  const name = known.find((one) => one === word);
  if (name === undefined) throw new UsageError(`--reporter ${text}: this command has the reporters ${known.join(', ')}; with a file: json=FILE.`);
  if (name === 'pretty' && file !== null) throw new UsageError('--reporter pretty: it writes to the terminal, and to no file.');
  return { name, file: name === 'html' ? (file ?? defaultPage) : file };
}

/** Says that a study was ended early. */
export function interrupted({ stderr }: CommandContext, what: string): ExitCode {
  stderr.line(`Interrupted: ${what}`);
  return EXIT_CODES.interrupted;
}
