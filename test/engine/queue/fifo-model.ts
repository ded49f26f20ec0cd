interface Message {
  readonly id: number;
  readonly group: string;
  queue: 'jobs' | 'dead';
  /** Receives that returned it. */
  count: number;
  leasedUntil: number;
  timeout: number;
  serial: number;
}

export interface FifoRules {
  readonly maxReceives: number;
  readonly windowMicros: number;
}

export interface Got {
  readonly id: number;
  readonly serial: number;
}

type Verdict = 'handleExpired' | 'messageNotAvailable' | null;

/**
 * A FIFO queue with its dead-letter queue, in the plainest way: a list of messages in the order of their sends. Which group comes first is the
 * queue's own affair; the model says whether what a receive did could be, and makes it so.
 */
export class FifoModel {
  readonly #rules: FifoRules;
  #messages: Message[] = [];
  readonly #sends = new Map<string, { readonly id: number; readonly at: number }>();

  constructor(rules: FifoRules) {
    this.#rules = rules;
  }

  /** The id that a send under this deduplication id must be answered with; null: a new one. */
  known(dedup: string, now: number): number | null {
    const send = this.#sends.get(dedup);
    return send !== undefined && now - send.at < this.#rules.windowMicros ? send.id : null;
  }

  send(id: number, group: string, dedup: string, now: number): void {
    this.#sends.set(dedup, { id, at: now });
    this.#messages.push({ id, group, queue: 'jobs', count: 0, leasedUntil: 0, timeout: 0, serial: 0 });
  }

  /** A receive returned `got` and dead-lettered `moved`. */
  received(got: readonly Got[], moved: readonly number[], { max, timeout, now }: { max: number; timeout: number; now: number }): void {
    const returned = got.map(({ id }) => id);
    const touched = new Set([...returned, ...moved]);
    const expected: Message[] = [];
    for (const group of this.#groups()) {
      const deliverable = this.#deliverable(group, now);
      const reached = deliverable.findIndex(({ id }) => !touched.has(id));
      const taken = reached < 0 ? deliverable : deliverable.slice(0, reached);
      if (got.length < max && reached >= 0) throw new Error(`${deliverable[reached]!.id} of ${group} was there to be received`);
      const wanted = taken.filter(({ count }) => count < this.#rules.maxReceives).map(({ id }) => id);
      const seen = returned.filter((id) => this.#find(id)?.group === group);
      if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(`group ${group} gave ${seen.join()}, not ${wanted.join()}`);
      expected.push(...taken);
    }
    if (expected.length !== touched.size) throw new Error(`${[...touched].join()} were touched, ${expected.map(({ id }) => id).join()} could be`);
    for (const message of expected) {
      const handle = got.find(({ id }) => id === message.id);
      if (handle === undefined) message.queue = 'dead';
      else Object.assign(message, { count: message.count + 1, leasedUntil: now + timeout, timeout, serial: handle.serial });
    }
  }

  settle({ id, serial }: Got, now: number): Verdict {
    const message = this.#find(id);
    if (message?.queue !== 'jobs') return null;
    if (!this.#isCurrent(message, serial, now)) return 'handleExpired';
    this.#messages.splice(this.#messages.indexOf(message), 1);
    return null;
  }

  change({ id, serial }: Got, timeout: number, now: number): Verdict {
    const message = this.#find(id);
    if (message?.queue !== 'jobs') return 'messageNotAvailable';
    if (!this.#isCurrent(message, serial, now)) return 'handleExpired';
    Object.assign(message, { leasedUntil: now + timeout, timeout });
    return null;
  }

  purge(): void {
    this.#messages = this.#messages.filter(({ queue }) => queue === 'dead');
    this.#sends.clear();
  }

  /** After a loss of power whose every step was synced, leases run their full timeout again. */
  recovered(now: number): void {
    for (const message of this.#messages) if (message.leasedUntil > now) message.leasedUntil = now + message.timeout;
  }

  /** By queue: id, group, whether it is leased, receives. */
  picture(now: number): object {
    const of = (name: string) => this.#messages.filter(({ queue }) => queue === name)
      .map(({ id, group, leasedUntil, count, queue }) => `${id} ${group} ${queue === 'jobs' && leasedUntil > now ? 'leased' : 'ready'} ${count}`).sort();
    return { dead: of('dead'), jobs: of('jobs') };
  }

  #isCurrent(message: Message, serial: number, now: number): boolean {
    return message.serial === serial && message.leasedUntil > now;
  }

  #find(id: number): Message | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  #groups(): string[] {
    return [...new Set(this.#messages.filter(({ queue }) => queue === 'jobs').map(({ group }) => group))];
  }

  /** The longest beginning of a group whose messages are all visible. */
  #deliverable(group: string, now: number): Message[] {
    const all = this.#messages.filter((message) => message.queue === 'jobs' && message.group === group);
    const blocked = all.findIndex(({ leasedUntil }) => leasedUntil > now);
    return blocked < 0 ? all : all.slice(0, blocked);
  }
}
