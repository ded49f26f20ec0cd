import type { QueueSettings } from '../queue/index.js';
import type { Request, SendEntry } from './protocol.js';

const SECOND_MICROS = 1_000_000;

/** What shares a quota: an operation and its batch (SQS: quotas are per API action). What concerns a queue as a whole has none. */
const KINDS: Readonly<Partial<Record<Request['operation'], string>>> = {
  send: 'send', sendBatch: 'send', receive: 'receive', delete: 'delete', deleteBatch: 'delete',
  changeVisibility: 'changeVisibility', changeVisibilityBatch: 'changeVisibility',
};

/**
 * How many requests of one kind a queue takes in a second (SQS: 300 for FIFO queues, a batch counts as one; in high throughput mode sends have that much for each message
 * group, and nothing else is bounded). Seconds are those of the monotonic clock.
 */
export class RequestQuota {
  /** Of the second that is running. */
  readonly #taken = new Map<string, number>();
  #second = -1;

  /** Whether the request is within the quota. Only then it counts. */
  admits(request: Request, settings: QueueSettings, now: number): boolean {
    const quota = settings.quotaPerSecond;
    if (quota === undefined || quota === null) return true;
    const kind = KINDS[request.operation];
    if (kind === undefined) return true;
    this.#startSecond(Math.floor(now / SECOND_MICROS));
    const keys = settings.throughputLimit === 'perQueue' ? [kind] : groupsOf(request);
    if (keys.some((key) => (this.#taken.get(key) ?? 0) >= quota)) return false;
    for (const key of keys) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    return true;
  }

  #startSecond(second: number): void {
    if (second === this.#second) return;
    this.#second = second;
    this.#taken.clear();
  }
}

/** The message groups of a send, each once. */
function groupsOf(request: Request): readonly string[] {
  const entries: readonly SendEntry[] = request.operation === 'send' ? [request] : request.operation === 'sendBatch' ? request.entries : [];
  return [...new Set(entries.map(({ properties }) => properties?.group ?? ''))];
}
