import type { PushPolicy } from '../../engine/index.js';
import type { QueueSpec, Scenario } from '../model.js';
import type { PushSpec } from '../rabbitmq-model.js';
import { personalityOf } from './broker.js';
import { consumerTimeout, effectivePush } from './effective-push.js';

/** The settings of a queue on which its promises depend. */
export interface QueueTerms extends Pick<QueueSpec, 'name' | 'visibilityTimeoutMicros' | 'retentionMicros' | 'delayMicros'> {
  readonly kind: 'standard' | 'fifo' | 'classic' | 'quorum';
  /** It is the dead-letter queue of another. */
  readonly takesDeadLetters: boolean;
  /** FIFO: how long a deduplication id is remembered, and what it is looked for among; null: it deduplicates nothing. */
  readonly deduplication: { readonly windowMicros: number; readonly scope: 'queue' | 'messageGroup'; readonly ofBodies: boolean } | null;
  /** RabbitMQ: what it is told about its messages and consumers, its policies included; null: consumers ask for what it holds. */
  readonly push: PushTerms | null;
}

export interface PushTerms extends PushSpec, Pick<PushPolicy, 'requeue' | 'priorities' | 'countedReturns' | 'onConsumerTimeout'> {
  /** Null: a delivery may wait for ever. */
  readonly consumerTimeoutMicros: number | null;
  /** Some of its consumers say so for themselves. */
  readonly ownTimeouts: boolean;
  /** An operator sets or clears policies during the run, which may be for this queue. */
  readonly mayChange: boolean;
  /** Some producer gives its messages a time to live. */
  readonly takesExpirations: boolean;
  /** Which of its consumers are sent what is taken for acknowledged at once. */
  readonly automatic: 'none' | 'some' | 'all';
}

/** What the promises of each queue depend on, in the order of the scenario. */
export function queueTerms(scenario: Scenario): QueueTerms[] {
  return scenario.queues.map((queue): QueueTerms => {
    const { name, kind = 'standard', visibilityTimeoutMicros, retentionMicros, delayMicros, push } = queue;
    return {
      name, visibilityTimeoutMicros, retentionMicros, delayMicros, kind: push?.type ?? kind,
      takesDeadLetters: scenario.queues.some(({ deadLetter }) => deadLetter?.queue === name),
      deduplication: push === undefined ? deduplicationOf(scenario, queue) : null,
      push: push === undefined ? null : pushTerms(scenario, name, push),
    };
  });
}

function deduplicationOf(scenario: Scenario, { kind = 'standard', deduplicationScope = 'queue', contentBasedDeduplication = false }: QueueSpec): QueueTerms['deduplication'] {
  const windowMicros = personalityOf(scenario).broker.queuePolicies[kind]?.deduplicationWindowMicros ?? null;
  return windowMicros === null ? null : { windowMicros, scope: deduplicationScope, ofBodies: contentBasedDeduplication };
}

function pushTerms(scenario: Scenario, name: string, declared: PushSpec): PushTerms {
  const { push, mayChange } = effectivePush(scenario, name, declared);
  const { queuePolicies } = personalityOf(scenario).broker;
  const { requeue, priorities, countedReturns, onConsumerTimeout } = queuePolicies[push.type]!.push!;
  const consumers = scenario.consumers.filter(({ queue }) => queue === name);
  const automatic = consumers.filter(({ subscription }) => subscription?.acknowledge === 'automatic').length;
  return {
    ...push, requeue, priorities, countedReturns, onConsumerTimeout, consumerTimeoutMicros: consumerTimeout(scenario, push), ownTimeouts: consumers.some(({ subscription }) => subscription?.timeoutMicros !== undefined), mayChange,
    takesExpirations: scenario.producers.some(({ publish }) => (publish?.expirationMicros ?? null) !== null),
    automatic: automatic === 0 ? 'none' : automatic === consumers.length ? 'all' : 'some',
  };
}
