import type { Writable } from 'node:stream';
import { formatMicros } from '../../history/index.js';
import type { Progress } from '../reporter.js';
import { formatCount } from '../words/numbers.js';
import type { Terminal } from './terminal.js';

const BAR_WIDTH = 20;
const eraseLine = '\r\u001B[2K';

/** One line that is drawn over again while a run goes on. */
export class ProgressLine {
  readonly #stream: Writable;
  readonly #terminal: Terminal;
  #isShown = false;

  constructor(stream: Writable, terminal: Terminal) {
    this.#stream = stream;
    this.#terminal = terminal;
  }

  show(progress: Progress): void {
    // The last column stays free: a full line would wrap, and could not be erased.
    const text = progressText(progress, this.#terminal).slice(0, this.#terminal.columns - 1);
    this.#stream.write(`${eraseLine}${text}`);
    this.#isShown = true;
  }

  erase(): void {
    if (this.#isShown) this.#stream.write(eraseLine);
    this.#isShown = false;
  }
}

/** `[######--------------]  30 %  consumer-crash  1h 12m of 4h 00m  1,234,567 events`, without colours. */
export function progressText({ scenario, virtualMicros, totalMicros, events, stage }: Progress, terminal: Pick<Terminal, 'text'>): string {
  const share = totalMicros > 0 ? Math.min(1, Math.max(0, virtualMicros / totalMicros)) : 0;
  const done = Math.floor(share * BAR_WIDTH);
  const bar = `[${'#'.repeat(done)}${'-'.repeat(BAR_WIDTH - done)}]`;
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const what = stage === 'story' ? `${scenario}, again for the story` : scenario;
  return terminal.text(`${bar} ${percent}  ${what}  ${formatMicros(virtualMicros)} of ${formatMicros(totalMicros)}  ${formatCount(events)} events`);
}
