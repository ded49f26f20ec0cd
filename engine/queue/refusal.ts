/** Below this share of the limit a queue that refused takes messages again. (RabbitMQ: rabbit_fifo, LOW_LIMIT.) */
const LOW_SHARE = 0.8;

/** What is ready, and what may be at most; null: any number. */
export interface Fill {
  readonly messages: number;
  readonly bytes: number;
  readonly maxMessages: number | null;
  readonly maxBytes: number | null;
}

/** The position behind the last record of the journal, and the one below which everything is durable. */
export type Positions = () => { readonly next: number; readonly durable: number };

/** What all publishers are told, in the order of `number`. It reaches them when the journal is durable up to `position`. */
interface Word {
  readonly number: number;
  readonly position: number;
  readonly isRefusing: boolean;
}

/** What a publisher was told when it came, after so many words to all. */
interface Answer {
  readonly after: number;
  readonly isRefused: boolean;
}

/**
 * How a quorum queue refuses (`reject-publish`): it takes what comes, and when that was too much, it tells its publishers to stop, until it has much less. It tells them when the
 * message that was too much is in its log, as it confirms it: what they sent until then is taken. So the limit is passed by a message at least, and by as many as are published
 * while the log is written. A publisher that comes later is told to stop only if there is too much at that time. (RabbitMQ: rabbit_fifo, evaluate_limit; rabbit_fifo_client, queue_status.)
 */
export class Refusal {
  readonly #positions: Positions;
  #words = 0;
  /** The latest word, whether it was heard or not. */
  #isRefusing = false;
  #wasLow = true;
  readonly #underWay: Word[] = [];
  #heard: Word = { number: 0, position: 0, isRefusing: false };
  readonly #answers = new WeakMap<object, Answer>();
  /** Somebody came while others were refused, and was not. */
  #isSomeoneExempt = false;

  constructor(positions: Positions) {
    this.#positions = positions;
  }

  /** Whether a message of this publisher is refused. */
  refuses(publisher: object, fill: Fill): boolean {
    if (this.#underWay.length > 0) this.#hear();
    const { after, isRefused } = this.#answers.get(publisher) ?? this.#answer(publisher, fill);
    return this.#heard.number > after ? this.#heard.isRefusing : isRefused;
  }

  /** Something has changed. */
  look(fill: Fill): void {
    const isLow = isBelowShare(fill.messages, fill.maxMessages) && isBelowShare(fill.bytes, fill.maxBytes);
    if (isOver(fill)) {
      if (!this.#isRefusing || this.#isSomeoneExempt) this.#tell(true);
    } else if (isLow && !this.#wasLow && this.#isRefusing) this.#tell(false);
    this.#wasLow = isLow;
  }

  /** It asks before it sends anything, and waits for the answer. */
  #answer(publisher: object, fill: Fill): Answer {
    const isRefused = this.#isRefusing && isOver(fill);
    if (this.#isRefusing && !isRefused) this.#isSomeoneExempt = true;
    const answer = { after: this.#words, isRefused };
    this.#answers.set(publisher, answer);
    return answer;
  }

  #tell(isRefusing: boolean): void {
    this.#isRefusing = isRefusing;
    this.#isSomeoneExempt = false;
    this.#underWay.push({ number: ++this.#words, position: this.#positions().next, isRefusing });
    this.#hear();
  }

  #hear(): void {
    const { durable } = this.#positions();
    while (this.#underWay.length > 0 && this.#underWay[0]!.position <= durable) this.#heard = this.#underWay.shift()!;
  }
}

function isOver({ messages, bytes, maxMessages, maxBytes }: Fill): boolean {
  return (maxMessages !== null && messages > maxMessages) || (maxBytes !== null && bytes > maxBytes);
}

const isBelowShare = (value: number, limit: number | null): boolean => limit === null || value <= Math.trunc(limit * LOW_SHARE);
