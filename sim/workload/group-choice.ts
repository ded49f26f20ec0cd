import { type RandomStream, type Sampler, zipf } from '../kernel/index.js';
import type { GroupSettings } from './settings.js';

/** Chooses the group of each message of a producer. */
export class GroupChoice {
  readonly #names: readonly string[];
  readonly #sampler: Sampler | null;
  readonly #random: RandomStream;
  #next = 0;

  constructor({ name, count, choice }: GroupSettings, random: RandomStream) {
    this.#names = count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
    this.#sampler = choice === 'round-robin' || count === 1 ? null : zipf({ count, exponent: choice });
    this.#random = random;
  }

  next(): string {
    const index = this.#sampler === null ? this.#next : this.#sampler.sample(this.#random) - 1;
    this.#next = (this.#next + 1) % this.#names.length;
    return this.#names[index] as string;
  }
}
