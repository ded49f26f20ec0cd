import { meanEstimate, pairedDifference, separateDifference, USUAL_CONFIDENCE } from '../../measures/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { sameSeeds } from './comparable.js';
import type { ComparedPromise, ComparisonVerdict, PromiseCounts } from './comparison.js';
import type { Variant } from './variant.js';

/**
 * The promises of a variant against those of the first, in the order of the judge. A promise that is broken is no matter of chance: the run that broke
 * it is there.
 *
 * | before             | now                    | verdict        |
 * | ------------------ | ---------------------- | -------------- |
 * | never broken       | broken                 | `regressed`    |
 * | broken             | never, the same seeds  | `improved`     |
 * | broken             | broken in more, fewer  | by the interval of the share of runs that broke it |
 * | judged             | never decided          | `inconclusive` |
 * | kept               | not put to the test    | `changed`      |
 * | an anomaly in some | in more, fewer, others | `changed` or `within-noise`, by the interval of their share |
 */
export function promiseRows(base: Variant, variant: Variant, index: number): ComparedPromise[] {
  const promises = [...new Set([...base.results, ...variant.results].flatMap(({ verdicts }) => verdicts.map(({ invariant }) => invariant)))];
  const isPaired = sameSeeds(base, variant);
  return promises.map((promise) => {
    const [from, to] = [verdictsIn(base, promise), verdictsIn(variant, promise)];
    return { variant: index, promise, base: countsOf(from), value: countsOf(to), verdict: verdictOf(from, to, isPaired) };
  });
}

/** What the judge said, run by run; `absent` where the promise cannot concern the run. */
type Said = RunResult['verdicts'][number]['verdict'] | 'absent';

const verdictsIn = ({ results }: Variant, promise: string): Said[] =>
  results.map(({ verdicts }) => verdicts.find(({ invariant }) => invariant === promise)?.verdict ?? 'absent');

function countsOf(said: readonly Said[]): PromiseCounts {
  const count = (what: Said): number => said.filter((one) => one === what).length;
  return { holds: count('holds'), violated: count('violated'), anomaly: count('anomaly'), notExercised: count('not-exercised') + count('absent'), inconclusive: count('inconclusive') };
}

function verdictOf(from: readonly Said[], to: readonly Said[], isPaired: boolean): ComparisonVerdict {
  const [before, now] = [countsOf(from), countsOf(to)];
  if (now.violated > 0 && before.violated === 0) return 'regressed';
  if (now.violated > 0) return byShare({ from, to, isPaired, what: 'violated', less: 'improved', more: 'regressed' });
  if (isJudged(before) && !isJudged(now) && now.inconclusive > 0) return 'inconclusive';
  if (isPaired && from.every((said, run) => said === to[run])) return 'no-change';
  if (before.violated > 0) return isJudged(now) ? mended({ from, to, isPaired, what: 'violated', less: 'improved', more: 'regressed' }) : 'changed';
  if (isJudged(before) !== isJudged(now)) return 'changed';
  return before.anomaly === 0 && now.anomaly === 0 ? 'no-change' : byShare({ from, to, isPaired, what: 'anomaly', less: 'changed', more: 'changed' });
}

const isJudged = ({ holds, violated, anomaly }: PromiseCounts): boolean => holds + violated + anomaly > 0;

interface Shares {
  readonly from: readonly Said[];
  readonly to: readonly Said[];
  readonly isPaired: boolean;
  readonly what: Said;
  readonly less: ComparisonVerdict;
  readonly more: ComparisonVerdict;
}

/** With the same draws it was broken before and is not now: that is the variant's doing. */
const mended = (shares: Shares): ComparisonVerdict => (shares.isPaired ? 'improved' : byShare(shares));

/** By the share of runs in which something was said. */
function byShare({ from, to, isPaired, what, less, more }: Shares): ComparisonVerdict {
  const [before, now] = [from, to].map((said) => said.map((one) => (one === what ? 1 : 0))) as [number[], number[]];
  if (isPaired && before.every((one, run) => one === now[run])) return 'no-change';
  const { value, low, high } = isPaired ? pairedDifference(before, now, USUAL_CONFIDENCE) : separateDifference(meanEstimate(before, USUAL_CONFIDENCE), meanEstimate(now, USUAL_CONFIDENCE));
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'inconclusive';
  if (low <= 0 && high >= 0) return 'within-noise';
  return value < 0 ? less : more;
}
