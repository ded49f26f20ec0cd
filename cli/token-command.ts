import type { ShrinkResult } from '../campaign/index.js';

/** A command that makes a run again anywhere, and under which condition, as words that follow "anywhere"; empty for none. */
export interface TokenCommand {
  readonly command: string;
  readonly condition: string;
}

/** The command that replays what `shrink` left, with its scenario in a token. */
export async function tokenCommand({ scenario, yaml, result: { fingerprint } }: ShrinkResult, mutants: readonly string[]): Promise<TokenCommand> {
  const { tokenOf } = await import('../campaign/index.js');
  const { tracesOf, VERSION } = await import('../scenarios/index.js');
  const { token, needs } = tokenOf({ source: yaml, traces: tracesOf(scenario), mutants, fingerprint, version: VERSION });
  return { command: `npx queuelab replay ${token}`, condition: needs.length === 0 ? '' : ` (in a folder with ${needs.join(' and ')}, too long for a token)` };
}
