import { type EventChunk, type EventObserver, type RawRow, rawRow } from '../../history/index.js';
import { Experiment, type RunOptions, type Scenario } from '../../scenarios/index.js';
import { writeHistoryFile } from './history-file.js';

/**
 * Writes every event of a run, whole or not at all. The run is done for it: the same scenario and seed give the
 * same history, so a run need not be recorded in case it fails. Not under the traps of a run, which keep off files.
 */
export function writeHistory(path: string, scenario: Scenario, options: RunOptions): { readonly fingerprint: string } {
  return writeHistoryFile(path, (file) => {
    const slice = new Slice();
    const experiment = new Experiment(scenario, { ...options, observers: [slice] });
    while (experiment.advance()) file.write(slice.take(), experiment.names);
    file.write(slice.take(), experiment.names);
    return { fingerprint: experiment.fingerprint() };
  });
}

/** Keeps the events of a slice of the run until they are written. */
class Slice implements EventObserver {
  #rows: RawRow[] = [];
  #index = 0;

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let row = from; row < to; row++) this.#rows.push(rawRow(chunk, row, this.#index++));
  }

  take(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}
