import type { SystemId } from './systems.js';

/** What looks like a promise and is none: the judge must let it pass, and still convict what goes beyond it. */
export interface NotPromised {
  readonly systems: readonly SystemId[];
  /** What may be seen, and under which fault. */
  readonly allowed: string;
  /** Why it is no breach. */
  readonly because: string;
  /** What would be one. */
  readonly stillWrong: string;
}

export const NOT_PROMISED = {
  // RabbitMQ: "Broker Semantics".
  'tx-batch-not-atomic': {
    systems: ['rabbitmq-classic', 'rabbitmq-quorum'],
    allowed: 'Of the publishes and acknowledgements of one `tx.commit` during which the broker crashes, some may have happened and others not, in one queue, too.',
    because: 'A transaction of AMQP is a batch with one answer. Before that answer nothing of it is promised, and its producer, who does not hear it, knows the outcome of none of them.',
    stillWrong: 'A commit that was answered is as good as so many confirms: who loses a part of that batch breaks `acked-send-not-lost`. Of what was not answered, what is there is delivered as it was sent, and each attempt once: `no-phantom`.',
  },
} as const satisfies Readonly<Record<string, NotPromised>>;

export type NotPromisedId = keyof typeof NOT_PROMISED;
