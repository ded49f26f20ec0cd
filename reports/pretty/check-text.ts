import { formatInstant } from '../../history/index.js';
import { breachesToTell } from '../../invariants/index.js';
import { seedsWhere } from '../cases/suites-of-check.js';
import type { CheckFailure, CheckResult, ScenarioCheck } from '../run-result.js';
import { checkHeadline, ENDLESS_HINT, endSentences, isEndless, untestedWords } from '../words/check.js';
import { counted } from '../words/numbers.js';
import { storyOf } from '../words/verdicts.js';
import { idlePromises, promiseTable, thresholdTallyTable } from './check-tables.js';
import { storyLines } from './run-text.js';
import { paragraph, type Terminal } from './terminal.js';

/** Everything that a terminal shows of a check when it is over. */
export function checkText(check: CheckResult, terminal: Terminal): string {
  const told = check.scenarios.filter(({ runs }) => runs.length > 0);
  const isOne = told.length === 1;
  return `${[...told.map((scenario) => scenarioText(scenario, isOne, terminal)), ...faultBlocks(check, terminal), wholeBlock(check, terminal)].join('\n\n')}\n`;
}

/** Of a scenario that `isOne` what no run put to the test is told at the end. */
function scenarioText(scenario: ScenarioCheck, isOne: boolean, terminal: Terminal): string {
  const blocks = [
    headBlock(scenario, terminal),
    promiseTable(scenario, terminal),
    isOne ? null : idleBlock(scenario, terminal),
    scenario.thresholds.length === 0 ? null : thresholdTallyTable(scenario.thresholds, terminal),
    ...scenario.failures.map((failure) => failureBlock(scenario, failure, terminal)),
    untoldBlock(scenario, terminal),
  ];
  return blocks.filter((block) => block !== null).join('\n\n');
}

function headBlock({ scenario, runs }: ScenarioCheck, terminal: Terminal): string {
  const broken = runs.filter(({ outcome }) => outcome === 'broken').length;
  const open = runs.filter(({ outcome }) => outcome === 'inconclusive').length;
  const tone = broken > 0 ? 'bad' : open > 0 ? 'noted' : 'good';
  const word = broken > 0 ? 'BROKEN' : open > 0 ? 'INCONCLUSIVE' : 'HELD';
  const counts = broken + open === 0 ? counted(runs.length, 'seed') : `${broken + open} of ${counted(runs.length, 'seed')}`;
  return `${terminal.strong(terminal[tone](`${terminal.symbols[tone]} ${word}`))}  ${terminal.strong(terminal.text(scenario.name))}  ${terminal.quiet(counts)}`;
}

function idleBlock(scenario: ScenarioCheck, terminal: Terminal): string | null {
  const idle = idlePromises(scenario);
  return idle.length === 0 ? null : terminal.quiet(paragraph(`Not exercised by any seed: ${idle.join(', ')}.`, 2, terminal.columns));
}

/** The first run that failed so: what was broken in it, and the life story of the first message of which it was. */
function failureBlock(scenario: ScenarioCheck, { causes, result }: CheckFailure, terminal: Terminal): string {
  const { text, strong, columns } = terminal;
  const failed = seedsWhere(scenario, (run) => causes.some((cause) => isCause(run, cause)));
  const breaches = breachesToTell(result.verdicts.filter(({ invariant }) => causes.includes(invariant)));
  const { message, atMicros } = breaches.find(({ first }) => storyOf(result, first!.message).length > 0)?.first ?? { message: 0, atMicros: 0 };
  const story = storyOf(result, message);
  return [
    `  ${strong(text(`${causes.join(', ')}: ${failed}`))}`,
    ...causeSentences(causes, result).map((sentence) => paragraph(text(sentence), 4, columns)),
    ...(result.run.limit === null ? [] : [paragraph(text(`The run ended early: ${result.run.limit}`), 4, columns)]),
    ...(story.length === 0 ? [] : ['', `    ${strong(`Life of message ${message}`)}`, ...storyLines(story, atMicros, terminal), '']),
    `    run it again  ${text(result.replay)}`,
  ].join('\n');
}

