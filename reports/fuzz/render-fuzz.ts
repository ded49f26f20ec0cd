import type { FuzzFailure, FuzzProgress, FuzzReport, GroupCoverage } from '../../campaign/index.js';
import { runText } from '../pretty/run-text.js';
import { paragraph, type Terminal, terminal } from '../pretty/terminal.js';
import type { ReporterContext } from '../reporter.js';
import { isEndless } from '../words/check.js';
import { counted, formatCount, formatShare } from '../words/numbers.js';

type Setting = Pick<ReporterContext, 'color' | 'unicode' | 'columns'>;

/** What became of a failure after it was found. */
export interface FuzzFailureFate {
  /** The file that fails the same way; null when none was written. */
  readonly file: string | null;
  /** How it got smaller, in a sentence; null when it was not tried. */
  readonly shrunk: string | null;
  /** The command that shows it again. */
  readonly replay: string | null;
  /** Where a failure can be seen that this one comes down to; null when there is none. */
  readonly sameAs: string | null;
}

/** One line while fuzzing goes on. */
export function fuzzProgressText({ runs, corpusLeft, reached, total, failures }: FuzzProgress, runsPerSecond: number): string {
  const corpus = corpusLeft > 0 ? `, ${formatCount(corpusLeft)} of the corpus to go` : '';
  return `${counted(runs, 'run')} (${formatCount(runsPerSecond)}/s)${corpus}, coverage ${formatCount(reached)} of ${formatCount(total)}, ${counted(failures, 'failure')}`;
}

/** A failure: its verdict, its story, and how to see it again. */
export function renderFuzzFailure({ failure, run, result, count, file: corpusFile }: FuzzFailure, fate: FuzzFailureFate, setting: Setting): string {
  const set = terminal(setting);
  const where = corpusFile === null ? `run ${run.number}, seed ${run.seed}` : `still fails: ${corpusFile}`;
  const causes = failure.cause.length === 0 ? 'no fault had to do with it' : `after ${failure.cause.join(', ')}`;
  const head = `${set.bad(`${set.symbols.bad} ${failure.invariant}`)}  ${set.quiet(set.text(`${where}; ${causes}; ${counted(count, 'run')} failed so`))}`;
  if (fate.sameAs !== null) return `${head}\n  ${set.text(`comes down to the same as ${fate.sameAs}${fate.shrunk === null ? '' : ` (${fate.shrunk})`}`)}\n`;
  const tail = [
    fate.shrunk === null ? null : ['made smaller', fate.shrunk],
    fate.file === null ? null : ['written to', fate.file],
  ].flatMap((line) => (line === null ? [] : [`  ${line[0]!.padEnd(13)} ${set.text(line[1]!)}`]));
  return `${[head, runText({ ...result, replay: fate.replay ?? result.replay }, set).trimEnd(), ...tail].join('\n')}\n`;
}

const STOPS: Readonly<Record<FuzzReport['stopped'], string>> = {
  runs: 'All runs are done.',
  plateau: 'Nothing new was reached for a while.',
  failures: 'Enough was found.',
  time: 'The time is over.',
  interrupted: 'Interrupted; what was found is written.',
};

/** What came of all runs: failures in a sentence, what the contract allowed, and what was never reached. */
export function renderFuzz(report: FuzzReport, setting: Setting): string {
  const set = terminal(setting);
  const { failures, different, runs, corpusRuns, inconclusive, faults, reached, total } = report;
  const endless = faults.filter(({ error }) => isEndless(error)).length;
  const verdict = failures.length === 0
    ? set.good(`${set.symbols.good} Nothing was broken.`)
    : set.bad(`${set.symbols.bad} ${counted(failures.length, 'failure')} of different sorts${different < failures.length ? `, which come down to ${different}` : ''}: ${set.text([...new Set(failures.map(({ failure }) => failure.invariant))].join(', '))}.`);
  const extent = [
    counted(runs, 'run'),
    ...(corpusRuns > 0 ? [`${formatCount(corpusRuns)} of the corpus`] : []),
    ...(inconclusive > 0 ? [`${formatCount(inconclusive)} inconclusive`] : []),
    ...(endless > 0 ? [`${formatCount(endless)} did not end`] : []),
    ...(faults.length > endless ? [`${formatCount(faults.length - endless)} failed by a fault of queuelab`] : []),
  ].join(', ');
  return `${[
    `${set.strong(verdict)}  ${set.text(`${STOPS[report.stopped]} ${extent}.`)}`,
    ...allowedLines(report, set),
    '',
    `  ${set.strong('Coverage')}  ${set.text(`${formatCount(reached)} of ${formatCount(total)} meeting points (${formatShare(reached, total)})`)}`,
    ...report.groups.flatMap((group) => groupLines(group, set)),
  ].join('\n')}\n`;
}

/** What was broken and is no failure, with the clause by which. */
function allowedLines({ allowed }: FuzzReport, set: Terminal): string[] {
  if (allowed.length === 0) return [];
  const rows = allowed.map(({ invariant, contract, runs, count }) => `${invariant}: ${counted(count, 'time')} in ${counted(runs, 'run')}. ${contract}`);
  return ['', `  ${set.strong('Broken as the contract allows')}`, ...rows.map((row) => paragraph(set.text(row), 4, set.columns))];
}

const MAX_NAMED = 8;

function groupLines({ title, reached, total, missed }: GroupCoverage, set: Terminal): string[] {
  if (total === 0) return [];
  const head = `    ${set.text(`${formatCount(reached).padStart(5)} of ${formatCount(total).padStart(5)}`)}  ${set.text(title)}`;
  if (missed.length === 0) return [head];
  return [head, set.quiet(paragraph(set.text(`never reached: ${summaryOf(missed)}`), 8, set.columns))];
}

/** Few are named; of many, those with the same head (`crash of a broker × …`) are counted together. */
function summaryOf(missed: readonly string[]): string {
  if (missed.length <= MAX_NAMED) return missed.join('; ');
  const heads = new Map<string, string[]>();
  for (const name of missed) {
    const [head = name] = name.split(/ × | → |: /);
    heads.set(head, [...(heads.get(head) ?? []), name]);
  }
  const groups = [...heads.entries()].sort(([, one], [, other]) => other.length - one.length);
  const named = groups.slice(0, MAX_NAMED).map(([head, names]) => (names.length === 1 ? names[0]! : `${head} (${names.length})`));
  const left = groups.length - named.length;
  return `${named.join('; ')}${left > 0 ? `; and ${formatCount(missed.length - groups.slice(0, MAX_NAMED).reduce((sum, [, names]) => sum + names.length, 0))} more` : ''}`;
}
