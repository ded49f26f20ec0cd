import { readFileSync } from 'node:fs';
import { Recorder } from '../../../history/index.js';
import type { EventKind } from '../../../history/index.js';
import { Judge, type InvariantVerdict, type RunContract } from '../../../invariants/index.js';

type Row = readonly [number, EventKind, number, number, number, number, number, number, number, number];
type Line = Row | { readonly name: string; readonly id: number } | 'end';

/** What the processes wrote, line by line. The last line of a killed process may be torn: it never became an event. */
export function readLines(file: string): Line[] {
  const lines: Line[] = [];
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    try {
      lines.push(JSON.parse(text) as Line);
    } catch {
      if (text !== '' && !text.startsWith('[') && !text.startsWith('{')) throw new Error(`not a line of a history: ${text}`);
    }
  }
  return lines;
}

/** Lets the judge see the histories of both processes as one. Each process numbered its names for itself. */
export function judgeLines(lines: readonly Line[], contract: RunContract, between: (recorder: Recorder) => void): InvariantVerdict[] {
  const time = { now: 0 };
  const recorder = new Recorder({ time, keep: 'off' });
  const judge = new Judge({ names: recorder.names, contract });
  recorder.subscribe(judge);
  let ids = new Map<number, number>();
  const nameOf = (id: number): number => (id === 0 ? 0 : (ids.get(id) as number));
  for (const line of lines) {
    if (line === 'end') continue;
    if (!Array.isArray(line)) {
      const { name, id } = line as { readonly name: string; readonly id: number };
      // A second process begins its numbering again.
      if (id === 1 && ids.size > 0) {
        between(recorder);
        ids = new Map();
      }
      ids.set(id, recorder.name(name));
      continue;
    }
    const [micros, kind, actor, peer, dest, message, copy, a, b, c] = line as Row;
    time.now = Math.max(time.now, micros);
    recorder.emit(kind, nameOf(actor), nameOf(peer), nameOf(dest), message, copy, a, b, c);
  }
  recorder.flush();
  return judge.finish();
}
