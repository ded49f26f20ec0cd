interface Message {
  readonly id: number;
  readonly trace: number;
  queue: 'jobs' | 'dead';
  state: 'ready' | 'delayed' | 'leased';
  count: number;
  readonly sentAt: number;
  /** End of the lease or of the delay. */
  due: number;
  receivedAt: number;
}

export interface ModelRules {
  readonly maxReceives: number;
  readonly jobsRetention: number;
  readonly deadRetention: number;
}

/** What two queues do, one of them the other's dead-letter queue, in the plainest way: a list of messages. */
export class Model {
  readonly #rules: ModelRules;
  #messages: Message[] = [];

  constructor(rules: ModelRules) {
    this.#rules = rules;
  }

  send(id: number, trace: number, delay: number, now: number): void {
    this.#messages.push({ id, trace, queue: 'jobs', state: delay > 0 ? 'delayed' : 'ready', count: 0, sentAt: now, due: now + delay, receivedAt: 0 });
  }

  /**
   * What a receive returns, and makes it so. `order` is the queue's own order of its ready messages, in which the model has no
   * say (a standard queue promises none) beyond that it holds the right ones.
   */
  receive(order: readonly number[], max: number, timeout: number, now: number): { id: number; count: number }[] {
    this.pass(now);
    const ready = this.#messages.filter(({ queue, state }) => queue === 'jobs' && state === 'ready');
    const expected = ready.map(({ id }) => id).sort((left, right) => left - right);
    if (JSON.stringify([...order].sort((left, right) => left - right)) !== JSON.stringify(expected)) {
      throw new Error(`ready: ${order.join()}, expected in some order: ${expected.join()}`);
    }
    const got: { id: number; count: number }[] = [];
    for (const id of order) {
      if (got.length === max) break;
      const message = ready.find((candidate) => candidate.id === id)!;
      if (message.count >= this.#rules.maxReceives) message.queue = 'dead';
      else {
        message.count += 1;
        Object.assign(message, { state: timeout > 0 ? 'leased' : 'ready', due: now + timeout, receivedAt: now });
        got.push({ id, count: message.count });
      }
    }
    return got;
  }

  settle(id: number): null {
    this.#messages = this.#messages.filter((message) => !(message.id === id && message.queue === 'jobs'));
    return null;
  }

  change(id: number, timeout: number, now: number): string | null {
    const message = this.#messages.find((candidate) => candidate.id === id && candidate.queue === 'jobs');
    if (message === undefined) return 'messageNotAvailable';
    Object.assign(message, { state: timeout > 0 ? 'leased' : 'ready', due: now + timeout });
    return null;
  }

  pass(now: number): void {
    for (const message of this.#messages) if (message.state !== 'ready' && message.due <= now) message.state = 'ready';
    const { jobsRetention, deadRetention } = this.#rules;
    this.#messages = this.#messages.filter(({ queue, sentAt }) => sentAt + (queue === 'jobs' ? jobsRetention : deadRetention) > now);
  }

  redrive(id: number, newId: number, now: number): void {
    const old = this.#messages.find((message) => message.id === id)!;
    this.#messages = this.#messages.filter((message) => message !== old);
    this.send(newId, old.trace, 0, now);
  }

  purge(): void {
    this.#messages = this.#messages.filter(({ queue }) => queue !== 'jobs');
  }

  picture(): object {
    const of = (name: string) => this.#messages.filter(({ queue }) => queue === name).map(({ id, state, count }) => `${id} ${state} ${count}`).sort();
    return { dead: of('dead'), jobs: of('jobs') };
  }
}
