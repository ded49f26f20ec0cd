import { formatInstant, formatMicros } from '../../history/index.js';
import type { RunResult, StoryStep } from '../run-result.js';
import { answerOf } from '../words/answer.js';
import { duplicateCauses } from '../words/duplicates.js';
import { faultLines } from '../words/faults.js';
import { guardLines } from '../words/guards.js';
import { type KeyFigure, keyFigures } from '../words/key-figures.js';
import { counted, formatCount } from '../words/numbers.js';
import { operatorLines } from '../words/operators.js';
import { steadyLead } from '../words/steady-state.js';
import { theoryLead } from '../words/theory.js';
import { toldSteps } from '../words/told-steps.js';
import { firstViolation } from '../words/verdicts.js';
import { isIdle, latencyTable, steadyTable, theoryTable, thresholdTable, verdictTable } from './tables.js';
import { paragraph, type Terminal, wrapped } from './terminal.js';

const MAX_FAULTS = 12;
/** Steps of a story that are shown. */
const STORY_STEPS = 22;

const toneWords = { good: 'good', bad: 'bad', unsure: 'noted' } as const;

/** Everything that a terminal shows of a run. */
export function runText(result: RunResult, terminal: Terminal): string {
  const blocks = [
    headBlock(result, terminal),
    verdictBlock(result, terminal),
    result.thresholds.length === 0 ? null : thresholdTable(result, terminal),
    figureBlock(result, terminal),
    steadyBlock(result, terminal),
    theoryBlock(result, terminal),
    faultBlock(result, terminal),
    operatorBlock(result, terminal),
    guardBlock(result, terminal),
    storyBlock(result, terminal),
    replayBlock(result, terminal),
  ];
  return `${blocks.filter((block) => block !== null).join('\n\n')}\n`;
}

function headBlock(result: RunResult, terminal: Terminal): string {
  const { tone, word, headline, details } = answerOf(result);
  const paint = terminal[toneWords[tone]];
  const title = `${terminal.text(result.scenario.name)}  ${terminal.quiet(`seed ${terminal.text(result.seed)}`)}`;
  return [
    `${terminal.strong(paint(`${terminal.symbols[toneWords[tone]]} ${word.toUpperCase()}`))}  ${terminal.strong(title)}`,
    paragraph(terminal.text(headline), 2, terminal.columns),
    ...details.map((detail) => `  -${paragraph(terminal.text(detail), 4, terminal.columns).slice(3)}`),
  ].join('\n');
}

function verdictBlock({ verdicts }: RunResult, terminal: Terminal): string | null {
  const shown = verdicts.filter((verdict) => !isIdle(verdict));
  const idle = verdicts.filter(isIdle).map(({ invariant }) => invariant);
  const blocks = [
    ...(shown.length === 0 ? [] : [verdictTable(shown, terminal)]),
    ...(idle.length === 0 ? [] : [terminal.quiet(paragraph(terminal.text(`Not exercised: ${idle.join(', ')}.`), 2, terminal.columns))]),
  ];
  return blocks.length === 0 ? null : blocks.join('\n\n');
}

function figureBlock(result: RunResult, terminal: Terminal): string {
  const { text, quiet } = terminal;
  const rows = keyFigures(result).map((figure) => figureLine(figure, terminal));
  const causes = duplicateCauses(result);
  if (causes !== null) rows.push(quiet(paragraph(text(causes), 2, terminal.columns)));
  const hasLatencies = Object.values(result.measures.latencies).some((latency) => latency.count > 0);
  return `${rows.join('\n')}${hasLatencies ? `\n\n${latencyTable(result, terminal)}` : ''}`;
}

const LABEL_WIDTH = 24;

/** The note stands beside the value; what finds no room there goes on below. */
function figureLine({ label, value, note }: KeyFigure, { text, strong, quiet, columns }: Terminal): string {
  const margin = ' '.repeat(LABEL_WIDTH + 3);
  const first = `${margin}${text(value)}`.length + 2;
  const [beside = '', ...below] = hanging(text(note), columns - first, columns - margin.length);
  return [`  ${label.padEnd(LABEL_WIDTH)} ${strong(text(value))}  ${quiet(beside)}`.trimEnd(), ...below.map((line) => `${margin}${quiet(line)}`)].join('\n');
}

