import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type EventChunk, type EventObserver, jsonLines, type NameTable, type RawRow, rawRow } from '../../history/index.js';
import { Experiment, type RunOptions, type Scenario } from '../../scenarios/index.js';

/**
 * Writes every event of a run as JSON Lines, whole or not at all. The run is done for it: the same scenario and seed give the
 * same history, so a run need not be recorded in case it fails. Not under the traps of a run, which keep off files.
 */
export function writeHistory(file: string, scenario: Scenario, options: RunOptions): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const writer = new HistoryWriter(openSync(temporary, 'w'));
  try {
    const experiment = new Experiment(scenario, { ...options, observers: [writer] });
    while (experiment.advance()) writer.write(experiment.names);
    writer.write(experiment.names);
  } catch (error) {
    writer.close();
    rmSync(temporary, { force: true });
    throw error;
  }
  writer.close();
  renameSync(temporary, file);
}

/** Keeps the events of a slice of the run until they are written. */
class HistoryWriter implements EventObserver {
  readonly #file: number;
  #rows: RawRow[] = [];
  #index = 0;

  constructor(file: number) {
    this.#file = file;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let row = from; row < to; row++) this.#rows.push(rawRow(chunk, row, this.#index++));
  }

  write(names: NameTable): void {
    if (this.#rows.length === 0) return;
    writeSync(this.#file, `${[...jsonLines(this.#rows, names)].join('\n')}\n`);
    this.#rows = [];
  }

  close(): void {
    closeSync(this.#file);
  }
}
