import type { PackedRecording } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { answerOf } from '../words/answer.js';
import { counted } from '../words/numbers.js';
import { html, type Markup } from './escape.js';
import { overview } from './overview.js';
import { runSection } from './run-section.js';
import { shell } from './shell.js';

/** What the sections of runs may come to; the rest of the page is small. */
const MAX_SECTIONS_BYTES = 1_600_000;
/** Runs that the overview lists. */
const MAX_LISTED_RUNS = 500;

/**
 * The whole page. The same results give the same bytes. It stays below 2 MB: of very many runs, those that need attention are
 * shown first and in full, and the rest in a line each.
 */
export async function page(results: readonly RunResult[], histories: ReadonlyMap<RunResult, PackedRecording> = new Map()): Promise<string> {
  const isAlone = results.length === 1;
  const listed = urgentFirst(results).slice(0, MAX_LISTED_RUNS);
  const sections = await sectionsOf(listed, isAlone, histories);
  const inOrder = [...listed].sort((left, right) => left.index - right.index);
  const entries = inOrder.map(({ result, index }) => ({ result, anchor: sections.has(index) ? anchorOf(index) : null }));
  const only = isAlone ? results[0] : undefined;
  const title = only === undefined ? counted(results.length, 'run') : `${only.scenario.name}: ${answerOf(only).word}`;
  return shell({
    title,
    about: `report of ${isAlone ? 'a run' : counted(results.length, 'run')}`,
    content: html`${isAlone ? html`<h1 class="unseen">${title}</h1>` : overview(results, entries)}
${inOrder.flatMap(({ index }) => sections.get(index) ?? [])}`,
  });
}

interface NumberedRun {
  readonly result: RunResult;
  readonly index: number;
}

const rank = { bad: 0, unsure: 1, good: 2 } as const;
const anchorOf = (index: number): string => `run-${index + 1}`;

/** Those that went wrong first, otherwise in order. */
function urgentFirst(results: readonly RunResult[]): NumberedRun[] {
  return results
    .map((result, index) => ({ result, index, rank: rank[answerOf(result).tone] }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index);
}

/** Sections by the number of their run, the most urgent first, until there is no more room. */
async function sectionsOf(runs: readonly NumberedRun[], isAlone: boolean, histories: ReadonlyMap<RunResult, PackedRecording>): Promise<ReadonlyMap<number, Markup>> {
  const sections = new Map<number, Markup>();
  let bytes = 0;
  for (const { result, index } of runs) {
    const section = await runSection(result, { anchor: anchorOf(index), isAlone, history: histories.get(result) ?? null });
    bytes += Buffer.byteLength(section.text);
    if (bytes > MAX_SECTIONS_BYTES && sections.size > 0) break;
    sections.set(index, section);
  }
  return sections;
}
