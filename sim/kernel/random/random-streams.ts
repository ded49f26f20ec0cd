import { RandomStream } from './random-stream.js';

/**
 * The random numbers of a run: one stream per source (`link/a-b`, `producer/3/arrivals`), each seeded by the run's seed and its
 * own name. What a stream gives depends on nothing else, so adding or removing one source leaves all others as they were.
 */
export class RandomStreams {
  readonly seed: string;
  private readonly streams = new Map<string, RandomStream>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The stream of that name; always the same object. */
  stream(name: string): RandomStream {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = new RandomStream(`${this.seed}/${name}`);
      this.streams.set(name, stream);
    }
    return stream;
  }
}
