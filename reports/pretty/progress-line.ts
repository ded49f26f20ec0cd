import type { Writable } from 'node:stream';
import { formatMicros } from '../../history/index.js';
import type { Progress } from '../reporter.js';
import type { CheckProgress } from '../run-result.js';
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
    this.#draw(progressText(progress, this.#terminal));
  }

  showCheck(progress: CheckProgress): void {
    this.#draw(checkProgressText(progress, this.#terminal));
  }

  #draw(whole: string): void {
    // The last column stays free: a full line would wrap, and could not be erased.
    const text = whole.slice(0, this.#terminal.columns - 1);
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
  const what = stage === 'story' ? `${scenario}, again for the story` : scenario;
  return terminal.text(`${bar(totalMicros > 0 ? virtualMicros / totalMicros : 0)}  ${what}  ${formatMicros(virtualMicros)} of ${formatMicros(totalMicros)}  ${formatCount(events)} events`);
}

/** `[######--------------]  30 %  60 of 200 runs, 2 failed  consumer-crash, seed 17`, without colours. */
export function checkProgressText({ done, planned, failed, scenario, seed }: CheckProgress, terminal: Pick<Terminal, 'text'>): string {
  const runs = planned === null ? `${formatCount(done)} runs` : `${bar(planned > 0 ? done / planned : 1)}  ${formatCount(done)} of ${formatCount(planned)} runs`;
  return terminal.text(`${runs}${failed === 0 ? '' : `, ${formatCount(failed)} failed`}  ${scenario}, seed ${seed}`);
}

function bar(part: number): string {
  const share = Math.min(1, Math.max(0, part));
  const done = Math.floor(share * BAR_WIDTH);
  return `[${'#'.repeat(done)}${'-'.repeat(BAR_WIDTH - done)}] ${`${Math.floor(share * 100)} %`.padStart(5)}`;
}
