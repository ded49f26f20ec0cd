/** Thrown for a `--seeds` that cannot be: the sentence says what is wrong with it. */
export class SeedsError extends Error {
  readonly code = 'QL_CHECK_SEEDS';
  constructor(text: string, reason: string) {
    super(`--seeds ${text}: ${reason}`);
    this.name = 'SeedsError';
  }
}

interface SeedRange {
  readonly from: number;
  readonly to: number;
}

/** Whole numbers from 0, in ranges, and possibly without an end. */
export class Seeds {
  /** In order, apart from each other. */
  readonly #ranges: readonly SeedRange[];
  /** True: it goes on after the last range. */
  readonly isEndless: boolean;

  private constructor(ranges: readonly SeedRange[], isEndless: boolean) {
    this.#ranges = ranges;
    this.isEndless = isEndless;
  }

  /**
   * Reads `1..200`, `7`, `1,5,9`, and mixes of these; each seed counts once.
   *
   * @throws SeedsError
   */
  static parse(text: string): Seeds {
    const ranges = text.split(',').map((part) => parseRange(text, part.trim()));
    return new Seeds(joined(ranges), false);
  }

  /** The same and all that come after. */
  endless(): Seeds {
    return new Seeds(this.#ranges, true);
  }

  /** How many there are; null without an end. */
  get count(): number | null {
    return this.isEndless ? null : this.#ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  }

  *[Symbol.iterator](): Generator<string> {
    for (const { from, to } of this.#ranges) for (let seed = from; seed <= to; seed++) yield String(seed);
    if (!this.isEndless) return;
    for (let seed = (this.#ranges.at(-1)?.to ?? 0) + 1; Number.isSafeInteger(seed); seed++) yield String(seed);
  }

  toString(): string {
    const text = this.#ranges.map(({ from, to }) => (from === to ? String(from) : `${from}..${to}`)).join(',');
    return this.isEndless ? `${text} and on` : text;
  }
}

const NUMBER = /^(0|[1-9]\d*)$/;
const FORM = 'write 1..200, 7, or 1,5,9.';

function parseRange(text: string, part: string): SeedRange {
  if (part === '') throw new SeedsError(text, `a seed is missing; ${FORM}`);
  const ends = part.split('..');
  if (ends.length > 2 || ends.some((end) => !NUMBER.test(end))) throw new SeedsError(text, `"${part}" is no whole number and no range of them; ${FORM}`);
  const [from, to = from] = ends.map(Number) as [number, number?];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) throw new SeedsError(text, `seeds go up to ${Number.MAX_SAFE_INTEGER}.`);
  if (from > to) throw new SeedsError(text, `the range ${part} ends before it begins; did you mean ${to}..${from}?`);
  return { from, to };
}

/** Sorted, with those that touch made one. */
function joined(ranges: readonly SeedRange[]): SeedRange[] {
  const result: SeedRange[] = [];
  for (const range of [...ranges].sort((left, right) => left.from - right.from)) {
    const last = result.at(-1);
    if (last !== undefined && range.from <= last.to + 1) result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else result.push(range);
  }
  return result;
}
