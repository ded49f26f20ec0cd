import type { Recording } from '../history/index.js';
import type { RunResult } from '../scenarios/index.js';
import type { TraceRequest } from './history-files.js';

/** The result with its recorded history, when `--trace` asks for that. */
export async function withHistory(result: RunResult, recording: Recording | undefined, { keep, onFailureOnly }: TraceRequest): Promise<RunResult> {
  if (recording === undefined || keep === 'off' || (onFailureOnly && result.outcome === 'held')) return result;
  const { packRecording } = await import('../reports/index.js');
  return { ...result, history: packRecording(recording) };
}

/** Events that results keep, which `--trace N` may make fewer. */
export const rowsToKeep = ({ keep }: TraceRequest, most: number): number => (typeof keep === 'object' ? Math.min(keep.last, most) : most);
