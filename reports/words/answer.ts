import { isMissed } from '../../measures/index.js';
import type { RunResult, ThresholdResult, VerdictResult } from '../run-result.js';
import { counted } from './numbers.js';

/** What came out, for someone who reads two lines. */
export interface Answer {
  readonly tone: 'good' | 'bad' | 'unsure';
  /** One or two words: `held`, `broken`, `inconclusive`. */
  readonly word: string;
  /** One sentence. */
  readonly headline: string;
  /** Sentences that say more, most important first; plain text. */
  readonly details: readonly string[];
}

const tones = { held: 'good', broken: 'bad', inconclusive: 'unsure' } as const satisfies Record<RunResult['outcome'], Answer['tone']>;

/** The answer of a run: what held, what broke, and whether that was expected. */
export function answerOf(result: RunResult): Answer {
  const missed = result.thresholds.filter(isMissed);
  const onlySlow = missed.length > 0 && result.outcome !== 'inconclusive' && result.verdicts.every((verdict) => verdict.met);
  return {
    tone: onlySlow ? 'bad' : tones[result.outcome],
    word: onlySlow ? 'threshold missed' : result.outcome,
    headline: headlines[result.outcome](result),
    details: [
      ...mutantsInWords(result),
      ...result.verdicts.filter((verdict) => !verdict.met).map(unmetInWords),
      ...metButSeen(result.verdicts),
      ...(result.outcome === 'held' ? result.verdicts.filter(({ met, verdict }) => met && verdict === 'inconclusive').map(unmetInWords) : []),
      ...missed.map(({ expression, actual }) => `The threshold ${expression} was missed: it was ${actual}.`),
      ...result.thresholds.filter(({ isInconclusive }) => isInconclusive === true).map(openThreshold),
      ...endInWords(result),
      ...exerciseInWords(result),
    ],
  };
}

const openThreshold = ({ expression, actual, interval = '' }: ThresholdResult): string =>
  `The threshold ${expression} is left open: it was ${actual}${interval === '' ? '' : `, but the true figure can only be told so far (${interval})`}; a longer run would say more.`;

/** Nobody may take such a run for a real one. */
function mutantsInWords({ mutants = [] }: RunResult): string[] {
  if (mutants.length === 0) return [];
  const [bugs, word] = mutants.length === 1 ? ['a deliberate bug', 'mutant'] : ['deliberate bugs', 'mutants'];
  return [`This run had ${bugs} in its engine (${word} ${mutants.join(', ')}): it says nothing of the engine as it is.`];
}

const headlines: Readonly<Record<RunResult['outcome'], (result: RunResult) => string>> = {
  held: heldHeadline,
  broken: brokenHeadline,
  inconclusive: () => 'This run gives no answer.',
};

function slowHeadline({ thresholds }: RunResult): string | null {
  const missed = thresholds.filter(isMissed).length;
  return missed === 0 ? null : `The promises held, but ${counted(missed, 'threshold was', 'thresholds were')} missed.`;
}

function heldHeadline(result: RunResult): string {
  const slow = slowHeadline(result);
  if (slow !== null) return slow;
  const { verdicts } = result;
  const broke = verdicts.filter((verdict) => verdict.verdict === 'violated').length;
  const open = verdicts.filter((verdict) => verdict.verdict === 'inconclusive').length;
  const others = open === 0 ? 'everything else held' : `that leaves ${counted(open, 'other promise', 'other promises')} open`;
  if (broke > 0) return `As this scenario is meant to show, ${counted(broke, 'promise', 'promises')} broke; ${others}.`;
  const held = verdicts.filter((verdict) => verdict.verdict === 'holds').length;
  const allowed = verdicts.filter((verdict) => verdict.verdict === 'anomaly').length;
  if (allowed > 0) return `${counted(held, 'promise')} held; ${allowed === 1 ? 'one was' : `${allowed} were`} broken only as the contract allows.`;
  if (held === 0) return 'Nothing was put to the test.';
  return held === 1 ? 'The one promise that was put to the test held.' : `All ${held} promises that were put to the test held.`;
}

function brokenHeadline(result: RunResult): string {
  const unmet = result.verdicts.filter((verdict) => !verdict.met);
  const violated = unmet.filter((verdict) => verdict.verdict === 'violated').length;
  if (violated > 0) return `${counted(violated, 'promise was', 'promises were')} broken.`;
  if (unmet.length > 0) return `${counted(unmet.length, 'promise', 'promises')} did not turn out as this scenario expects.`;
  return slowHeadline(result) ?? 'This run did not turn out as its scenario expects.';
}

function unmetInWords(verdict: VerdictResult): string {
  const promise = withoutStop(verdict.promise);
  switch (verdict.verdict) {
    case 'violated':
      return `Broken ${times(verdict.count)}: ${promise}.`;
    case 'anomaly':
      return `Broken ${times(verdict.count)}, which its contract allows here, but not as expected (${verdict.expected ?? 'holds'}): ${promise}.`;
    case 'holds':
      return `Expected to be ${verdict.expected ?? 'broken'}, but it held: ${promise}.`;
    case 'not-exercised':
      return `Never put to the test, though expected (${verdict.expected ?? 'holds'}): ${promise}.`;
    case 'inconclusive':
      return `Left open: ${promise}.`;
  }
}

/** What went against a promise and is no reason to worry. */
function metButSeen(verdicts: readonly VerdictResult[]): string[] {
  return verdicts.flatMap(({ met, verdict, count, promise }) => {
    if (!met || (verdict !== 'violated' && verdict !== 'anomaly')) return [];
    const how = verdict === 'violated' ? 'as expected' : 'which its contract allows here';
    return [`Broken ${times(count)}, ${how}: ${withoutStop(promise)}.`];
  });
}

function endInWords({ run, verdicts }: RunResult): string[] {
  const limit = run.limit === null ? [] : [`The run ended early: ${withoutStop(run.limit)}.`];
  const dead = run.dead === undefined ? [] : [`Dead for good when faults stopped (heal: core): ${run.dead.join(', ')}.`];
  if (run.drained) return [...limit, ...dead];
  const stuck = run.stuck.length === 0 ? '' : ` Left behind: ${run.stuck.map(withoutStop).join('; ')}.`;
  return [...limit, ...dead, `The queues did not drain.${stuck}`, ...whyNotDrained(verdicts)];
}

/** Where nothing was wrong: what kept it from being done. */
function whyNotDrained(verdicts: readonly VerdictResult[]): string[] {
  const drains = verdicts.find(({ invariant }) => invariant === 'drains');
  return drains?.verdict === 'inconclusive' && drains.contract !== '' ? [drains.contract] : [];
}

function exerciseInWords({ verdicts }: RunResult): string[] {
  const idle = verdicts.filter((verdict) => verdict.verdict === 'not-exercised' && verdict.met).length;
  if (idle === 0) return [];
  return [`${counted(idle, 'more promise was', 'more promises were')} watched, but nothing in this run could have broken ${idle === 1 ? 'it' : 'them'}.`];
}

const times = (count: number): string => (count === 1 ? 'once' : counted(count, 'time'));
const withoutStop = (text: string): string => text.replace(/\.\s*$/, '');
