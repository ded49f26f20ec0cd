import { type ChannelModel, connect } from 'amqplib';
import type { Mutations, RabbitmqVersion } from '../../engine/index.js';
import type { Method } from '../engine/broker/channel/channel-stage.js';
import { EngineSide } from './engine-side.js';
import { Management } from './management.js';
import { linesOf } from './observation.js';
import { type Operation, wordsOf } from './operation.js';
import { ServerSide } from './server-side.js';

export interface ComparisonOptions {
  readonly url: string;
  /** Of the server's management interface. */
  readonly management: string;
  readonly version: RabbitmqVersion;
  readonly mutations?: Partial<Mutations>;
  readonly passMillis?: number;
  /** The server is left in peace for so long after each operation: what it does then cannot be seen, and counts for what comes next. */
  readonly restMillis?: number;
  /** A difference counts at once: races are not told from it. */
  readonly takesFirst?: boolean;
}

/** Long enough for a queue to write its log, and for dead letters to arrive. */
const LONG_REST_MS = 150;

/** Runs the same operations on the engine and on a RabbitMQ server, one comparison after the other. */
export class Comparison {
  readonly #options: ComparisonOptions;
  readonly #observer: ChannelModel;

  private constructor(options: ComparisonOptions, observer: ChannelModel) {
    this.#options = options;
    this.#observer = observer;
  }

  static async with(options: ComparisonOptions): Promise<Comparison> {
    return new Comparison(options, await connect(options.url, { noDelay: true }));
  }

  async end(): Promise<void> {
    await this.#observer.close();
  }

  /**
   * Null when both did the same; otherwise the operations and both answers to the last of them, to read. What is no more when the server has time to come to rest after each operation
   * was a race, and no difference.
   */
  async difference(operations: readonly Operation[]): Promise<string | null> {
    const { restMillis = 0, passMillis = 0, takesFirst = false } = this.#options;
    const first = await this.#differenceAt(operations, restMillis);
    if (first === null || takesFirst) return first;
    // Where times to live pass, none may be lost.
    return this.#differenceAt(operations, passMillis > 0 ? restMillis : Math.max(restMillis, LONG_REST_MS));
  }

  async #differenceAt(operations: readonly Operation[], restMillis: number): Promise<string | null> {
    const { url, management, version, mutations = {}, passMillis = 0 } = this.#options;
    const engine = new EngineSide({ version, mutations, passMillis });
    const server = new ServerSide({ url, run: nextRun(), passMillis, restMillis, observer: this.#observer, management: new Management(management) });
    const told: string[] = [];
    try {
      for (const [index, operation] of operations.entries()) {
        const method = withBody(engine.methodOf(operation), index + 1);
        const ours = engine.step(operation, method);
        const theirs = await server.step(operation, method, ours);
        const answers = [linesOf(ours), linesOf(theirs)] as const;
        told.push(`${String(index + 1).padStart(3)}. ${wordsOf(operation, method)}`);
        if (isSame(...answers)) continue;
        return isRace(...answers) ? null : told.join('\n') + bothAnswers(...answers);
      }
      const left = engine.leftovers();
      const answers = [tables(left), tables(await server.leftovers(left))] as const;
      return isSame(...answers) || isRace(...answers) ? null : `${told.join('\n')}\n  what is left in the queues${bothAnswers(...answers)}`;
    } finally {
      await server.end();
    }
  }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

/**
 * Dead letters of one queue race those of another and what was published beside them, and the server says nothing of who wins. Where they are the
 * only difference, nothing that follows can be compared.
 */
function isRace(one: readonly string[], other: readonly string[]): boolean {
  const [plain, otherPlain] = [one, other].map((lines) => lines.map((line) => line.replace(/ tag=\d+/, '')).sort()) as [string[], string[]];
  return plain.some((line) => line.includes('deaths=')) && isSame(plain, otherPlain);
}

/** All that the engine shows by itself. */
export function shownByEngine(operations: readonly Operation[], { version, mutations = {} }: Pick<ComparisonOptions, 'version' | 'mutations'>): string {
  const engine = new EngineSide({ version, mutations, passMillis: 0 });
  const shown = operations.flatMap((operation, index) => linesOf(engine.step(operation, withBody(engine.methodOf(operation), index + 1))));
  return [...shown, ...tables(engine.leftovers())].join('\n');
}

let runs = 0;
const nextRun = (): number => ++runs;

/** Every message has a body of its own, by which it is known again. */
function withBody(method: Method | null, number: number): Method | null {
  return method?.operation === 'publish' ? { ...method, body: new TextEncoder().encode(`m${number}`), trace: number } : method;
}

function tables(left: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.keys(left).sort().flatMap((name) => left[name]!.map((line) => `${name}: ${line.replace(/ tag=\d+/, '')}`));
}

/** What only one of them said; all of it when they said the same in another order. */
function bothAnswers(ours: readonly string[], theirs: readonly string[]): string {
  const isOrder = isSame([...ours].sort(), [...theirs].sort());
  const only = (lines: readonly string[], others: readonly string[]): string => {
    const own = isOrder ? lines : lines.filter((line) => !others.includes(line));
    return own.length === 0 ? '(nothing)' : own.join('\n              ');
  };
  return `\n      engine: ${only(ours, theirs)}\n    RabbitMQ: ${only(theirs, ours)}`;
}
