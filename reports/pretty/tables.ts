import Table from 'cli-table3';
import type { RunResult, VerdictResult } from '../run-result.js';
import { latencyRows } from '../words/key-figures.js';
import { formatCount } from '../words/numbers.js';
import { byUrgency, expectedWords, thresholdVerdict, toneOf, verdictWords } from '../words/verdicts.js';
import { steadyRows } from '../words/steady-state.js';
import { theoryRows } from '../words/theory.js';
import type { Terminal } from './terminal.js';

/** No rules, two spaces between columns: what is read is the text. */
const bare = {
  chars: {
    top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
    left: '  ', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
};

const MAX_NAME = 30;

/** Nobody asked for it, and nothing could have broken it: it takes no row of its own. */
export const isIdle = ({ verdict, expected }: VerdictResult): boolean => verdict === 'not-exercised' && expected === null;

/** Promises: verdict, what was expected, how often it was put to the test and broken. */
export function verdictTable(verdicts: readonly VerdictResult[], terminal: Terminal): string {
  const rows = byUrgency(verdicts).map((verdict) => {
    const tone = toneOf(verdict);
    return [
      terminal[tone](`${terminal.symbols[tone]} ${shorten(terminal.text(verdict.invariant))}`),
      terminal[tone](verdictWords[verdict.verdict]),
      expectedWords(verdict),
      formatCount(verdict.exercised),
      formatCount(verdict.count),
    ];
  });
  return table(['  promise', 'verdict', 'expected', 'exercised', 'violations'], rows, 3, terminal);
}

/** Thresholds with what was measured. */
export function thresholdTable({ thresholds }: RunResult, terminal: Terminal): string {
  const hasIntervals = thresholds.some(({ interval }) => interval !== undefined);
  const rows = thresholds.map((threshold) => {
    const { word, tone } = thresholdVerdict(threshold);
    const { expression, actual, interval = '-' } = threshold;
    const paint = terminal[tone];
    return [paint(`${terminal.symbols[tone]} ${terminal.text(expression)}`), paint(word), terminal.text(actual), ...(hasIntervals ? [terminal.text(interval)] : [])];
  });
  return table(['  threshold', 'result', 'measured', ...(hasIntervals ? ['interval'] : [])], rows, 2, terminal);
}

/** Percentiles of every latency that was measured. */
export function latencyTable(result: RunResult, terminal: Terminal): string {
  const rows = latencyRows(result).map(({ name, count, p50, p90, p99, p999, max }) => [name, count, p50, p90, p99, p999, max].map(terminal.text));
  return table(['latency', 'count', 'p50', 'p90', 'p99', 'p99.9', 'max'], rows, 1, terminal);
}

/** What the run says of the settled system, with intervals. */
export function steadyTable(result: RunResult, terminal: Terminal): string | null {
  const rows = steadyRows(result).map(({ name, mean, p50, p99, warmUp }) => [name, mean, p50, p99, warmUp].map(terminal.text));
  return rows.length === 0 ? null : table(['steady state', 'mean', 'p50', 'p99', 'warm-up'], rows, 1, terminal);
}

/** Theory beside the simulation. */
export function theoryTable(result: RunResult, terminal: Terminal): string | null {
  const rows = theoryRows(result).map(({ name, theory, simulated, agreement }) => [name, theory, simulated, agreement].map(terminal.text));
  return rows.length === 0 ? null : table(['theory', 'closed form', 'simulated', 'agreement'], rows, 1, terminal);
}

/** Rows under a head. @param textColumns how many columns stand at the left; the numbers after them stand at the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], textColumns: number, terminal: Terminal): string {
  const made = new Table({ ...bare, colAligns: head.map((_, index) => (index < textColumns ? 'left' : 'right')) });
  made.push(head.map(terminal.quiet), ...rows.map((row) => [...row]));
  return made.toString().split('\n').map((line) => line.trimEnd()).join('\n');
}

const shorten = (name: string): string => (name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 3)}...`);
