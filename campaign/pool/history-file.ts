import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type History, jsonLines, type NameTable, type RawRow } from '../../history/index.js';

/** Text that is written in one go; a line at a time would take a system call each. */
const BLOCK_CHARS = 256 * 1024;

/** A history as JSON Lines, one event a line, oldest first: in a temporary file beside, which takes its name when it is whole. */
export class HistoryFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #file: number;
  #isOpen = true;

  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.${process.pid}.tmp`;
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(this.#temporary, 'w');
  }

  write(rows: Iterable<RawRow>, names: NameTable): void {
    let block = '';
    for (const line of jsonLines(rows, names)) {
      block += `${line}\n`;
      if (block.length < BLOCK_CHARS) continue;
      writeSync(this.#file, block);
      block = '';
    }
    if (block !== '') writeSync(this.#file, block);
  }

  /** It is whole. */
  finish(): void {
    // A disk may only now find that it is full.
    fsyncSync(this.#file);
    this.#close();
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#file);
  }
}

/** Writes a history file, whole or not at all; answers what filling it answers. */
export function writeHistoryFile<T>(path: string, fill: (file: HistoryFile) => T): T {
  const file = new HistoryFile(path);
  try {
    const filled = fill(file);
    file.finish();
    return filled;
  } catch (error) {
    file.discard();
    throw error;
  }
}

/** Writes what was kept of a run's history, whole or not at all. */
export function writeKeptHistory(path: string, history: History): void {
  writeHistoryFile(path, (file) => file.write(history.rows(), history.names));
}
