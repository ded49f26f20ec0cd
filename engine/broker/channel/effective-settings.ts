import type { PushSettings } from '../../queue/index.js';
import type { PolicyDefinition } from './policy.js';

/** Settings that arguments, policies and operator policies may have. */
type Limit = 'messageTtlMicros' | 'expiresMicros' | 'maxLength' | 'maxLengthBytes';
const LIMITS: readonly Limit[] = ['messageTtlMicros', 'expiresMicros', 'maxLength', 'maxLengthBytes'];

/**
 * A policy and an operator policy that both apply, as one.
 *
 * | both say | what counts |
 * | --- | --- |
 * | a time to live, an expiry, a length | the lower |
 * | a delivery limit | the lower; with an unlimited one among them, the other |
 * | an overflow | the operator's |
 *
 * (RabbitMQ: rabbit_policies, merge_policy_value.)
 */
export function mergePolicies(user: PolicyDefinition | null, operator: PolicyDefinition | null): PolicyDefinition | null {
  if (user === null || operator === null) return user ?? operator;
  const limits = LIMITS.filter((key) => user[key] !== undefined && operator[key] !== undefined).map((key) => [key, Math.min(user[key]!, operator[key]!)] as const);
  const { deliveryLimit: one } = user;
  const { deliveryLimit: other } = operator;
  const both = one === undefined || other === undefined ? {} : { deliveryLimit: lowerLimit(one, other) };
  return { ...user, ...operator, ...Object.fromEntries(limits), ...both };
}

const lowerLimit = (one: number, other: number): number => (one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other));

/** What the arguments of a queue say; null, or left out: nothing. */
export interface GivenSettings {
  readonly overflow: PushSettings['overflow'] | null;
  /** -1: none. */
  readonly deliveryLimit: number | null;
}

/**
 * The settings of a queue with arguments and a policy.
 *
 * | both say | classic queue | quorum queue |
 * | --- | --- | --- |
 * | a time to live, an expiry, a length, a consumer timeout | the lower | the lower |
 * | an overflow | the arguments | the policy |
 * | an exchange, a key or a strategy for dead letters | the arguments | the arguments |
 * | a delivery limit | – | the lower; with an unlimited one among them, the other |
 *
 * (RabbitMQ: rabbit_amqqueue_process, process_args_policy; rabbit_quorum_queue, gather_policy_config.)
 */
export function withPolicy(declared: PushSettings, given: GivenSettings, policy: PolicyDefinition | null, isQuorum: boolean): PushSettings {
  if (policy === null) return declared;
  const { overflow, deadLetterExchange, deadLetterRoutingKey, deadLetterStrategy, deliveryLimit } = policy;
  const strategy = declared.deadLetterStrategy ?? deadLetterStrategy;
  const limit = deliveryLimit === undefined ? null : given.deliveryLimit === null ? deliveryLimit : lowerLimit(deliveryLimit, given.deliveryLimit);
  // A quorum queue does not know this way of refusing.
  const allowed = isQuorum && overflow === 'reject-publish-dlx' ? 'drop-head' : overflow;
  return {
    ...declared,
    ...Object.fromEntries(LIMITS.map((key) => [key, lowest(declared[key], policy[key] ?? null)])),
    overflow: isQuorum ? (allowed ?? declared.overflow) : (given.overflow ?? overflow ?? declared.overflow),
    deadLetterExchange: declared.deadLetterExchange ?? deadLetterExchange ?? null,
    deadLetterRoutingKey: declared.deadLetterRoutingKey ?? deadLetterRoutingKey ?? null,
    ...(strategy === undefined ? {} : { deadLetterStrategy: strategy }),
    deliveryLimit: limit === null || !isQuorum ? declared.deliveryLimit : limit < 0 ? null : limit,
    ...(policy.consumerTimeoutMicros === undefined ? {} : { consumerTimeoutMicros: lowest(declared.consumerTimeoutMicros ?? null, policy.consumerTimeoutMicros) }),
  };
}

const lowest = (one: number | null, other: number | null): number | null => (one === null || other === null ? (one ?? other) : Math.min(one, other));

/** What a queue says itself. One of the configuration says what it does not have by default. */
export function givenSettings({ declared, overflow, deliveryLimit }: PushSettings, usual: PushSettings): GivenSettings {
  if (declared === undefined) {
    return { overflow: overflow === usual.overflow ? null : overflow, deliveryLimit: deliveryLimit === usual.deliveryLimit ? null : (deliveryLimit ?? -1) };
  }
  const args = JSON.parse(declared) as Readonly<Record<string, unknown>>;
  return { overflow: args['x-overflow'] === undefined ? null : overflow, deliveryLimit: (args['x-delivery-limit'] as number | undefined) ?? null };
}