/** What was broken in a run, a sentence a promise; where there are several, each with its name. */
function causeSentences(causes: readonly string[], { seed, verdicts }: CheckFailure['result']): string[] {
  const own = verdicts.filter(({ invariant }) => causes.includes(invariant));
  const named = (invariant: string): string => (own.length === 1 ? '' : `${invariant}, `);
  const unbroken = own.filter(({ first, verdict }) => first === null && verdict === 'not-exercised');
  return [
    ...breachesToTell(own).map(({ invariant, first }) => `${named(invariant)}${own.length === 1 ? 'Seed' : 'seed'} ${seed} at ${formatInstant(first!.atMicros)}: ${first!.text}`),
    ...unbroken.map(({ invariant }) => `Nothing put it to the test: ${untestedWords(invariant)}.`),
  ];
}

/** Ways of failing of which no run is there whole: it was lost to a fault, or to an interruption. */
function untoldBlock(scenario: ScenarioCheck, { text, strong }: Terminal): string | null {
  const told = new Set(scenario.failures.flatMap(({ causes }) => causes));
  const causes = [...new Set(scenario.runs.flatMap(({ unmet, missed }) => [...unmet, ...missed.map(({ expression }) => expression)]))].filter((cause) => !told.has(cause));
  if (causes.length === 0) return null;
  return causes.map((cause) => `  ${strong(text(`${cause}: ${seedsWhere(scenario, (run) => isCause(run, cause))}`))}`).join('\n');
}

function isCause({ unmet, missed, outcome }: ScenarioCheck['runs'][number], cause: string): boolean {
  if (cause === 'inconclusive') return outcome === 'inconclusive';
  return unmet.includes(cause) || missed.some(({ expression }) => expression === cause);
}

const MAX_FAULTS = 3;

function faultBlocks({ faults }: CheckResult, { text, strong, bad, noted, symbols, columns }: Terminal): string[] {
  const shown = faults.slice(0, MAX_FAULTS).map((fault) => [
    isEndless(fault) ? strong(noted(`${symbols.noted} DID NOT END`)) : strong(bad(`${symbols.bad} A FAULT OF QUEUELAB`)),
    paragraph(text(fault.message), 2, columns),
    ...(isEndless(fault) ? [paragraph(ENDLESS_HINT, 2, columns)] : fault.stack.split('\n').map((line) => `    ${text(line)}`)),
    `    run it again  ${text(fault.replay)}`,
  ].join('\n'));
  const left = faults.length - MAX_FAULTS;
  return left > 0 ? [...shown, `  and ${counted(left, 'more run')} without a result`] : shown;
}

const LENIENT_HINT = 'Green means tested only where something could have broken: --strict fails a check with such a promise.';
const STRICT_HINT = 'Let a scenario do what it takes, or say in it that nothing does: `expect: { PROMISE: not-exercised }`.';

function wholeBlock(check: CheckResult, { text, strong, good, bad, noted, quiet, symbols, columns }: Terminal): string {
  const { answer, neverExercised, neverJudged = [], strict } = check;
  const isGood = answer === 'held';
  const paint = isGood ? good : answer === 'inconclusive' ? noted : bad;
  const symbol = isGood ? symbols.good : answer === 'inconclusive' ? symbols.noted : symbols.bad;
  const untested = neverExercised.length === 0 ? [] : ['Never put to the test by any scenario:', ...neverExercised.map((id) => `  ${untestedWords(id)}`)];
  return [
    ...endSentences(check).map((sentence) => noted(`${symbols.noted} ${text(sentence)}`)),
    ...untested.map((line) => (strict ? bad : noted)(paragraph(text(line), line.startsWith(' ') ? 2 : 0, columns))),
    ...(neverJudged.length === 0 ? [] : [(strict ? bad : noted)(paragraph(text(`Put to the test, but left open in every run: ${neverJudged.join(', ')}.`), 0, columns))]),
    ...(untested.length === 0 ? [] : [quiet(paragraph(strict ? STRICT_HINT : LENIENT_HINT, 2, columns))]),
    strong(paint(`${symbol} ${text(checkHeadline(check))}`)),
  ].join('\n');
}
