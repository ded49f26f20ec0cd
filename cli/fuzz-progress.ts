import type { FuzzProgress } from '../campaign/index.js';
import type { CommandContext } from './commands/command.js';
import { describeTerminal } from './reporters.js';

const REDRAW_MILLIS = 100;
const eraseLine = '\r\u001B[2K';

/** One line on a terminal: runs, runs per second, coverage, failures. */
export class FuzzProgressLine {
  readonly #context: CommandContext;
  readonly #textOf: (progress: FuzzProgress, runsPerSecond: number) => string;
  readonly #began = performance.now();
  #shown = -Infinity;

  private constructor(context: CommandContext, textOf: (progress: FuzzProgress, runsPerSecond: number) => string) {
    this.#context = context;
    this.#textOf = textOf;
  }

  /** Null where no line can be drawn over again, or none is wanted. */
  static async open(args: { readonly quiet: boolean; readonly noColor: boolean }, context: CommandContext): Promise<FuzzProgressLine | null> {
    if (args.quiet || !describeTerminal(args, context, 'stderr').isTTY) return null;
    const { fuzzProgressText } = await import('../reports/index.js');
    return new FuzzProgressLine(context, fuzzProgressText);
  }

  show(progress: FuzzProgress): void {
    const now = performance.now();
    if (now - this.#shown < REDRAW_MILLIS) return;
    this.#shown = now;
    const seconds = Math.max(0.001, (now - this.#began) / 1_000);
    const text = this.#textOf(progress, Math.round(progress.runs / seconds)).slice(0, this.#context.stderr.columns - 1);
    this.#context.stderr.write(`${eraseLine}${text}`);
  }

  /** Something else for a while. */
  say(text: string): void {
    this.#shown = performance.now();
    this.#context.stderr.write(`${eraseLine}${text.slice(0, this.#context.stderr.columns - 1)}`);
  }

  erase(): void {
    if (this.#shown !== -Infinity) this.#context.stderr.write(eraseLine);
  }
}
