const FIRST_CAPACITY = 64;

/** Who is held back by windows that are closed. */
export interface Flow {
  /** Nothing more goes through for a while; or it does again. */
  closed(): void;
  opened(): void;
}

/**
 * What publishers have put into a queue and its storage has not taken yet, by position in the journal. At so many the window closes, and whoever publishes into it has to wait
 * until there are so many fewer. (RabbitMQ: credit flow between channels, queues and the message store; quorum_commands_soft_limit.)
 *
 * | window ╲ event | a publish, below the limit | a publish that reaches it | stored, fewer than `reopensAt` are left |
 * | -------------- | -------------------------- | ------------------------- | --------------------------------------- |
 * | open           | open                       | closed                    | open                                    |
 * | closed         | –                          | closed                    | open                                    |
 */
export class CreditWindow {
  readonly #limit: number;
  readonly #reopensAt: number;
  #positions = new Float64Array(FIRST_CAPACITY);
  #head = 0;
  #size = 0;
  #isClosed = false;
  readonly #held = new Set<Flow>();

  /** `grant`: so many must be stored before it opens again. */
  constructor({ limit, grant }: CreditSpec) {
    this.#limit = limit;
    this.#reopensAt = limit - grant;
  }

  get outstanding(): number {
    return this.#size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Something is stored when everything below `position` is. `flow`: who put it there and is held back when that was too much; null: nobody is. */
  add(position: number, flow: Flow | null): void {
    if (this.#size === this.#positions.length) this.#grow();
    this.#positions[(this.#head + this.#size) & (this.#positions.length - 1)] = position;
    this.#size++;
    if (this.#size >= this.#limit) this.#isClosed = true;
    if (!this.#isClosed || flow === null || this.#held.has(flow)) return;
    this.#held.add(flow);
    flow.closed();
  }

  /** Returns those who were held back and are no more. */
  release(durable: number): readonly Flow[] {
    while (this.#size > 0 && (this.#positions[this.#head] as number) <= durable) {
      this.#head = (this.#head + 1) & (this.#positions.length - 1);
      this.#size--;
    }
    if (!this.#isClosed || this.#size > this.#reopensAt) return NOBODY;
    this.#isClosed = false;
    const flows = [...this.#held];
    this.#held.clear();
    for (const flow of flows) flow.opened();
    return flows;
  }

  #grow(): void {
    const old = this.#positions;
    this.#positions = new Float64Array(old.length * 2);
    for (let index = 0; index < this.#size; index++) this.#positions[index] = old[(this.#head + index) & (old.length - 1)] as number;
    this.#head = 0;
  }
}

const NOBODY: readonly Flow[] = [];

/** How much may be under way, and how much has to come through before there is more. */
export interface CreditSpec {
  readonly limit: number;
  readonly grant: number;
}

/** How many messages someone may have sent in all, who has sent so many and is granted no more. */
export function usedUpAt(sent: number, { limit, grant }: CreditSpec): number {
  return Math.floor(sent / grant) * grant + limit;
}
