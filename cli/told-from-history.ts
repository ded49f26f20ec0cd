import type { NameTable } from '../history/index.js';
import type { Retold, RunResult, Scenario } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { UserError } from './errors.js';
import { scenarioOfResult } from './scenario-of-result.js';

/**
 * Tells messages from the history that a result keeps, when that is the whole of it: nothing has to be run. Null otherwise. Rules are
 * named when the scenario is still known.
 */
export async function toldFromHistory({ history, ...result }: RunResult, messages: readonly number[], context: CommandContext): Promise<Retold | null> {
  const { isReadable, tellStory } = await import('../history/index.js');
  if (history === undefined || history.count !== history.runEvents || !isReadable(history)) return null;
  const { unpackRecording } = await import('../reports/index.js');
  const { rows, names } = unpackRecording(history);
  const table: Pick<NameTable, 'text'> = { text: (id) => names[id] ?? '' };
  const scenario = await knownScenario(result, context);
  const { storyRules } = await import('../scenarios/index.js');
  const rule = scenario === null ? undefined : storyRules(scenario);
  return {
    fingerprint: result.fingerprint,
    messages: rows.reduce((highest, { message }) => Math.max(highest, message), 0),
    stories: new Map(messages.map((message) => [message, tellStory(message, rows, table, rule)])),
  };
}

async function knownScenario(result: Parameters<typeof scenarioOfResult>[0], { cwd }: CommandContext): Promise<Scenario | null> {
  try {
    return await scenarioOfResult(result, cwd);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