/** Lines of which the first has another width than those after it. */
function hanging(text: string, firstWidth: number, width: number): string[] {
  const [first = ''] = wrapped(text, firstWidth);
  return [first, ...wrapped(text.slice(first.length), width)];
}

function steadyBlock(result: RunResult, terminal: Terminal): string | null {
  const rows = steadyTable(result, terminal);
  const lead = steadyLead(result);
  return rows === null || lead === null ? null : `${rows}\n${terminal.quiet(paragraph(lead, 2, terminal.columns))}`;
}

function theoryBlock(result: RunResult, terminal: Terminal): string | null {
  const lead = theoryLead(result);
  if (lead === null) return null;
  const rows = theoryTable(result, terminal);
  return [...(rows === null ? [] : [rows]), terminal.quiet(paragraph(lead, 2, terminal.columns))].join('\n');
}

function faultBlock(result: RunResult, terminal: Terminal): string | null {
  const faults = faultLines(result);
  if (faults.length === 0) return null;
  const lines = faults.slice(0, MAX_FAULTS).map((line) => paragraph(terminal.text(line), 4, terminal.columns));
  const left = faults.length - MAX_FAULTS;
  return [`  ${terminal.strong('Faults')}`, ...lines, ...(left > 0 ? [`    and ${counted(left, 'more fault')}`] : [])].join('\n');
}

function operatorBlock(result: RunResult, terminal: Terminal): string | null {
  const operations = operatorLines(result);
  if (operations.length === 0) return null;
  const lines = operations.slice(0, MAX_FAULTS).map((line) => paragraph(terminal.text(line), 4, terminal.columns));
  const left = operations.length - MAX_FAULTS;
  return [`  ${terminal.strong('Operators')}`, ...lines, ...(left > 0 ? [`    and ${counted(left, 'more line')}`] : [])].join('\n');
}

function guardBlock(result: RunResult, terminal: Terminal): string | null {
  const lines = guardLines(result);
  if (lines.length === 0) return null;
  return [`  ${terminal.strong('Clients')}`, ...lines.map((line) => paragraph(terminal.text(line), 4, terminal.columns))].join('\n');
}

function storyBlock(result: RunResult, terminal: Terminal): string | null {
  const violated = firstViolation(result);
  if (violated === null || violated.first === null || (violated.met && result.story.length === 0)) return null;
  const { first } = violated;
  const what = violated.verdict === 'violated' ? 'First violation' : 'First anomaly';
  const lines = [
    `  ${terminal.strong(what)}  ${formatInstant(first.atMicros)}`, paragraph(terminal.text(first.text), 4, terminal.columns),
    ...(violated.contract === '' ? [] : [paragraph(terminal.text(`What allows it: ${violated.contract}`), 4, terminal.columns)]),
  ];
  if (result.story.length === 0) return lines.join('\n');
  return [...lines, '', `  ${terminal.strong(`Life of message ${first.message}`)}`, ...storyLines(result.story, first.atMicros, terminal)].join('\n');
}

/** A story, a line a step; of a long one what {@link toldSteps} tells. */
export function storyLines(story: readonly StoryStep[], breachMicros: number, terminal: Terminal): string[] {
  const told = toldSteps(story, STORY_STEPS, breachMicros);
  const width = Math.max(...told.map((step) => (typeof step === 'number' ? 0 : formatInstant(step.atMicros).length)));
  return told.map((step) => (typeof step === 'number' ? `${' '.repeat(width + 6)}${terminal.quiet(counted(step, 'more step'))}` : stepLine(step, width, terminal)));
}

function stepLine({ atMicros, actor, text }: StoryStep, width: number, terminal: Terminal): string {
  const indent = width + 6;
  const words = paragraph(terminal.text(actor === '' ? text : `${actor} ${text}`), indent, terminal.columns);
  return `    ${terminal.quiet(formatInstant(atMicros).padStart(width))}${words.slice(width + 4)}`;
}

function replayBlock({ run, fingerprint, replay }: RunResult, terminal: Terminal): string {
  return [
    `  ${'virtual time'.padEnd(13)} ${formatMicros(run.virtualMicros)}, ${formatCount(run.events)} events`,
    `  ${'fingerprint'.padEnd(13)} ${fingerprint}`,
    `  ${'run it again'.padEnd(13)} ${terminal.text(replay)}`,
  ].join('\n');
}
