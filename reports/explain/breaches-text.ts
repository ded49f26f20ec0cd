import { formatInstant } from '../../history/index.js';
import { paragraph, terminal } from '../pretty/terminal.js';
import type { ReporterContext } from '../reporter.js';
import type { RunResult, VerdictResult, ViolationResult } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { breachesOf } from '../words/verdicts.js';
import { brokenPromises } from './explanation.js';

/** Which messages broke which promise and when; empty when no promise was broken more than once, since the one message is told anyway. */
export function breachesText(result: RunResult, context: Pick<ReporterContext, 'color' | 'unicode' | 'columns'>): string {
  const broken = brokenPromises(result).filter(({ count }) => count > 1);
  if (broken.length === 0) return '';
  const set = terminal(context);
  const blocks = broken.flatMap((verdict) => {
    const { invariant, count } = verdict;
    const paint = verdict.verdict === 'violated' ? set.bad : set.noted;
    return [`  ${paint(set.text(`${invariant}: ${verdict.verdict === 'violated' ? `broken ${counted(count, 'time')}` : `${counted(count, 'breach', 'breaches')} that its contract allows`}`))}`, paragraph(set.text(listOf(verdict)), 4, set.columns)];
  });
  return `${[
    `${set.strong('What was broken')}  ${set.quiet(set.text(`${result.scenario.name}, seed ${result.seed}`))}`,
    ...blocks,
    set.quiet(paragraph('The first message of each is told below; `--message N` tells another.', 2, set.columns)),
  ].join('\n')}\n\n`;
}

/** `message 3 at 3.400s, message 5 at 3.402s, and 12 more`. */
function listOf(verdict: VerdictResult): string {
  const breaches = breachesOf(verdict);
  const left = verdict.count - breaches.length;
  return `${breaches.map(placeOf).join(', ')}${left > 0 ? `, and ${counted(left, 'more', 'more')}` : ''}`;
}

const placeOf = ({ message, queue, atMicros }: ViolationResult): string =>
  `${message > 0 ? `message ${message}` : queue === '' ? 'no message' : `no message, in ${queue}`} at ${formatInstant(atMicros)}`;
