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
    ...violations.map((violation) => paragraph(set.text(promiseWords(violation)), 2, set.columns)),
    '',
    ...lines,
  ].join('\n')}\n`;
}

/** Only the first message of a broken promise is told: the words say how many breaches there are besides. */
function promiseWords({ promise, invariant, count }: ExplainedViolation): string {
  return `${promise} (${invariant})${count > 1 ? `: broken ${counted(count, 'time')}, and this is the first` : ''}`;
}

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
