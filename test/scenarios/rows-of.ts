import { type EventObserver, type EventRow, eventRow, type RawRow, rawRow } from '../../history/index.js';
import { Experiment, type RunResult, type Scenario } from '../../scenarios/index.js';

/** Runs a scenario and returns its whole history, names and numbers spelled out, with its result. */
export function rowsOf(scenario: Scenario): { readonly rows: EventRow[]; readonly result: RunResult } {
  const raw: RawRow[] = [];
  const collector: EventObserver = {
    onChunk: (chunk, from, to) => {
      for (let row = from; row < to; row += 1) raw.push(rawRow(chunk, row, raw.length));
    },
  };
  const experiment = new Experiment(scenario, { observers: [collector] });
  while (experiment.advance()) continue;
  return { rows: raw.map((row) => eventRow(row, experiment.names)), result: experiment.result() };
}
