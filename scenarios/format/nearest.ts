/** Names longer than this are not compared: nobody misspells them by a letter or two. */
const MAX_LENGTH = 60;
/** `wroker` is rather `worker` than `broker`. */
const SAME_LETTERS = 0.5;

/**
 * The candidate that `word` was probably meant to be, or null. Distance counts inserted, dropped, replaced and swapped
 * letters, without regard to case and hyphens; a third of the letters may be wrong. Of equals the one with the same letters wins,
 * then the first.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > MAX_LENGTH) return null;
  const plainWord = plain(word);
  let best: string | null = null;
  let bestRank = Infinity;
  for (const candidate of candidates) {
    if (candidate.length > MAX_LENGTH) continue;
    const other = plain(candidate);
    const distance = editDistance(plainWord, other);
    const allowed = Math.max(1, Math.floor(Math.max(plainWord.length, other.length) / 3));
    const rank = lettersOf(other) === lettersOf(plainWord) ? distance - SAME_LETTERS : distance;
    if (distance <= allowed && distance < plainWord.length && rank < bestRank) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best;
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '');

const lettersOf = (word: string): string => [...word].sort().join('');

/** Optimal string alignment: Levenshtein's distance in which two swapped neighbours count as one mistake. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(substituted, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforePrevious[j - 2] as number) + 1);
      }
      row.push(distance);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] as number;
}
