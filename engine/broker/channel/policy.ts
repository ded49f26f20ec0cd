import type { PushSettings } from '../../queue/index.js';

/** What a policy may say of a queue or of an exchange; what it leaves out it says nothing of. Durations in microseconds. */
export interface PolicyDefinition {
  readonly messageTtlMicros?: number;
  readonly expiresMicros?: number;
  readonly maxLength?: number;
  readonly maxLengthBytes?: number;
  readonly overflow?: PushSettings['overflow'];
  readonly deadLetterExchange?: string;
  readonly deadLetterRoutingKey?: string;
  readonly deadLetterStrategy?: 'at-most-once' | 'at-least-once';
  /** -1: none. */
  readonly deliveryLimit?: number;
  readonly consumerTimeoutMicros?: number;
  /** Of exchanges. */
  readonly alternateExchange?: string;
}

export const POLICY_KEYS = [
  'messageTtlMicros', 'expiresMicros', 'maxLength', 'maxLengthBytes', 'overflow', 'deadLetterExchange', 'deadLetterRoutingKey', 'deadLetterStrategy', 'deliveryLimit', 'consumerTimeoutMicros', 'alternateExchange',
] as const satisfies readonly (keyof PolicyDefinition)[];

/** What an operator policy may say. (RabbitMQ: operator_policy_validator.) */
export const OPERATOR_POLICY_KEYS: readonly (keyof PolicyDefinition)[] = ['messageTtlMicros', 'expiresMicros', 'maxLength', 'maxLengthBytes', 'overflow', 'deliveryLimit'];

export const APPLY_TO = ['all', 'queues', 'classic_queues', 'quorum_queues', 'exchanges'] as const;
export type ApplyTo = (typeof APPLY_TO)[number];

/** Settings for all queues or exchanges whose name matches a pattern. */
export interface Policy {
  readonly name: string;
  /** A regular expression, to be found somewhere in the name. */
  readonly pattern: string;
  readonly applyTo: ApplyTo;
  /** Of several that match only one applies: that of the highest priority; of several of these, the first by name (RabbitMQ leaves it open). */
  readonly priority: number;
  readonly definition: PolicyDefinition;
  /** An operator's policy applies beside a user's, and limits it. */
  readonly isOperator: boolean;
}

/** What policies of users and of operators may say. */
export interface KnownPolicyKeys {
  readonly users: readonly (keyof PolicyDefinition)[];
  readonly operators: readonly (keyof PolicyDefinition)[];
}

/** Why a policy cannot be, in a sentence; null: it can. */
export function policyMistake({ name, pattern, applyTo, priority, definition, isOperator }: Policy, known: KnownPolicyKeys): string | null {
  const keys = Object.keys(definition) as (keyof PolicyDefinition)[];
  const strange = keys.find((key) => !(isOperator ? known.operators : known.users).includes(key));
  if (name === '') return 'a policy has a name';
  if (!isRegularExpression(pattern)) return 'pattern should be regular expression but is invalid';
  if (!APPLY_TO.includes(applyTo)) return `apply-to '${applyTo}' unrecognised`;
  if (!Number.isInteger(priority)) return 'priority should be a number';
  if (keys.length === 0) return 'no policy provided';
  if (strange !== undefined) return `${strange} is not a recognised policy setting`;
  const wrong = keys.find((key) => !isPossible(key, definition[key]));
  return wrong === undefined ? null : `${String(definition[wrong])} is not valid for ${wrong}`;
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

const isFrom = (least: number) => (value: unknown): boolean => Number.isInteger(value) && (value as number) >= least;
const isOneOf = (...known: readonly string[]) => (value: unknown): boolean => known.some((one) => one === value);
const isText = (value: unknown): boolean => typeof value === 'string';

const POSSIBLE: Readonly<Record<keyof PolicyDefinition, (value: unknown) => boolean>> = {
  messageTtlMicros: isFrom(0), expiresMicros: isFrom(1), maxLength: isFrom(0), maxLengthBytes: isFrom(0), overflow: isOneOf('drop-head', 'reject-publish', 'reject-publish-dlx'),
  deadLetterExchange: isText, deadLetterRoutingKey: isText, deadLetterStrategy: isOneOf('at-most-once', 'at-least-once'), deliveryLimit: isFrom(-1), consumerTimeoutMicros: isFrom(0), alternateExchange: isText,
};

const isPossible = (key: keyof PolicyDefinition, value: unknown): boolean => POSSIBLE[key](value);
