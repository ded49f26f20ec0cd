/**
 * What was heard on one channel because of one operation, as lines of text. In groups, because between them the protocol promises no order: an answer, then
 * what came of publishes, what was delivered, and how it ended.
 */
export interface Heard {
  readonly answers: string[];
  readonly publishes: string[];
  readonly deliveries: string[];
  readonly ends: string[];
}

export const nothingHeard = (): Heard => ({ answers: [], publishes: [], deliveries: [], ends: [] });

/** After one operation: what each channel heard, by its place, and how many messages and consumers each queue has. */
export interface Observation {
  readonly heard: Readonly<Record<string, Heard>>;
  readonly queues: Readonly<Record<string, string>>;
}

/** Consumers: null where they are not counted. */
export const countsLine = (messages: number, consumers: number | null): string => `${messages} ready${consumers === null ? '' : `, ${consumers} consumers`}`;

/** Where the words of a close depend on how a client encodes numbers. */
export const closeText = (text: string): string => text.replace(/ of type '\w+'/g, '').replace(/invalid type '\w+'/, 'invalid type').replace(/\{unacceptable_type,\w+\}/, '{unacceptable_type}');

/** A delivery, from either side. */
export interface SeenDelivery {
  /** Null: it was got. */
  readonly consumer: string | null;
  readonly tag: number;
  readonly body: string;
  readonly redelivered: boolean;
  readonly exchange: string;
  /** The routing key, and the others that consumers are shown. */
  readonly keys: readonly string[];
  readonly priority: number | null;
  readonly expiration: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly deaths: readonly SeenDeath[];
  readonly firstDeath: string | null;
  readonly deliveryCount: number;
}

export interface SeenDeath {
  readonly queue: string;
  readonly reason: string;
  readonly count: number;
  readonly exchange: string;
  readonly keys: readonly string[];
  readonly expiration: string | null;
}

export function deliveryLine({ consumer, tag, body, redelivered, exchange, keys, ...rest }: SeenDelivery): string {
  const { priority, expiration, headers, deaths, firstDeath, deliveryCount } = rest;
  const parts = [
    consumer === null ? 'got' : `delivered to ${consumer}:`, `${body}${redelivered ? ' (redelivered)' : ''}`, `tag=${tag}`, `from "${exchange}" [${keys.join(' ')}]`,
    priority === null ? '' : `priority=${priority}`,
    expiration === null ? '' : `expiration=${expiration}`,
    Object.keys(headers).length === 0 ? '' : `headers=${JSON.stringify(sorted(headers))}`,
    deliveryCount === 0 ? '' : `count=${deliveryCount}`,
    deaths.length === 0 ? '' : `deaths=[${deaths.map(deathText).join(', ')}]`,
    firstDeath === null ? '' : `first=${firstDeath}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function deathText({ queue, reason, count, exchange, keys, expiration }: SeenDeath): string {
  return `${count} × ${reason} in ${queue} from "${exchange}" [${keys.join(' ')}]${expiration === null ? '' : ` expiration=${expiration}`}`;
}

const sorted = (table: Readonly<Record<string, unknown>>): object => Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));

/** Confirms may come in any order and for several at once, but none before the return of its message. Neighbours are sorted. */
export function withSortedConfirms(lines: readonly string[]): string[] {
  const result: string[] = [];
  let run: string[] = [];
  for (const line of [...lines, 'end']) {
    if (line.startsWith('confirm')) run.push(line);
    else {
      result.push(...run.sort(), line);
      run = [];
    }
  }
  return result.slice(0, -1);
}

/** The lines of an observation, for comparing and for showing. */
export function linesOf({ heard, queues }: Observation): string[] {
  const lines: string[] = [];
  for (const place of Object.keys(heard).sort()) {
    const { answers, publishes, deliveries, ends } = heard[place]!;
    for (const line of [...answers, ...withSortedConfirms(publishes), ...deliveries, ...ends]) lines.push(`${place}: ${line}`);
  }
  return [...lines, ...Object.keys(queues).sort().map((name) => `${name}: ${queues[name]}`)];
}
