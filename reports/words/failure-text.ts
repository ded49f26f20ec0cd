import { formatInstant } from '../../history/index.js';
import type { RunResult, SmallestFailure, StoryStep, VerdictResult } from '../run-result.js';
import { counted } from './numbers.js';
import { toldSteps } from './told-steps.js';
import { expectedWords, storyOf, verdictWords } from './verdicts.js';

/** Steps of a story that are told. */
const STORY_STEPS = 50;

/** Why a promise of a run was not met, as plain text: the first breach, the life story of its message, and how to see it again. */
export function promiseFailureText(result: RunResult, verdict: VerdictResult): string {
  return [...breachLines(result, verdict), ...endLines(result), ...againLines(result)].join('\n');
}

/** Why a run as a whole did not hold: a missed threshold, or an early end. */
export const runFailureText = (result: RunResult): string => [...endLines(result), ...againLines(result)].join('\n').trimStart();

/** What is left of a failure that was made small, and the command that runs it. */
export function smallestLines({ file, replay, faults, messages }: SmallestFailure): string[] {
  const where = file === null ? '' : `: ${file}`;
  return [`As small as can be, with ${counted(faults, 'fault')} and ${counted(messages, 'message')}${where}`, `Run that: ${replay}`];
}

function breachLines(result: RunResult, verdict: VerdictResult): string[] {
  const { first, promise, count } = verdict;
  if (first === null) return [promise, `It came out as: ${verdictWords[verdict.verdict]}. Expected: ${expectedWords(verdict)}.${verdict.contract === '' ? '' : ` ${verdict.contract}`}`];
  const story = storyOf(result, first.message);
  return [
    promise,
    `Broken ${count === 1 ? 'once' : counted(count, 'time')}; first at ${formatInstant(first.atMicros)}: ${first.text}`,
    ...(story.length === 0 ? [] : ['', `Life of message ${first.message}:`, ...storyLines(story, first.atMicros)]),
  ];
}

function storyLines(story: readonly StoryStep[], breachMicros: number): string[] {
  return toldSteps(story, STORY_STEPS, breachMicros).map((step) => {
    if (typeof step === 'number') return `  … ${counted(step, 'more step')} …`;
    return `  ${formatInstant(step.atMicros)}  ${step.actor === '' ? step.text : `${step.actor} ${step.text}`}`;
  });
}

function endLines({ run: { limit, drained, stuck, dead } }: RunResult): string[] {
  const gone = dead === undefined ? [] : ['', `Dead for good when faults stopped (heal: core): ${dead.join(', ')}.`];
  const early = limit === null ? gone : [...gone, '', `The run ended early: ${limit}`];
  return drained || limit !== null ? early : [...early, '', 'The queues did not drain.', ...stuck.map((line) => `  ${line}`)];
}

function againLines({ seed, fingerprint, replay }: RunResult): string[] {
  return ['', `Run it again: ${replay}`, `Seed ${seed}, fingerprint ${fingerprint}`];
}
