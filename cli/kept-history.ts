import type { Recording } from '../history/index.js';
import type { RunResult } from '../scenarios/index.js';
import type { TraceRequest } from './history-files.js';

/** The result with its recorded history, when `--trace` asks for that. */
export async function withHistory(result: RunResult, recording: Recording | undefined, { keep, onFailureOnly }: TraceRequest): Promise<RunResult> {
  if (recording === undefined || keep === 'off' || (onFailureOnly && result.outcome === 'held')) return result;
  const { packRecording } = await import('../reports/index.js');
  return { ...result, history: packRecording(recording) };
}

/** How many of the last events of a run results keep, when `--trace N` asks for just those; 0 when it asks for something else. */
export const lastRows = ({ keep, onFailureOnly }: TraceRequest, most: number): number => (typeof keep === 'object' && !onFailureOnly ? Math.min(keep.last, most) : 0);

/** The part of its history that a result keeps, or the whole; null when there is none that this version can read. */
export async function keptRecording({ history }: RunResult): Promise<Recording | null> {
  const { isReadable } = await import('../history/index.js');
  if (history === undefined || !isReadable(history)) return null;
  const { unpackRecording } = await import('../reports/index.js');
  return unpackRecording(history);
}
