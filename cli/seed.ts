import { UsageError } from './errors.js';

/** As in a scenario file. */
const MAX_SEED_LENGTH = 100;
/** Seeds of drawn runs have the run's number appended. */
export const MAX_BASE_SEED_LENGTH = 80;

/**
 * A seed is a text, of one run or of everything that is drawn: whoever knows it can do the same again. Only `--seeds`, which counts them up,
 * takes whole numbers.
 *
 * @throws UsageError
 */
export function checkSeed(seed: string | undefined, mostCharacters = MAX_SEED_LENGTH): void {
  if (seed === undefined) return;
  if (seed.trim() === '') throw new UsageError('--seed: the seed is missing; give a number or a word, such as 17.');
  if (seed.length > mostCharacters) throw new UsageError(`--seed: at most ${mostCharacters} characters.`);
  if (/\p{Cc}/u.test(seed)) throw new UsageError('--seed: a seed is on one line, without control characters.');
  const [, from] = /^(\d+)\.\.(\d+)$/.exec(seed) ?? [];
  if (from !== undefined) throw new UsageError(`--seed ${seed}: this is one run, with one seed, such as --seed ${from}; \`check --seeds ${seed}\` takes a range.`);
}
