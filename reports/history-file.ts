import { type History, jsonLines } from '../history/index.js';
import type { RunResult } from './run-result.js';
import { writeFileAtomically } from './write.js';

/** Text that is written in one go; a line at a time would take a system call each. */
const BLOCK_CHARS = 256 * 1024;

/**
 * Writes the kept history of a run as JSON Lines: one event a line, oldest first; whole or not at all.
 * @throws ReportWriteError
 */
export async function writeHistoryFile(path: string, history: History): Promise<void> {
  await writeFileAtomically(path, blocks(jsonLines(history.rows(), history.names)));
}

/** What a run's history is called in a folder: scenario and seed say which run it is. */
export function historyFileName({ scenario, seed }: Pick<RunResult, 'scenario' | 'seed'>): string {
  return `${fileSafe(scenario.name)}.seed-${fileSafe(seed)}.history.jsonl`;
}

const fileSafe = (text: string): string => encodeURIComponent(text).replaceAll('*', '%2A').slice(0, 100);

function* blocks(lines: Iterable<string>): Generator<string> {
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < BLOCK_CHARS) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
