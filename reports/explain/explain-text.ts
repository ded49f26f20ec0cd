import { formatInstant } from '../../history/index.js';
import type { ReporterContext } from '../reporter.js';
import type { StoryStep } from '../run-result.js';
import { paragraph, type Terminal, terminal } from '../pretty/terminal.js';
import { counted } from '../words/numbers.js';
import type { ExplainedViolation, Explanation } from './explanation.js';

/** The life of a message as text for a terminal: each step with its time, its place, its cause and its rule. */
export function explainText({ scenario, seed, message, violations, steps }: Explanation, context: Pick<ReporterContext, 'color' | 'unicode' | 'columns'>): string {
  const set = terminal(context);
  const width = Math.max(0, ...steps.map(({ atMicros }) => formatInstant(atMicros).length));
  const told = new Set<ExplainedViolation>();
  const lines = steps.flatMap((step, index) => {
    const next = steps[index + 1];
    const here = violations.filter((violation) => !told.has(violation) && violation.atMicros >= step.atMicros && (next === undefined || violation.atMicros < next.atMicros));
    for (const violation of here) told.add(violation);
    return [stepText(step, width, set), ...here.map((violation) => violationText(violation, width, set))];
  });
  return `${[
    `${set.strong(`Message ${message}`)}  ${set.quiet(set.text(`${scenario.name}, seed ${seed}`))}`,
    ...promisesOf(violations).map((words) => paragraph(set.text(words), 2, set.columns)),
    '',
    ...lines,
  ].join('\n')}\n`;
}

/** Each promise that the message broke, with which of how many breaches it is. */
function promisesOf(violations: readonly ExplainedViolation[]): string[] {
  const ids = [...new Set(violations.map(({ invariant }) => invariant))];
  return ids.map((id) => {
    const own = violations.filter(({ invariant }) => invariant === id);
    const { promise, invariant, verdict, count } = own[0]!;
    return `${promise} (${invariant})${count > 1 ? `: ${verdict === 'violated' ? 'broken' : 'breached, as its contract allows,'} ${counted(count, 'time')}, ${placeAmong(own.map(({ number }) => number))}` : ''}`;
  });
}

const placeAmong = (numbers: readonly number[]): string =>
  numbers.length > 1 ? `here as numbers ${numbers.join(', ')}` : numbers[0] === 1 ? 'and this is the first' : `and this is number ${numbers[0]}`;

function stepText({ atMicros, actor, text, rule }: StoryStep, width: number, set: Terminal): string {
  const indent = width + 4;
  const words = paragraph(set.text(actor === '' ? text : `${actor} ${text}`), indent, set.columns);
  const line = `  ${set.quiet(formatInstant(atMicros).padStart(width))}${words.slice(width + 2)}`;
  return rule === undefined ? line : `${line}\n${set.quiet(paragraph(set.text(`because ${rule}`), indent + 2, set.columns))}`;
}

function violationText({ atMicros, text, verdict }: ExplainedViolation, width: number, set: Terminal): string {
  const paint = verdict === 'violated' ? set.bad : set.noted;
  const words = paragraph(set.text(text), width + 4, set.columns);
  return paint(`${verdict === 'violated' ? set.symbols.bad : set.symbols.noted} ${formatInstant(atMicros).padStart(width)}${words.slice(width + 2)}`);
}
